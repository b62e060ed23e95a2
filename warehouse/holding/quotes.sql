SELECT bare(post_id) AS belongs_to, quotes.ordinal, quotes.depth, quotes.text,
    parents.ordinal AS parent, quotes.attributed_to, quotes.source_ref, bare(quotes.source_post_id) AS source_post_id,
    bare(quotes.source_thread_id) AS source_thread_id, quotes.source_method::VARCHAR AS source_method,
    quotes.source_confidence
FROM quotes
SEMI JOIN (SELECT post_id FROM posts SEMI JOIN wanted USING (thread_id)) AS held USING (post_id)
LEFT JOIN (SELECT quote_id, ordinal FROM quotes) AS parents
    ON parents.quote_id = quotes.parent_quote_id
ORDER BY quotes.ordinal
