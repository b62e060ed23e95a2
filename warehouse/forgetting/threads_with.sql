-- In how many threads in which the forgotten never wrote a word stands.
SELECT count(DISTINCT thread_id) AS threads
FROM posts
WHERE regexp_matches(text, $pattern) AND thread_id NOT IN (SELECT thread_id FROM gone_posts);
