SELECT bare(thread_id) AS belongs_to, kind::VARCHAR AS kind, bare(post_id) AS post_id, occurred_at,
    excerpt, confidence,
    authors.name AS author_name, authors.user_id AS author_user_id, authors.login AS author_login,
    authors.profile_url AS author_profile_url, authors.role AS author_role, authors.is_staff AS author_is_staff
FROM moderation_events SEMI JOIN wanted USING (thread_id)
LEFT JOIN authors ON authors.author_id = actor_author_id
WHERE method = 'platform'
ORDER BY occurred_at, event_id
