-- Which posts are quoted most?
-- Quotes whose source is known, by how many different people quote it.
WITH most AS (
    SELECT quotes.source_post_id AS post_id, count(DISTINCT quoting.author_id) AS people, count(*) AS quotes
    FROM quotes
    JOIN posts AS quoting ON quoting.post_id = quotes.post_id
    WHERE quotes.source_post_id IS NOT NULL
    GROUP BY ALL
    ORDER BY people DESC, quotes DESC, post_id
    LIMIT 20
)
SELECT
    threads.title AS thread, authors.name AS author, posts.posted_at, most.people, most.quotes,
    left(posts.text, 120) AS words
FROM most
JOIN posts ON posts.post_id = most.post_id
JOIN threads ON threads.thread_id = posts.thread_id
LEFT JOIN authors ON authors.author_id = posts.author_id
ORDER BY most.people DESC, most.quotes DESC, most.post_id;
