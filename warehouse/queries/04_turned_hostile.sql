-- Which threads turned hostile, after which post?
-- The first post after which the next five answers that take a side are mostly opposition (four or more).
WITH sides AS (
    SELECT
        posts.thread_id, posts.position, posts.post_id, posts.posted_at, stances.stance = 'oppose' AS opposes,
        stances.target_post_id
    FROM stances
    JOIN posts USING (post_id)
    WHERE stances.target = 'post' AND stances.stance IN ('support', 'oppose') AND posts.position IS NOT NULL
),
ahead AS (
    SELECT
        *,
        count(*) FILTER (opposes) OVER next_five AS opposing,
        count(*) OVER next_five AS taken
    FROM sides
    WINDOW next_five AS (
        PARTITION BY thread_id ORDER BY position, post_id, target_post_id ROWS BETWEEN CURRENT ROW AND 4 FOLLOWING)
),
turns AS (
    SELECT thread_id, arg_min(target_post_id, (position, post_id, target_post_id)) AS post_id, min(position) AS position
    FROM ahead
    WHERE taken = 5 AND opposing >= 4
    GROUP BY ALL
)
SELECT threads.title AS thread, authors.name AS after_a_post_by, posts.posted_at, left(posts.text, 120) AS words, posts.url
FROM turns
JOIN threads USING (thread_id)
LEFT JOIN posts ON posts.post_id = turns.post_id
LEFT JOIN authors USING (author_id)
ORDER BY posts.posted_at DESC NULLS LAST, thread, posts.post_id;
