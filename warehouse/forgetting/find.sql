-- Who or what is meant: a member by id, name, login or profile page; a post by id or address; a thread by address.
SELECT 'author' AS kind, author_id AS id FROM authors
WHERE $what IN (author_id, profile_url) OR lower($what) IN (lower(name), lower(login))
UNION ALL
SELECT 'post', post_id FROM posts WHERE $what IN (post_id, url)
UNION ALL
SELECT 'thread', thread_id FROM threads WHERE $what IN (thread_id, url)
ORDER BY ALL;
