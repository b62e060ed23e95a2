-- What was removed, and between when and when?
-- Posts that a later crawl no longer found: gone after the one time and before the other.
SELECT threads.title AS thread, authors.name AS author, posts.posted_at, posts.last_seen_at, posts.removed_at, left(posts.text, 120) AS words
FROM posts
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
WHERE posts.state = 'removed'
ORDER BY posts.posted_at DESC, posts.post_id;
