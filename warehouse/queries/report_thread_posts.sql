SELECT p.post_id, p.thread_id, p.position, timezone('UTC', p.posted_at) AS stamp, p.text, p.url,
       p.state::VARCHAR AS state, p.is_solution, timezone('UTC', p.edited_at) AS edited_at,
       coalesce(p.edited_by, '') AS edited_by, p.author_id, coalesce(a.name, '') AS author,
       coalesce(a.role, '') AS role, coalesce(a.is_staff, false) AS is_staff,
       p.author_method::VARCHAR AS author_method, p.author_confidence,
       r.parent_post_id, r.method::VARCHAR AS reply_method, r.confidence AS reply_confidence,
       p.page_id, p.like_count, p.dislike_count, w.in_period AS is_in_period
FROM posts p
JOIN report_posts w ON w.post_id = p.post_id
LEFT JOIN authors a ON a.author_id = p.author_id
LEFT JOIN replies r ON r.post_id = p.post_id AND r.is_primary
WHERE p.thread_id IN (SELECT unnest($thread_ids))
QUALIFY row_number() OVER (PARTITION BY p.thread_id ORDER BY p.position NULLS LAST, p.posted_at, p.post_id)
    <= $limit
ORDER BY p.thread_id, p.position NULLS LAST, p.posted_at, p.post_id;
