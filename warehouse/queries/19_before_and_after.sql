-- What did edits change?
-- Each revision beside the one before, who made it, and whether the page said that it was staff.
SELECT
    threads.title AS thread, authors.name AS author, now.seen_at, now.edited_by,
    EXISTS (
        FROM moderation_events
        WHERE moderation_events.post_id = now.post_id AND kind = 'post_edited_by_staff' AND detected_at = now.seen_at
    ) AS by_staff,
    before.text AS before, now.text AS after
FROM post_revisions AS now
JOIN post_revisions AS before ON before.post_id = now.post_id AND before.revision = now.revision - 1
JOIN posts ON posts.post_id = now.post_id
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
ORDER BY posts.posted_at DESC, now.post_id, now.revision;
