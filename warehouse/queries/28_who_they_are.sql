-- Who is for each proposal and who against: which board, members or staff, newcomers?
-- Each person once, where they last said so; new = wrote there for the first time less than 90 days before. `for_share`
-- is of those who took a side.
WITH came AS (
    SELECT author_id, min(posted_at) AS first_at FROM posts WHERE author_id IS NOT NULL GROUP BY author_id
)
SELECT
    positions.label,
    coalesce(boards.title, '(no board)') AS board,
    if(authors.is_staff, 'staff', 'members') AS role,
    positions.posted_at < came.first_at + INTERVAL 90 DAY AS is_new,
    count(*) FILTER (positions.stance = 'support') AS supporters,
    count(*) FILTER (positions.stance = 'oppose') AS opposers,
    count(*) FILTER (positions.stance = 'mixed') AS undecided,
    round(supporters / nullif(supporters + opposers, 0), 2) AS for_share
FROM positions
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN boards USING (board_id)
JOIN authors ON authors.author_id = positions.author_id
JOIN came ON came.author_id = positions.author_id
GROUP BY ALL
ORDER BY positions.label, supporters + opposers + undecided DESC, board, role, is_new;
