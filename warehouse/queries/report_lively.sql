-- The threads in which most was written in the recent stretch.
WITH wrote AS (
    SELECT thread_id, count(*) AS posts, count(DISTINCT author_id) AS people, bool_or(position = 1) AS is_new
    FROM report_posts WHERE in_recent AND state <> 'ghost' GROUP BY thread_id
), moderated AS (
    SELECT thread_id, count(*) AS events FROM report_events WHERE in_recent GROUP BY thread_id
)
SELECT thread_id, t.title, w.posts, w.people, w.is_new, coalesce(m.events, 0) AS events
FROM wrote w
JOIN threads t USING (thread_id)
LEFT JOIN moderated m USING (thread_id)
ORDER BY w.posts DESC, w.people DESC, thread_id
LIMIT $limit;
