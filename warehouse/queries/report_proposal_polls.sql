-- What was put to the vote in posts that speak of each proposal, the most votes first.
WITH asking AS (
    SELECT DISTINCT proposal_id, post_id FROM report_mentions WHERE in_period AND act <> 'advise' AND confidence >= 0.4
)
SELECT a.proposal_id, p.poll_id, p.thread_id, t.title AS thread_title, p.url, p.post_id, p.question, p.voters, p.is_closed,
       p.closes, p.first_seen, p.seen, p.options, p.votes, p.gained
FROM asking a
JOIN report_polls p USING (post_id)
JOIN threads t ON t.thread_id = p.thread_id
QUALIFY row_number() OVER (
    PARTITION BY a.proposal_id ORDER BY coalesce(p.voters, list_sum(p.votes)) DESC NULLS LAST, p.poll_id) <= $limit
ORDER BY a.proposal_id, coalesce(p.voters, list_sum(p.votes)) DESC NULLS LAST, p.poll_id;
