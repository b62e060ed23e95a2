SELECT
    (SELECT coalesce(list(coalesce(nullif(title, ''), site_id) ORDER BY site_id), []) FROM sites) AS sites,
    count(*) FILTER (in_period AND state <> 'ghost') AS posts,
    count(DISTINCT thread_id) FILTER (in_period AND state <> 'ghost') AS threads,
    -- a lost post is known by what others quote of it: it is told apart, in no other count
    count(DISTINCT author_id) FILTER (in_period AND state <> 'ghost') AS people,
    count(DISTINCT author_id) FILTER (in_period AND state <> 'ghost' AND is_staff) AS staff,
    count(*) FILTER (in_period AND state = 'ghost') AS ghosts,
    count(*) FILTER (in_period AND state <> 'ghost' AND author_id IS NULL) AS unknown_author_posts,
    count(*) FILTER (in_period AND state <> 'ghost' AND stamp IS NULL) AS undated_posts,
    (SELECT count(*) FROM posts CROSS JOIN report_period AS span
     WHERE posts.state <> 'ghost' AND posts.posted_at > span.written
         AND timezone('UTC', posts.posted_at) >= span.until) AS future_posts,
    (SELECT count(*) FROM report_posts JOIN tagged_posts USING (post_id)
     WHERE in_period AND state <> 'ghost' AND language IS NOT NULL) AS foreign_posts,
    count(*) FILTER (in_recent AND state <> 'ghost') AS recent_posts,
    count(*) FILTER (in_before AND state <> 'ghost') AS before_posts,
    count(DISTINCT author_id) FILTER (in_recent AND state <> 'ghost') AS recent_people,
    count(DISTINCT author_id) FILTER (in_before AND state <> 'ghost') AS before_people,
    count(DISTINCT thread_id) FILTER (in_recent AND state <> 'ghost') AS recent_threads,
    count(DISTINCT thread_id) FILTER (in_before AND state <> 'ghost') AS before_threads,
    (SELECT count(*) FROM report_outside) AS outside_requests,
    (SELECT count(DISTINCT person) FROM report_outside) AS outside_people,
    (SELECT count(*) FROM report_events) AS events,
    (SELECT count(*) FROM report_events WHERE in_recent) AS recent_events,
    (SELECT count(*) FROM report_events WHERE in_before) AS before_events,
    (SELECT max(version) FROM analysis_runs WHERE finished_at = (SELECT max(finished_at) FROM analysis_runs))
        AS analysis_version,
    (SELECT max(codebook_sha256) FROM analysis_runs
     WHERE finished_at = (SELECT max(finished_at) FROM analysis_runs)) AS codebook_sha256
FROM report_posts;
