-- What authors can do as well, and nobody says that staff did, stands apart from what staff did.
SELECT kind, maybe_by_author, count(*) AS events, count(*) FILTER (in_recent) AS recent_events,
       count(DISTINCT thread_id) AS threads
FROM report_events GROUP BY kind, maybe_by_author ORDER BY events DESC, kind, maybe_by_author;
