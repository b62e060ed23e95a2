-- What can be searched, with a fingerprint of each so that only what changed is indexed again.
SELECT
    posts.post_id,
    hash(posts.content_hash, posts.text, threads.title, authors.name, boards.title, posts.state)::VARCHAR AS fingerprint,
    posts.text,
    threads.title AS thread,
    authors.name AS author,
    boards.title AS board,
    epoch(posts.posted_at) AS posted_at,
    posts.url,
    posts.state::VARCHAR AS state
FROM posts
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
LEFT JOIN boards USING (board_id)
WHERE posts.text <> '';
