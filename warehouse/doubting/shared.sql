-- How many accounts of the site stand in more than one thread.
SELECT count(*) AS accounts FROM (
    SELECT posts.author_id
    FROM posts
    JOIN authors USING (author_id)
    WHERE authors.site_id = $site AND authors.user_id IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT posts.thread_id) > 1
)
