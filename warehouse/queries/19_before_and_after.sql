-- What did edits change?
-- Each revision beside the one before, and whether staff did it.
SELECT
    threads.title AS thread, authors.name AS author, now.seen_at, posts.edited_by, posts.edited_by_staff,
    before.text AS before, now.text AS after
FROM post_revisions AS now
JOIN post_revisions AS before ON before.post_id = now.post_id AND before.revision = now.revision - 1
JOIN posts ON posts.post_id = now.post_id
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
ORDER BY posts.posted_at DESC, now.post_id, now.revision;
