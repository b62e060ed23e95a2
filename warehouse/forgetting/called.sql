-- Posts of others, in threads in which the forgotten wrote, that hold one of these words: first names, as a rule.
SELECT words.word, list(posts.post_id ORDER BY posts.post_id) AS posts
FROM (SELECT unnest($words) AS word) AS words
JOIN posts ON regexp_matches(posts.text, '(^|[^\pL\pN])' || words.word || '($|[^\pL\pN])')
WHERE posts.thread_id IN (SELECT thread_id FROM gone_posts)
GROUP BY ALL
ORDER BY ALL;
