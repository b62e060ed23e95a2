SELECT count(*) AS events, count(*) FILTER (hours <= 1) AS within_hour,
       count(*) FILTER (hours <= 24) AS within_day, count(*) FILTER (hours <= 168) AS within_week,
       median(hours) AS median_hours
FROM report_delays;
