-- How many new voices are there each month, and do they stay?
-- Members by the month of their first post; stayed = wrote again more than 30 days later.
WITH members AS (
    SELECT author_id, min(posted_at) AS first_at, max(posted_at) AS last_at
    FROM posts
    WHERE author_id IS NOT NULL AND posted_at IS NOT NULL
    GROUP BY ALL
)
SELECT
    date_trunc('month', first_at)::DATE AS month,
    count(*) AS new_members,
    count(*) FILTER (last_at > first_at + INTERVAL 30 DAY) AS stayed
FROM members
GROUP BY ALL
ORDER BY month;
