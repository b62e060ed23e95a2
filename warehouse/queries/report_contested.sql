-- Threads where people disagree: replies that support or oppose the post they answer.
WITH sized AS (
    SELECT thread_id, count(*) FILTER (state <> 'ghost') AS posts, count(DISTINCT author_id) AS people,
           count(*) FILTER (is_staff) AS staff_posts, min(stamp)::DATE AS first_day, max(stamp)::DATE AS last_day
    FROM report_posts WHERE in_period GROUP BY thread_id HAVING bool_or(state <> 'ghost')
), answered AS (
    SELECT p.thread_id,
           count(*) FILTER (s.stance::VARCHAR = 'support') AS supports,
           count(*) FILTER (s.stance::VARCHAR = 'oppose') AS opposes,
           count(*) FILTER (s.stance::VARCHAR = 'mixed') AS mixed,
           count(DISTINCT p.author_id) FILTER (s.stance::VARCHAR = 'oppose') AS opposing_people
    FROM stances s JOIN report_posts p USING (post_id)
    WHERE s.target::VARCHAR = 'post' AND p.in_period
    GROUP BY p.thread_id
), moderated AS (
    SELECT thread_id, count(*) AS events FROM report_events GROUP BY thread_id
)
SELECT thread_id, t.title, t.url, coalesce(b.title, '') AS board, t.is_locked, t.status,
       s.posts, s.people, s.staff_posts, s.first_day, s.last_day,
       coalesce(a.supports, 0) AS supports, coalesce(a.opposes, 0) AS opposes,
       coalesce(a.mixed, 0) AS mixed, coalesce(a.opposing_people, 0) AS opposing_people,
       -- as in the view thread_overview, within the period
       (coalesce(a.opposes, 0) + 0.5 * coalesce(a.mixed, 0))::DOUBLE
           / (coalesce(a.supports, 0) + coalesce(a.opposes, 0) + coalesce(a.mixed, 0) + 2) AS contention, coalesce(m.events, 0) AS events
FROM sized s
JOIN threads t USING (thread_id)
LEFT JOIN boards b ON b.board_id = t.board_id
LEFT JOIN answered a USING (thread_id)
LEFT JOIN moderated m USING (thread_id)
-- a dozen against in a long thread before three out of three: volume times contention
ORDER BY coalesce(a.opposes, 0) * contention DESC, contention DESC, coalesce(m.events, 0) DESC, s.posts DESC, thread_id
LIMIT $limit;
