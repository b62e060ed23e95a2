-- What a coder has to know around the `asked` posts.
SELECT
    posts.post_id,
    coalesce(threads.title, '') AS thread,
    coalesce(authors.role, '') AS role,
    coalesce(parents.text, '') AS answers
FROM posts
SEMI JOIN asked USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
LEFT JOIN replies ON replies.post_id = posts.post_id AND replies.is_primary
LEFT JOIN posts AS parents ON parents.post_id = replies.parent_post_id
ORDER BY posts.post_id;
