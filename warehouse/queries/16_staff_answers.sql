-- In which boards do staff answer?
-- Share of threads with a post by staff, and of all posts that are theirs.
WITH written AS (
    SELECT posts.thread_id, count(*) AS posts, count(*) FILTER (authors.is_staff) AS staff_posts
    FROM posts
    LEFT JOIN authors USING (author_id)
    WHERE posts.state <> 'ghost'
    GROUP BY ALL
)
SELECT
    boards.title AS board,
    count(*) AS threads,
    count(*) FILTER (staff_posts > 0) AS with_staff,
    round(100.0 * count(*) FILTER (staff_posts > 0) / count(*), 1) AS percent_of_threads,
    round(100.0 * sum(staff_posts) / nullif(sum(posts), 0), 1) AS percent_of_posts
FROM threads
JOIN written USING (thread_id)
LEFT JOIN boards USING (board_id)
GROUP BY ALL
ORDER BY percent_of_threads DESC, board;
