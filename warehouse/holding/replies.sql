SELECT bare(posts.thread_id) AS belongs_to, bare(replies.post_id) AS post,
    bare(replies.parent_post_id) AS parent, replies.method::VARCHAR AS method, replies.confidence,
    replies.is_primary
FROM replies JOIN posts USING (post_id) SEMI JOIN wanted USING (thread_id)
ORDER BY posts.position NULLS LAST, replies.post_id, is_primary DESC, parent_post_id
