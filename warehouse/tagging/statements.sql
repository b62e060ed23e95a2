-- The posts of the `wanted` threads as the taggers read them, in order.
WITH told AS (
    SELECT posts.*, authors.role, coalesce(authors.is_staff, false) AS is_staff
    FROM posts
    SEMI JOIN wanted USING (thread_id)
    LEFT JOIN authors USING (author_id)
),
answered AS (
    SELECT
        replies.post_id,
        list({'id': parent_post_id, 'confidence': confidence} ORDER BY is_primary DESC, confidence DESC, parent_post_id)
            AS answers,
        any_value(parent_post_id) FILTER (is_primary) AS parent_post_id
    FROM replies
    SEMI JOIN told USING (post_id)
    GROUP BY ALL
),
quoted AS (
    SELECT quotes.post_id, string_agg(quotes.text, chr(10) || chr(10) ORDER BY quotes.ordinal) AS words
    FROM quotes
    SEMI JOIN told USING (post_id)
    WHERE quotes.depth = 1
    GROUP BY ALL
)
SELECT
    told.thread_id,
    told.post_id AS id,
    told.text,
    -- The whole post answered; where that is not held, the words quoted from it.
    coalesce(nullif(parents.text, ''), quoted.words) AS reply_to,
    answered.parent_post_id AS reply_to_id,
    told.author_id AS author,
    told.role AS author_role,
    told.is_staff,
    coalesce(told.position = 1, false) AS is_opening,
    threads.title AS topic,
    coalesce(answered.answers, []) AS answers
FROM told
JOIN threads USING (thread_id)
LEFT JOIN answered USING (post_id)
LEFT JOIN quoted USING (post_id)
LEFT JOIN posts AS parents ON parents.post_id = answered.parent_post_id
ORDER BY told.thread_id, told.position NULLS LAST, told.posted_at, told.post_id;
