-- The longest words of each such quote, and where on the site they stand.
CREATE OR REPLACE TEMP TABLE sought AS
SELECT quote_id, unnest(list_sort(words, 'DESC')[:8]).word AS word
FROM (
    SELECT
        quote_id,
        list_transform(
            list_distinct(regexp_extract_all(lower(text), '\p{L}{5,}')),
            lambda found: {'letters': length(found), 'word': found}) AS words
    FROM homeless
);
