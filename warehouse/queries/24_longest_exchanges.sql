-- Which threads go deepest?
-- The longest chain of answers in a thread, and how many people took part; `thread_overview` tells more of each.
WITH written AS (
    SELECT
        thread_id,
        count(*) FILTER (state <> 'ghost') AS posts,
        count(DISTINCT author_id) AS participants,
        max(depth) AS depth
    FROM posts
    GROUP BY ALL
    HAVING bool_or(state <> 'ghost')
)
SELECT threads.title, boards.title AS board, posts, participants, depth
FROM written
JOIN threads USING (thread_id)
LEFT JOIN boards USING (board_id)
ORDER BY depth DESC, posts DESC, threads.title
LIMIT 20;
