-- Quotes and replies of the posts just accepted become exactly what was handed in. A new post's are inserted as
-- they are: MERGE takes twice as long.
CREATE OR REPLACE TEMP TABLE new_quotes AS
SELECT
    incoming.post_id || '/' || in_quotes.ordinal AS quote_id,
    incoming.post_id,
    in_quotes.ordinal,
    in_quotes.depth,
    incoming.post_id || '/' || in_quotes.parent AS parent_quote_id,
    in_quotes.attributed_to,
    in_quotes.text,
    in_quotes.site_id || ':' || in_quotes.source AS source_post_id,
    in_quotes.source_method::source_method AS source_method,
    in_quotes.source_confidence,
    in_quotes.source_ref,
    in_quotes.site_id || ':' || in_quotes.source_thread AS source_thread_id,
    incoming.is_new
FROM in_quotes
JOIN incoming ON incoming.post_id = in_quotes.site_id || ':' || in_quotes.post
WHERE incoming.accepted;

DELETE FROM quotes
WHERE post_id IN (SELECT post_id FROM incoming WHERE accepted AND NOT is_new)
    AND quote_id NOT IN (SELECT quote_id FROM new_quotes);

INSERT INTO quotes SELECT * EXCLUDE (is_new) FROM new_quotes WHERE is_new;

MERGE INTO quotes
USING (SELECT * EXCLUDE (is_new) FROM new_quotes WHERE NOT is_new) AS new
ON quotes.quote_id = new.quote_id
WHEN MATCHED AND (
        quotes.depth, quotes.parent_quote_id, quotes.attributed_to, quotes.text, quotes.source_post_id,
        quotes.source_method, quotes.source_confidence, quotes.source_ref, quotes.source_thread_id
    ) IS DISTINCT FROM (
        new.depth, new.parent_quote_id, new.attributed_to, new.text, new.source_post_id,
        new.source_method, new.source_confidence, new.source_ref, new.source_thread_id
    )
    THEN UPDATE SET
        depth = new.depth,
        parent_quote_id = new.parent_quote_id,
        attributed_to = new.attributed_to,
        text = new.text,
        source_post_id = new.source_post_id,
        source_method = new.source_method,
        source_confidence = new.source_confidence,
        source_ref = new.source_ref,
        source_thread_id = new.source_thread_id
WHEN NOT MATCHED THEN INSERT;

CREATE OR REPLACE TEMP TABLE new_replies AS
SELECT
    incoming.post_id,
    in_replies.site_id || ':' || in_replies.parent AS parent_post_id,
    in_replies.method::reply_method AS method,
    in_replies.confidence,
    in_replies.is_primary,
    incoming.is_new
FROM in_replies
JOIN incoming ON incoming.post_id = in_replies.site_id || ':' || in_replies.post
WHERE incoming.accepted;

DELETE FROM replies
WHERE post_id IN (SELECT post_id FROM incoming WHERE accepted AND NOT is_new)
    AND (post_id, parent_post_id) NOT IN (SELECT (post_id, parent_post_id) FROM new_replies);

INSERT INTO replies SELECT * EXCLUDE (is_new) FROM new_replies WHERE is_new;

MERGE INTO replies
USING (SELECT * EXCLUDE (is_new) FROM new_replies WHERE NOT is_new) AS new
ON replies.post_id = new.post_id AND replies.parent_post_id = new.parent_post_id
WHEN MATCHED AND (replies.method, replies.confidence, replies.is_primary)
        IS DISTINCT FROM (new.method, new.confidence, new.is_primary)
    THEN UPDATE SET method = new.method, confidence = new.confidence, is_primary = new.is_primary
WHEN NOT MATCHED THEN INSERT;
