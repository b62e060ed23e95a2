-- Who keeps opposing each other?
-- Pairs in which both have opposed the other.
WITH opposing AS MATERIALIZED (
    SELECT from_author_id, to_author_id, from_author, to_author, supports, opposes FROM interactions WHERE opposes > 0
)
SELECT
    one.from_author AS one, one.to_author AS other, one.opposes AS one_opposes, other.opposes AS other_opposes,
    one.supports + other.supports AS supports_between_them
FROM opposing AS one
JOIN opposing AS other
    ON other.from_author_id = one.to_author_id AND other.to_author_id = one.from_author_id
WHERE one.from_author_id < one.to_author_id
ORDER BY one.opposes + other.opposes DESC, one, other, one.from_author_id, one.to_author_id
LIMIT 20;
