-- The people of these accounts, counted within the period; a post that only quotes tell of is none of theirs to
-- count. A pseudonym is nobody whose page could be written.
WITH wanted AS (
    SELECT unnest($author_ids) AS author_id
), wrote AS (
    SELECT author_id,
           count(*) FILTER (in_period) AS posts,
           count(*) FILTER (in_period AND position = 1) AS opened,
           count(DISTINCT thread_id) FILTER (in_period) AS threads,
           count(*) FILTER (in_recent) AS recent_posts,
           (min(stamp) FILTER (in_period))::DATE AS first_day, (max(stamp) FILTER (in_period))::DATE AS last_day
    FROM report_posts
    WHERE author_id IN (SELECT author_id FROM wanted) AND state <> 'ghost'
    GROUP BY author_id
), asked AS (
    SELECT author_id, count(DISTINCT proposal_id) AS asked_for
    FROM report_mentions WHERE in_period AND is_request GROUP BY author_id
)
SELECT author_id, a.name, coalesce(a.role, '') AS role, coalesce(a.is_staff, false) AS is_staff, a.profile_url,
       coalesce(nullif(s.title, ''), a.site_id) AS site,
       coalesce(w.posts, 0) AS posts, coalesce(w.opened, 0) AS opened, coalesce(w.threads, 0) AS threads,
       coalesce(w.recent_posts, 0) AS recent_posts, coalesce(k.asked_for, 0) AS asked_for, w.first_day, w.last_day
FROM authors a
LEFT JOIN wrote w USING (author_id)
LEFT JOIN asked k USING (author_id)
LEFT JOIN sites s ON s.site_id = a.site_id
WHERE author_id IN (SELECT author_id FROM wanted)
  AND coalesce(a.name, '') <> '' AND NOT regexp_full_match(a.name, 'member-[0-9a-f]{10}')
ORDER BY posts DESC, author_id;
