-- Threads counted whole, whatever a page shows of them; of these posts, those within the period.
WITH wanted AS (
    SELECT unnest($thread_ids) AS thread_id
), sized AS (
    SELECT thread_id, count(*) AS rows, count(*) FILTER (state <> 'ghost') AS posts,
           count(*) FILTER (state = 'ghost') AS ghosts, count(DISTINCT author_id) AS people,
           count(*) FILTER (state <> 'ghost' AND in_period) AS period_posts
    FROM report_posts WHERE thread_id IN (FROM wanted) GROUP BY thread_id
), answered AS (
    SELECT p.thread_id, count(*) FILTER (s.stance::VARCHAR = 'support') AS supports,
           count(*) FILTER (s.stance::VARCHAR = 'oppose') AS opposes
    FROM stances s JOIN report_posts p USING (post_id)
    WHERE s.target::VARCHAR = 'post' AND p.thread_id IN (FROM wanted)
    GROUP BY p.thread_id
)
SELECT thread_id, t.title, t.url, coalesce(b.title, '') AS board, t.is_locked, t.is_solved,
       t.status,
       t.state::VARCHAR AS state, t.stated_reply_count, coalesce(s.rows, 0) AS rows,
       coalesce(s.posts, 0) AS posts, coalesce(s.ghosts, 0) AS ghosts, coalesce(s.people, 0) AS people,
       coalesce(s.period_posts, 0) AS period_posts,
       coalesce(a.supports, 0) AS supports, coalesce(a.opposes, 0) AS opposes
FROM threads t
LEFT JOIN boards b ON b.board_id = t.board_id
LEFT JOIN sized s USING (thread_id)
LEFT JOIN answered a USING (thread_id)
WHERE thread_id IN (FROM wanted)
ORDER BY thread_id;
