SELECT count(*) AS ideas,
       count(*) FILTER (outcome = 'waiting') AS waiting,
       count(*) FILTER (outcome = 'declined') AS declined,
       count(*) FILTER (len(path) > 0) AS changed,
       count(DISTINCT status || '/' || outcome) AS statuses,
       median(waited_days) FILTER (outcome = 'waiting') AS waiting_days,
       count(*) FILTER (outcome <> 'waiting' AND waited_days IS NOT NULL) AS timed,
       median(waited_days) FILTER (outcome <> 'waiting') AS answer_days
FROM report_ideas;
