-- Who keeps opposing each other?
-- Pairs in which both have opposed the other.
SELECT
    one.from_author AS one, one.to_author AS other, one.opposes AS one_opposes, other.opposes AS other_opposes,
    one.supports + other.supports AS supports_between_them
FROM interactions AS one
JOIN interactions AS other
    ON other.from_author_id = one.to_author_id AND other.to_author_id = one.from_author_id
WHERE one.from_author_id < one.to_author_id AND one.opposes > 0 AND other.opposes > 0
ORDER BY one.opposes + other.opposes DESC, one, other
LIMIT 20;
