-- Whoever is held under a doubtful id (`filed`: from_id, to_id) is held under login or name instead.
INSERT INTO authors
SELECT filed.to_id, authors.* EXCLUDE (author_id) REPLACE (NULL AS user_id, NULL AS profile_url)
FROM filed
JOIN authors ON authors.author_id = filed.from_id
QUALIFY row_number() OVER (PARTITION BY filed.to_id ORDER BY last_seen_at DESC NULLS LAST, from_id) = 1
ON CONFLICT DO NOTHING;

UPDATE posts SET author_id = filed.to_id FROM filed WHERE posts.author_id = filed.from_id;
UPDATE stances SET author_id = filed.to_id FROM filed WHERE stances.author_id = filed.from_id;
UPDATE moderation_events SET actor_author_id = filed.to_id FROM filed WHERE actor_author_id = filed.from_id;
DELETE FROM authors WHERE author_id IN (SELECT from_id FROM filed);
INSERT INTO doubtful_accounts FROM doubted ON CONFLICT DO NOTHING;
