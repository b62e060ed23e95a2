-- The most voted ideas of each status that the report tells apart, and of those that the recent stretch changed.
WITH listed AS (
    SELECT status, outcome FROM report_ideas GROUP BY ALL
    ORDER BY count(*) DESC, status, outcome
    LIMIT $statuses
), placed AS (
    SELECT i.*, len(path) > 0 AS is_changed, l.status IS NOT NULL AS is_listed,
           row_number() OVER (PARTITION BY i.status, i.outcome ORDER BY votes DESC NULLS LAST, asked, thread_id) AS place,
           row_number() OVER (PARTITION BY len(path) > 0 ORDER BY votes DESC NULLS LAST, asked, thread_id) AS among_changed
    FROM report_ideas i
    LEFT JOIN listed l ON l.status = i.status AND l.outcome = i.outcome
)
SELECT * EXCLUDE (is_listed, place, among_changed)
FROM placed
WHERE (is_listed AND place <= $limit) OR (is_changed AND among_changed <= $limit)
ORDER BY votes DESC NULLS LAST, asked, thread_id;
