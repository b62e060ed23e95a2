-- What was put to the vote in these threads.
SELECT p.poll_id, p.thread_id, t.title AS thread_title, p.url, p.post_id, p.question, p.voters, p.is_closed, p.closes,
       p.first_seen, p.seen, p.options, p.votes, p.gained
FROM report_polls p
JOIN threads t USING (thread_id)
WHERE p.thread_id IN (SELECT unnest($thread_ids))
ORDER BY p.thread_id, p.poll_id;
