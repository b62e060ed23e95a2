-- Moderation that concerns these people: what was done to their posts, and what they did themselves.
-- A notice stands in a post of the one who acted: that is no act against its author.
WITH parts AS (
    SELECT e.event_id, e.actor_author_id AS author_id, 'did' AS part
    FROM report_events e WHERE e.actor_author_id IN (SELECT unnest($author_ids))
    UNION ALL
    SELECT e.event_id, p.author_id, 'met'
    FROM report_events e JOIN report_posts p USING (post_id)
    WHERE p.author_id IN (SELECT unnest($author_ids)) AND NOT p.is_staff
      AND p.author_id IS DISTINCT FROM e.actor_author_id
)
SELECT x.author_id, x.part, e.kind, e.maybe_by_author, e.stamp, e.is_detection, e.methods, e.excerpt, e.thread_id, t.title AS thread_title,
       e.post_id, coalesce(p.url, t.url) AS url, p.page_id, coalesce(a.name, '') AS actor,
       count(*) OVER (PARTITION BY x.author_id, x.part) AS total
FROM parts x
JOIN report_events e USING (event_id)
LEFT JOIN threads t ON t.thread_id = e.thread_id
LEFT JOIN posts p ON p.post_id = e.post_id
LEFT JOIN authors a ON a.author_id = e.actor_author_id
QUALIFY row_number() OVER (PARTITION BY x.author_id, x.part ORDER BY e.stamp DESC NULLS LAST, e.event_id) <= $limit
ORDER BY x.author_id, x.part, e.stamp DESC NULLS LAST, e.event_id;
