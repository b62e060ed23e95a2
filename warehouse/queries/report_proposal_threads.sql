-- The threads that speak most of each proposal.
WITH spoken AS (
    SELECT proposal_id, thread_id, count(*) AS mentions, count(DISTINCT author_id) AS people
    FROM report_mentions WHERE in_period GROUP BY proposal_id, thread_id
), stood AS (
    SELECT proposal_id, thread_id,
           count(DISTINCT author_id) FILTER (stance = 'support') AS supporters,
           count(DISTINCT author_id) FILTER (stance = 'oppose') AS opposers
    FROM report_stances WHERE in_period GROUP BY proposal_id, thread_id
)
SELECT proposal_id, thread_id, t.title, t.url, s.mentions, s.people,
       coalesce(d.supporters, 0) AS supporters, coalesce(d.opposers, 0) AS opposers
FROM spoken s
JOIN threads t USING (thread_id)
LEFT JOIN stood d USING (proposal_id, thread_id)
QUALIFY row_number() OVER (PARTITION BY proposal_id ORDER BY s.mentions DESC, thread_id) <= $limit
ORDER BY proposal_id, s.mentions DESC, thread_id;
