WITH arrivals AS (
    SELECT person, min(week) AS week FROM report_posts
    WHERE week IS NOT NULL AND author_id IS NOT NULL AND state <> 'ghost' GROUP BY person
), fresh AS (
    SELECT week, count(*) AS new_people FROM arrivals GROUP BY week
)
SELECT week, count(*) AS posts, count(DISTINCT person) AS people, count(*) FILTER (is_staff) AS staff_posts,
       coalesce(any_value(f.new_people), 0) AS new_people
FROM report_posts
LEFT JOIN fresh f USING (week)
WHERE week IS NOT NULL AND state <> 'ghost' AND in_period
GROUP BY week
ORDER BY week;
