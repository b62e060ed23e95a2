-- Changes of status; the first word of a thread was found, and nobody knows since when.
SELECT thread_id, timezone('UTC', seen_at) AS stamp, status, coalesce(previous, '') AS previous
FROM (
    SELECT thread_id, seen_at, status, lag(status) OVER history AS previous, row_number() OVER history AS line
    FROM thread_statuses
    WHERE thread_id IN (SELECT unnest($thread_ids))
    WINDOW history AS (PARTITION BY thread_id ORDER BY seen_at)
) CROSS JOIN report_period s
WHERE line > 1 AND timezone('UTC', seen_at) < s.seen_until
ORDER BY thread_id, stamp;
