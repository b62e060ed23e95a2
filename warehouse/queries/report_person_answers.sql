-- Whom these people answer and who answers them, and in which spirit, as in the view interactions: an answer to
-- two people is one to each, and one to two posts of a person is one.
WITH wanted AS (
    SELECT unnest($author_ids) AS author_id
), answers AS (
    SELECT p.author_id AS from_id, q.author_id AS to_id,
           count(DISTINCT p.post_id) AS replies,
           count(DISTINCT p.post_id) FILTER (s.stance::VARCHAR = 'support') AS supports,
           count(DISTINCT p.post_id) FILTER (s.stance::VARCHAR = 'oppose') AS opposes
    FROM replies r
    JOIN report_posts p ON p.post_id = r.post_id
    JOIN report_posts q ON q.post_id = r.parent_post_id
    LEFT JOIN stances s ON s.post_id = r.post_id AND s.target::VARCHAR = 'post' AND s.target_post_id = r.parent_post_id
    WHERE p.in_period AND p.author_id <> q.author_id
      AND (p.author_id IN (FROM wanted) OR q.author_id IN (FROM wanted))
    GROUP BY ALL
), both_ways AS (
    SELECT from_id AS author_id, to_id AS other_id, 'answers' AS direction, replies, supports, opposes
    FROM answers WHERE from_id IN (FROM wanted)
    UNION ALL
    SELECT to_id, from_id, 'answered by', replies, supports, opposes
    FROM answers WHERE to_id IN (FROM wanted)
)
SELECT b.author_id, b.other_id, a.name AS other, b.direction, b.replies, b.supports, b.opposes,
       count(*) OVER (PARTITION BY b.author_id, b.direction) AS total
FROM both_ways b
JOIN authors a ON a.author_id = b.other_id
QUALIFY row_number() OVER (PARTITION BY b.author_id, b.direction ORDER BY b.replies DESC, b.other_id) <= $limit
ORDER BY b.author_id, b.direction, b.replies DESC, b.other_id;
