SELECT bare(thread_id) AS belongs_to, bare(post_id) AS id, text, full_text, aliases,
    author_method::VARCHAR AS author_method, author_confidence, position, posted_at, edited_at,
    edited_by, edited_by_staff, edit_reason, url, like_count, dislike_count, declared_stance::VARCHAR AS declared_stance, is_solution,
    posts.state::VARCHAR AS state, reply_to, reply_to_name, page_id,
    authors.name AS author_name, authors.user_id AS author_user_id, authors.login AS author_login,
    authors.profile_url AS author_profile_url, authors.role AS author_role, authors.is_staff AS author_is_staff
FROM posts SEMI JOIN wanted USING (thread_id) LEFT JOIN authors USING (author_id)
ORDER BY position NULLS LAST, posted_at, post_id
