SELECT e.event_id, e.kind, e.methods, e.stamp, e.is_detection, e.is_dated, e.excerpt, e.confidence,
       e.thread_id, t.title AS thread_title, t.url AS thread_url, e.post_id, p.url, p.page_id,
       e.actor_author_id AS actor_id, coalesce(a.name, '') AS actor
FROM report_events e
LEFT JOIN threads t USING (thread_id)
LEFT JOIN posts p ON p.post_id = e.post_id
LEFT JOIN authors a ON a.author_id = e.actor_author_id
ORDER BY e.is_dated DESC, e.stamp DESC NULLS LAST, e.event_id
LIMIT $limit;
