-- What goes: the posts of the authors and threads meant, and who is called what. `meant` lists kind and id.
CREATE OR REPLACE TEMP TABLE gone_authors AS
SELECT authors.*, list_concat([name, login], coalesce(former_names, [])) AS names
FROM authors JOIN meant ON meant.kind = 'author' AND meant.id = authors.author_id;

CREATE OR REPLACE TEMP TABLE gone_posts AS
SELECT DISTINCT posts.post_id, posts.thread_id, posts.page_id, posts.url
FROM posts
JOIN meant
    ON meant.id = CASE meant.kind WHEN 'author' THEN posts.author_id WHEN 'post' THEN posts.post_id ELSE posts.thread_id END;

-- Posts of others that quote them, by source or by name.
CREATE OR REPLACE TEMP TABLE quoting AS
SELECT quotes.quote_id, quotes.post_id
FROM quotes
WHERE quotes.source_post_id IN (SELECT post_id FROM gone_posts)
    OR nfc_normalize(lower(quotes.attributed_to)) IN (
        SELECT nfc_normalize(lower(unnest(names))) FROM gone_authors);

-- Every fetch of every page that is known to hold their words.
CREATE OR REPLACE TEMP TABLE gone_records AS
SELECT DISTINCT pages.archive_file, pages.archive_offset, pages.archive_length, pages.url
FROM pages
WHERE pages.url IN (
    SELECT url FROM pages WHERE page_id IN (
        SELECT page_id FROM gone_posts
        UNION ALL
        SELECT posts.page_id FROM posts SEMI JOIN quoting USING (post_id)
        UNION ALL
        -- What they put to the vote is drawn above every page of the thread.
        SELECT page_id FROM posts
        WHERE thread_id IN (SELECT thread_id FROM polls WHERE post_id IN (SELECT post_id FROM gone_posts))
    )
);
