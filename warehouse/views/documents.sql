-- Forums name the person quoted or link to the post; a block that does neither, and whose words stand in no post
-- held, is of a book, an article, a rule of the house as a rule. The long threads of a debate board have 595 such
-- blocks; of 60 drawn at random a reader took 48 for documents, twelve for posts that are not held.
CREATE OR REPLACE VIEW documents AS
SELECT
    quotes.text,
    nullif(regexp_extract(quotes.text, 'https?://[^\s<>()"\[\]]+'), '') AS link,
    len(regexp_extract_all(quotes.text, '\w+')) AS words,
    count(*) OVER (
        PARTITION BY threads.site_id, lower(regexp_replace(trim(quotes.text), '\s+', ' ', 'g'))
    ) AS times_quoted,
    authors.name AS quoted_by,
    posts.posted_at,
    threads.title AS thread,
    posts.url AS post_url,
    quotes.quote_id,
    quotes.post_id,
    posts.author_id,
    posts.thread_id,
    threads.site_id,
    posts.page_id
FROM quotes
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
WHERE quotes.source_post_id IS NULL AND quotes.source_ref IS NULL AND quotes.attributed_to IS NULL
    AND posts.state <> 'ghost';
COMMENT ON VIEW documents IS 'What people quote that is most likely no post: books, articles, the rules. A quote is listed when it names nobody, links to no post, and its words stand in no post held; a post that was not crawled may look the same.';
COMMENT ON COLUMN documents.text IS 'The words quoted.';
COMMENT ON COLUMN documents.link IS 'The first web address among them; null if there is none.';
COMMENT ON COLUMN documents.words IS 'How many words they are: the more, the surer it is a document.';
COMMENT ON COLUMN documents.times_quoted IS 'How often the same words are quoted on the site.';
COMMENT ON COLUMN documents.quoted_by IS 'Who quotes them, as shown; null if unknown.';
COMMENT ON COLUMN documents.posted_at IS 'When.';
COMMENT ON COLUMN documents.thread IS 'The title of the thread.';
COMMENT ON COLUMN documents.post_url IS 'Link to the post that quotes them.';
COMMENT ON COLUMN documents.quote_id IS 'The row of quotes.';
COMMENT ON COLUMN documents.post_id IS 'The post that quotes them.';
COMMENT ON COLUMN documents.author_id IS 'The person.';
COMMENT ON COLUMN documents.thread_id IS 'The thread.';
COMMENT ON COLUMN documents.site_id IS 'The community.';
COMMENT ON COLUMN documents.page_id IS 'The archived page behind it (pages).';
