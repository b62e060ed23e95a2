-- The accounts that wrote most in the period, and those that wrote in the threads shown.
SELECT author_id, count(*) AS posts, count(*) FILTER (thread_id IN (SELECT unnest($thread_ids))) AS shown_posts
FROM report_posts
WHERE author_id IS NOT NULL AND in_period AND state <> 'ghost'
GROUP BY author_id
ORDER BY shown_posts DESC, posts DESC, author_id
LIMIT $limit;
