SELECT kind, count(*) AS events, count(*) FILTER (in_recent) AS recent_events,
       count(DISTINCT thread_id) AS threads,
       count(*) FILTER (methods = ['recrawl']) AS seen_by_recrawl
FROM report_events GROUP BY kind ORDER BY events DESC, kind;
