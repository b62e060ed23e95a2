-- What do we know only because others quoted it?
-- Posts that no page shows, rebuilt from quotes.
SELECT threads.title AS thread, authors.name AS author, posts.author_confidence, posts.text
FROM posts
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
WHERE posts.state = 'ghost'
ORDER BY thread, posts.post_id;
