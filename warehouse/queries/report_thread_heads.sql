SELECT t.thread_id, t.title, t.url, coalesce(b.title, '') AS board, t.is_locked, t.is_solved,
       t.state::VARCHAR AS state, t.stated_reply_count,
       (SELECT count(*) FROM report_posts p WHERE p.thread_id = t.thread_id) AS posts
FROM threads t
LEFT JOIN boards b ON b.board_id = t.board_id
WHERE t.thread_id IN (SELECT unnest($thread_ids))
ORDER BY t.thread_id;
