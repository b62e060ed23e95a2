-- The archived pages behind what a report shows: those of these pages' ids, and those of the threads shown.
WITH behind AS (
    SELECT unnest($page_ids) AS page_id
    UNION
    SELECT page_id FROM posts WHERE thread_id IN (SELECT unnest($thread_ids))
)
SELECT page_id, g.url, timezone('UTC', g.fetched_at) AS fetched, g.status, g.content_sha256 AS sha256,
       g.archive_file AS file, g.archive_offset AS "offset", g.archive_length AS length
FROM pages g JOIN behind USING (page_id)
ORDER BY g.url, g.fetched_at, page_id;
