-- The authors of a site under these ids, or under any.
SELECT author_id, name, login, user_id
FROM authors
WHERE site_id = $site AND (user_id IN $ids OR $every AND user_id IS NOT NULL);
