-- How concentrated is the talk?
-- Share of all posts by the busiest tenth of the members, and how many members write half of everything.
WITH members AS (
    SELECT author_id, count(*) AS posts FROM posts WHERE author_id IS NOT NULL AND state <> 'ghost' GROUP BY ALL
),
ranked AS (
    SELECT
        posts,
        row_number() OVER busiest AS rank,
        count(*) OVER () AS members,
        sum(posts) OVER (ORDER BY posts DESC, author_id ROWS UNBOUNDED PRECEDING) AS so_far,
        sum(posts) OVER () AS total
    FROM members
    WINDOW busiest AS (ORDER BY posts DESC, author_id)
)
SELECT
    any_value(members) AS members,
    any_value(total)::BIGINT AS posts,
    round(100.0 * coalesce(sum(posts) FILTER (rank <= ceil(members / 10.0)), 0) / any_value(total), 1)
        AS percent_by_busiest_tenth,
    min(rank) FILTER (so_far >= total / 2.0) AS members_who_write_half
FROM ranked
HAVING count(*) > 0;
