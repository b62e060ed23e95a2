-- Every text seen: the first, and each that differs from the one before.
INSERT INTO post_revisions
WITH last_text AS (
    SELECT post_id, max(revision) AS revision, arg_max(text, revision) AS text
    FROM post_revisions
    WHERE post_id IN (SELECT post_id FROM incoming WHERE differs)
    GROUP BY ALL
)
SELECT
    incoming.post_id, coalesce(last_text.revision, 0) + 1, incoming.seen_at, incoming.text,
    incoming.edited_by, incoming.edit_reason
FROM incoming
LEFT JOIN last_text USING (post_id)
WHERE incoming.accepted AND (incoming.is_new OR incoming.differs) AND incoming.state <> 'ghost'
    AND incoming.text IS DISTINCT FROM last_text.text
    AND NOT (incoming.text = '' AND incoming.state IN ('hidden', 'removed'));

MERGE INTO posts
USING (FROM incoming WHERE NOT is_new) AS new
ON posts.post_id = new.post_id
WHEN MATCHED AND new.accepted AND (
        new.differs
        OR (posts.thread_id, posts.author_id, posts.author_method::VARCHAR, posts.author_confidence, posts.position,
                posts.like_count, posts.dislike_count, posts.declared_stance::VARCHAR, posts.is_solution, posts.page_id, posts.depth, posts.url)
            IS DISTINCT FROM (
                new.thread_id, new.author_id, new.author_method, new.author_confidence, new.position,
                new.like_count, new.dislike_count, new.declared_stance, new.is_solution, new.page_id, new.depth, new.url)
    )
    THEN UPDATE SET
        thread_id = new.thread_id,
        author_id = new.author_id,
        author_method = new.author_method,
        author_confidence = new.author_confidence,
        position = new.position,
        posted_at = new.posted_at,
        edited_at = new.edited_at,
        edited_by = new.edited_by,
        url = new.url,
        text = new.text,
        full_text = new.full_text,
        like_count = new.like_count,
        dislike_count = new.dislike_count,
        declared_stance = new.declared_stance,
        is_solution = new.is_solution,
        page_id = new.page_id,
        state = new.state,
        first_seen_at = least(posts.first_seen_at, new.seen_at),
        last_seen_at = greatest(posts.last_seen_at, new.seen_at),
        removed_at = CASE WHEN new.state = 'removed' THEN coalesce(posts.removed_at, new.seen_at) END,
        edited_by_staff = new.edited_by_staff,
        edit_reason = new.edit_reason,
        depth = new.depth,
        aliases = new.aliases,
        reply_to = new.reply_to,
        reply_to_name = new.reply_to_name,
        content_hash = new.content_hash
WHEN MATCHED AND new.seen_at < posts.first_seen_at THEN UPDATE SET first_seen_at = new.seen_at;

-- New ones by a plain INSERT, which takes half as long as the same rows through MERGE.
INSERT INTO posts (
    post_id, thread_id, author_id, author_method, author_confidence, position, posted_at, edited_at, edited_by,
    url, text, full_text, like_count, dislike_count, declared_stance, is_solution, page_id, state, first_seen_at, last_seen_at, removed_at,
    edited_by_staff, edit_reason, depth, aliases, reply_to, reply_to_name, content_hash)
SELECT
    new.post_id, new.thread_id, new.author_id, new.author_method, new.author_confidence, new.position,
    new.posted_at, new.edited_at, new.edited_by, new.url, new.text, new.full_text, new.like_count,
    new.dislike_count, new.declared_stance, new.is_solution, new.page_id, new.state, new.seen_at, new.seen_at,
    CASE WHEN new.state = 'removed' THEN new.seen_at END,
    new.edited_by_staff, new.edit_reason, new.depth, new.aliases, new.reply_to, new.reply_to_name,
    new.content_hash
FROM incoming AS new
WHERE new.is_new;
