-- What was put to the vote in these threads.
SELECT poll_id, thread_id, '' AS thread_title, post_id, question, voters, is_closed, closes, seen, options, votes, gained
FROM report_polls
WHERE thread_id IN (SELECT unnest($thread_ids))
ORDER BY thread_id, poll_id;
