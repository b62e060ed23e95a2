-- In which boards do staff answer?
-- Share of threads with a post by staff, and of all posts that are theirs.
SELECT
    board,
    count(*) AS threads,
    count(*) FILTER (staff_posts > 0) AS with_staff,
    round(100.0 * count(*) FILTER (staff_posts > 0) / count(*), 1) AS percent_of_threads,
    round(100.0 * sum(staff_posts) / nullif(sum(posts), 0), 1) AS percent_of_posts
FROM thread_overview
GROUP BY ALL
ORDER BY percent_of_threads DESC, board;
