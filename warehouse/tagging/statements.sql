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
    -- Below the opening post hangs also what answered somebody forgotten (`forgetting/erase.sql`): it does not take
    -- a side toward that.
    WHERE confidence > 0.1
    GROUP BY ALL
),
quoted AS (
    SELECT quotes.post_id, quotes.source_post_id, quotes.text, quotes.ordinal
    FROM quotes
    SEMI JOIN told USING (post_id)
    WHERE quotes.depth = 1
),
all_quoted AS (
    SELECT post_id, string_agg(text, chr(10) || chr(10) ORDER BY ordinal) AS words
    FROM quoted
    GROUP BY ALL
),
quoted_of AS (
    SELECT post_id, source_post_id, list(text ORDER BY ordinal) AS words
    FROM quoted
    GROUP BY ALL
),
sure AS (
    -- Every post that is answered for sure, where there are several.
    SELECT
        replies.post_id, replies.parent_post_id, replies.is_primary, replies.confidence,
        coalesce(posts.text, '') AS text, coalesce(quoted_of.words, []) AS quoted
    FROM replies
    SEMI JOIN told USING (post_id)
    LEFT JOIN posts ON posts.post_id = replies.parent_post_id
    LEFT JOIN quoted_of ON quoted_of.post_id = replies.post_id AND quoted_of.source_post_id = replies.parent_post_id
    WHERE replies.is_primary OR replies.confidence >= 0.5
    QUALIFY count(*) OVER (PARTITION BY replies.post_id) > 1
),
several AS (
    SELECT
        post_id,
        list({'post_id': parent_post_id, 'text': text, 'quoted': quoted}
            ORDER BY is_primary DESC, confidence DESC, parent_post_id) AS posts
    FROM sure
    GROUP BY ALL
)
SELECT
    told.thread_id,
    told.post_id AS id,
    told.text,
    -- What is quoted of the post answered, unless that is a word or two; else all of it; where that is not
    -- held, whatever is quoted.
    CASE WHEN length(array_to_string(quoted_of.words, '')) >= 20
        THEN array_to_string(quoted_of.words, chr(10) || chr(10))
        ELSE coalesce(nullif(parents.text, ''), all_quoted.words) END AS reply_to,
    answered.parent_post_id AS reply_to_id,
    told.author_id AS author,
    told.role AS author_role,
    told.is_staff,
    coalesce(told.position = 1, false) AS is_opening,
    threads.title AS topic,
    CASE WHEN parents.position = 1 THEN told.declared_stance::VARCHAR END AS declared,
    coalesce(answered.answers, []) AS answers,
    coalesce(several.posts, []) AS several,
    CASE WHEN several.post_id IS NOT NULL THEN told.full_text END AS full_text
FROM told
JOIN threads USING (thread_id)
LEFT JOIN answered USING (post_id)
LEFT JOIN all_quoted USING (post_id)
LEFT JOIN quoted_of ON quoted_of.post_id = told.post_id AND quoted_of.source_post_id = answered.parent_post_id
LEFT JOIN several ON several.post_id = told.post_id
LEFT JOIN posts AS parents ON parents.post_id = answered.parent_post_id
ORDER BY told.thread_id, told.position NULLS LAST, told.posted_at, told.post_id;
