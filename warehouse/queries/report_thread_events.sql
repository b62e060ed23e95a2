SELECT e.thread_id, e.post_id, e.kind, e.maybe_by_author, e.methods, e.stamp, e.is_detection, e.excerpt,
       coalesce(a.name, '') AS actor
FROM report_events e LEFT JOIN authors a ON a.author_id = e.actor_author_id
WHERE e.thread_id IN (SELECT unnest($thread_ids))
ORDER BY e.thread_id, e.stamp NULLS LAST, e.event_id;
