-- The threads these people wrote most in.
SELECT p.author_id, p.thread_id, t.title, t.url, count(*) AS posts, bool_or(p.position = 1) AS has_opened,
       max(p.stamp)::DATE AS last_day
FROM report_posts p
JOIN threads t USING (thread_id)
WHERE p.in_period AND p.state <> 'ghost' AND p.author_id IN (SELECT unnest($author_ids))
GROUP BY p.author_id, p.thread_id, t.title, t.url
QUALIFY row_number() OVER (PARTITION BY p.author_id ORDER BY count(*) DESC, max(p.stamp) DESC, p.thread_id) <= $limit
ORDER BY p.author_id, posts DESC, last_day DESC, p.thread_id;
