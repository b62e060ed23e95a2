-- Threads opened in the period by members, and how they were answered.
WITH opened AS (
    SELECT thread_id, person, stamp FROM report_posts
    WHERE position = 1 AND in_period AND NOT is_staff AND state <> 'ghost'
    QUALIFY row_number() OVER (PARTITION BY thread_id ORDER BY stamp NULLS LAST, post_id) = 1
), answers AS (
    SELECT o.thread_id, min(p.stamp) AS first_at, bool_or(p.is_staff) AS by_staff, any_value(o.stamp) AS opened_at
    FROM opened o JOIN report_posts p ON p.thread_id = o.thread_id
    WHERE p.position > 1 AND p.person <> o.person
    GROUP BY o.thread_id
)
SELECT (SELECT count(*) FROM opened) AS threads,
       count(*) AS answered,
       count(*) FILTER (by_staff) AS answered_by_staff,
       median(date_diff('minute', opened_at, first_at) / 60.0) FILTER (first_at > opened_at) AS median_hours,
       count(*) FILTER (first_at > opened_at) AS timed,
       (SELECT count(*) FROM authors WHERE is_staff) AS staff
FROM answers;
