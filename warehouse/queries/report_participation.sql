-- How widely the talking is spread, and who joined in the recent stretch.
WITH people AS (
    SELECT author_id, count(*) FILTER (in_period) AS posts, bool_or(in_recent) AS in_recent,
           bool_and(in_recent) AS is_new
    FROM report_posts
    WHERE author_id IS NOT NULL AND state <> 'ghost'
    GROUP BY author_id
), ranked AS (
    SELECT posts, row_number() OVER (ORDER BY posts DESC, author_id) AS rank, count(*) OVER () AS people
    FROM people WHERE posts > 0
)
SELECT
    (SELECT count(*) FROM ranked) AS people,
    (SELECT coalesce(sum(posts), 0)::BIGINT FROM ranked) AS posts,
    (SELECT coalesce(sum(posts), 0)::BIGINT FROM ranked WHERE rank <= ceil(people / 10.0)) AS top_posts,
    (SELECT count(*) FROM ranked WHERE rank <= ceil(people / 10.0)) AS top_people,
    (SELECT count(*) FROM ranked WHERE posts = 1) AS once_only,
    (SELECT count(*) FROM people WHERE in_recent) AS recent_people,
    (SELECT count(*) FROM people WHERE is_new) AS new_people,
    (SELECT count(*) FROM report_posts WHERE in_period AND author_id IS NULL AND state <> 'ghost')
        AS nameless_posts;
