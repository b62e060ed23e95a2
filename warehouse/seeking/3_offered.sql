-- For each homeless quote the posts of other threads that hold most of its rarest words, or have the id it names.
WITH heard AS MATERIALIZED (
    SELECT DISTINCT post_id, word
    FROM (
        SELECT posts.post_id, unnest(regexp_extract_all(lower(posts.text), '\p{L}{5,}')) AS word
        FROM posts
        JOIN threads USING (thread_id)
        WHERE threads.site_id = $site AND posts.state <> 'ghost'
    )
    SEMI JOIN sought USING (word)
),
rarest AS (
    SELECT quote_id, word
    FROM sought
    JOIN (SELECT word, count(*) AS posts FROM heard GROUP BY word HAVING posts <= 1000) USING (word)
    QUALIFY row_number() OVER (PARTITION BY quote_id ORDER BY posts, word) <= 5
),
counted AS (
    SELECT rarest.quote_id, heard.post_id, count(*) AS shared
    FROM rarest
    JOIN heard USING (word)
    GROUP BY rarest.quote_id, heard.post_id
    HAVING shared >= 2
    QUALIFY shared >= 0.7 * max(count(*)) OVER (PARTITION BY rarest.quote_id)
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
    homeless.ordinal, homeless.depth, homeless.text, homeless.attributed_to, homeless.source_ref,
    substr(posts.thread_id, length($site) + 2) AS other_thread_id,
    substr(posts.post_id, length($site) + 2) AS other_post_id,
    posts.text AS other_text,
    authors.name AS author_name, authors.user_id AS author_user_id, authors.login AS author_login
FROM found
JOIN homeless USING (quote_id)
JOIN posts ON posts.post_id = found.post_id
LEFT JOIN authors USING (author_id)
QUALIFY row_number() OVER (PARTITION BY quote_id ORDER BY shared DESC, contains(lower(posts.text), core) DESC, posts.post_id) <= 4
ORDER BY thread_id, post_id, ordinal, other_post_id;
