-- The longest words of each such quote. Long words are rare; which are rarest, the texts tell.
CREATE OR REPLACE TEMP TABLE sought AS
SELECT quote_id, unnest(list_sort(words, 'DESC')[:12]).word AS word
FROM (
    SELECT
        quote_id,
        list_transform(
            list_distinct(regexp_extract_all(lower(text), '\p{L}{5,}')),
            lambda found: {'letters': length(found), 'word': found}) AS words
    FROM homeless
);
