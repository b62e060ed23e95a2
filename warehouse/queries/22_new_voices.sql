-- How many new voices are there each month, and do they stay?
-- Members by the month of their first post; stayed = wrote again more than 30 days later. Of those who came less than
-- 30 days before the latest post held, nobody can tell yet.
WITH members AS (
    SELECT author_id, min(posted_at) AS first_at, max(posted_at) AS last_at
    FROM posts
    WHERE author_id IS NOT NULL AND posted_at IS NOT NULL
    GROUP BY ALL
)
SELECT
    date_trunc('month', timezone('UTC', first_at))::DATE AS month,
    count(*) AS new_members,
    count(*) FILTER (last_at > first_at + INTERVAL 30 DAY) AS stayed,
    count(*) FILTER (first_at > ends.at - INTERVAL 30 DAY) AS too_early_to_tell
FROM members
CROSS JOIN (SELECT max(last_at) AS at FROM members) AS ends
GROUP BY ALL
ORDER BY month;
