-- How long does a thread wait for its first answer, board by board?
-- Time from the opening post to the first post by somebody else: median and the slowest tenth.
WITH openings AS (
    SELECT thread_id, author_id, posted_at FROM posts WHERE position = 1 AND posted_at IS NOT NULL
),
waits AS (
    SELECT
        openings.thread_id,
        count(answers.post_id) AS answers,
        min(answers.posted_at) - any_value(openings.posted_at) AS wait
    FROM openings
    LEFT JOIN posts AS answers
        ON answers.thread_id = openings.thread_id AND answers.position > 1
        AND answers.author_id IS DISTINCT FROM openings.author_id
    GROUP BY ALL
)
SELECT
    boards.title AS board,
    count(*) AS threads,
    count(*) FILTER (waits.answers = 0) AS never_answered,
    round(median(epoch(waits.wait)) / 3600, 1) AS median_hours,
    round(quantile_cont(epoch(waits.wait), 0.9) / 3600, 1) AS slowest_tenth_hours
FROM waits
JOIN threads USING (thread_id)
LEFT JOIN boards USING (board_id)
GROUP BY ALL
ORDER BY median_hours DESC NULLS LAST, board;
