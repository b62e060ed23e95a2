-- How much of a thread is quotation?
-- The share of a thread's characters that stand in quotes; threads of at least three posts.
SELECT title, posts, quotes, round(100 * quote_share, 1) AS percent_quoted
FROM thread_overview
WHERE posts >= 3
ORDER BY quote_share DESC, title
LIMIT 20;
