SELECT NULL AS belongs_to, bare(thread_id) AS id, threads.title, threads.url, started_at,
    stated_reply_count, view_count, is_locked, is_sticky, is_solved, status, state::VARCHAR AS state,
    bare(boards.board_id) AS board_id, boards.title AS board_title, boards.url AS board_url
FROM threads SEMI JOIN wanted USING (thread_id) LEFT JOIN boards USING (board_id)
ORDER BY thread_id
