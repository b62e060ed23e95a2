-- Hours between a post and what staff did about it, where both times are known and the post is not
-- the notice itself.
WITH delays AS (
    SELECT date_diff('minute', p.stamp, e.stamp) / 60.0 AS hours
    FROM report_events e
    JOIN report_posts p USING (post_id)
    WHERE NOT e.is_detection AND e.stamp > p.stamp
      AND (e.actor_author_id IS NULL OR p.author_id IS NULL OR e.actor_author_id <> p.author_id)
      AND NOT p.is_staff
)
SELECT count(*) AS events, count(*) FILTER (hours <= 1) AS within_hour,
       count(*) FILTER (hours <= 24) AS within_day, count(*) FILTER (hours <= 168) AS within_week,
       median(hours) AS median_hours
FROM delays;
