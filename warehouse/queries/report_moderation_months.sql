SELECT month, kind, count(*) AS events FROM report_events
WHERE month IS NOT NULL GROUP BY month, kind ORDER BY month, kind;
