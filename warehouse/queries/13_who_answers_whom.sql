-- Who answers whom most, and in which spirit?
-- Pairs of members by number of answers.
SELECT from_author, to_author, replies, supports, opposes
FROM interactions
ORDER BY replies DESC, from_author, to_author, from_author_id, to_author_id
LIMIT 20;
