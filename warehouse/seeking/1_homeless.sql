-- Quotes whose words their own thread does not hold: those without a source, those that only a ghost explains, and
-- those tied to a post that may have held them once, or that holds such words while their link leads to another thread.
-- Sought by the id in their markup, or by their words; `core` is what stands in the middle of the quote.
CREATE OR REPLACE TEMP TABLE homeless AS
SELECT
    quotes.quote_id, quotes.post_id, quotes.ordinal, quotes.depth, quotes.text, quotes.attributed_to,
    quotes.source_ref,
    array_to_string(string_split(lower(quotes.text), ' ')[len(string_split(quotes.text, ' ')) // 2:][:3], ' ') AS core,
    threads.site_id || ':' || quotes.source_ref AS linked_post_id,
    posts.thread_id, posts.posted_at
FROM quotes
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN posts AS linked
    ON linked.post_id = threads.site_id || ':' || quotes.source_ref AND linked.thread_id <> posts.thread_id
WHERE threads.site_id = $site
    AND (
        quotes.source_post_id IS NULL
        OR quotes.source_method IN ('ghost', 'author')
        OR (quotes.source_method = 'text' AND quotes.source_thread_id IS NULL AND linked.post_id IS NOT NULL)
    )
    AND posts.state <> 'ghost'
    AND (quotes.source_ref IS NOT NULL OR len(string_split(quotes.text, ' ')) >= $fewest_words);
