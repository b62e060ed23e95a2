-- Who or what is meant: a member by id, name, login or profile page; a post by id or address; a thread by address.
-- A name borne before counts where nobody bears it now.
-- Names with accents composed or not, and in any case where nobody is called so to the letter; addresses with or
-- without a slash at their end.
WITH named AS (
    SELECT
        author_id,
        author_id = $what OR rtrim(profile_url, '/') = rtrim($what, '/')
            OR nfc_normalize($what) IN (nfc_normalize(name), nfc_normalize(coalesce(login, name))) AS is_exact
    FROM authors
    WHERE author_id = $what OR rtrim(profile_url, '/') = rtrim($what, '/')
        OR nfc_normalize(lower($what)) IN (nfc_normalize(lower(name)), nfc_normalize(lower(login)))
)
SELECT 'author' AS kind, author_id AS id FROM named
WHERE coalesce(is_exact, false) OR NOT EXISTS (FROM named WHERE is_exact)
UNION ALL
SELECT 'author', author_id FROM (SELECT author_id, unnest(former_names) AS name FROM authors)
WHERE nfc_normalize(lower($what)) = nfc_normalize(lower(name)) AND NOT EXISTS (FROM named)
UNION ALL
SELECT 'post', post_id FROM posts WHERE post_id = $what OR rtrim(url, '/') = rtrim($what, '/')
UNION ALL
SELECT 'thread', thread_id FROM threads WHERE thread_id = $what OR rtrim(url, '/') = rtrim($what, '/')
ORDER BY ALL;
