-- The days of the first and the last post that carry a date.
SELECT min(timezone('UTC', posted_at))::DATE AS first_day, max(timezone('UTC', posted_at))::DATE AS last_day
FROM posts
WHERE posted_at <= $now::TIMESTAMPTZ;
