-- Which posts are quoted most?
-- Quotes whose source is known, by how many different people quote it.
SELECT
    threads.title AS thread, authors.name AS author, posts.posted_at,
    count(DISTINCT quoting.author_id) AS people, count(*) AS quotes, left(any_value(posts.text), 120) AS words
FROM quotes
JOIN posts ON posts.post_id = quotes.source_post_id
JOIN posts AS quoting ON quoting.post_id = quotes.post_id
JOIN threads ON threads.thread_id = posts.thread_id
LEFT JOIN authors ON authors.author_id = posts.author_id
GROUP BY posts.post_id, threads.title, authors.name, posts.posted_at
ORDER BY people DESC, quotes DESC, posts.post_id
LIMIT 20;
