-- For each homeless quote the posts of other threads that hold most of its rare words, or have the id it names.
WITH heard AS (
    SELECT post_id, word
    FROM (
        SELECT posts.post_id, unnest(list_distinct(regexp_extract_all(lower(posts.text), '\p{L}{5,}'))) AS word
        FROM posts
        JOIN threads USING (thread_id)
        WHERE threads.site_id = $site AND posts.state <> 'ghost'
    )
    SEMI JOIN sought USING (word)
    QUALIFY count(*) OVER (PARTITION BY word) <= 1000
),
counted AS (
    SELECT sought.quote_id, heard.post_id, count(*) AS shared
    FROM sought
    JOIN heard USING (word)
    GROUP BY sought.quote_id, heard.post_id
    HAVING shared >= 2
    QUALIFY shared >= 0.7 * max(count(*)) OVER (PARTITION BY sought.quote_id)
),
found AS (
    SELECT homeless.quote_id, posts.post_id, shared
    FROM counted
    JOIN homeless USING (quote_id)
    JOIN posts ON posts.post_id = counted.post_id
    WHERE posts.thread_id <> homeless.thread_id AND coalesce(posts.posted_at <= homeless.posted_at, true)
    UNION ALL
    SELECT homeless.quote_id, posts.post_id, 1000 AS shared
    FROM homeless
    JOIN posts ON posts.post_id = homeless.linked_post_id
    WHERE posts.thread_id <> homeless.thread_id
)
SELECT
    substr(homeless.thread_id, length($site) + 2) AS thread_id,
    substr(homeless.post_id, length($site) + 2) AS post_id,
    homeless.ordinal,
    substr(posts.thread_id, length($site) + 2) AS other_thread_id,
    substr(posts.post_id, length($site) + 2) AS other_post_id
FROM found
JOIN homeless USING (quote_id)
JOIN posts ON posts.post_id = found.post_id
QUALIFY row_number() OVER (PARTITION BY quote_id ORDER BY shared DESC, contains(lower(posts.text), core) DESC, posts.post_id) <= 4
ORDER BY ALL;
