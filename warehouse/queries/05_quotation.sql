-- How much of a thread is quotation?
-- The share of a thread's characters that stand in quotes; threads of at least three posts.
WITH written AS (
    SELECT thread_id, count(*) AS posts, sum(length(text)) AS own_characters
    FROM posts
    WHERE state <> 'ghost'
    GROUP BY ALL
),
quoted AS (
    SELECT posts.thread_id, count(*) AS quotes, sum(length(quotes.text)) AS quoted_characters
    FROM quotes
    JOIN posts USING (post_id)
    GROUP BY ALL
)
SELECT
    title,
    posts,
    coalesce(quotes, 0) AS quotes,
    round(100 * coalesce(quoted_characters / nullif(quoted_characters + own_characters, 0), 0), 1) AS percent_quoted
FROM written
JOIN threads USING (thread_id)
LEFT JOIN quoted USING (thread_id)
WHERE posts >= 3
ORDER BY percent_quoted DESC, title
LIMIT 20;
