-- One row a proposal: how often, by whom, and where people stand. Of the discovered ones, those with most mentions.
WITH mentioned AS (
    SELECT proposal_id,
           count(*) FILTER (in_period) AS mentions,
           count(DISTINCT post_id) FILTER (in_period) AS posts,
           count(DISTINCT author_id) FILTER (in_period) AS people,
           count(DISTINCT author_id) FILTER (in_period AND is_request) AS proposers,
           count(DISTINCT thread_id) FILTER (in_period) AS threads,
           count(*) FILTER (in_recent) AS recent_mentions,
           count(*) FILTER (stamp IS NOT NULL AND NOT in_recent) AS past_mentions,
           min(stamp)::DATE AS first_day,
           max(stamp)::DATE AS last_day
    FROM report_mentions GROUP BY proposal_id
), stood AS (
    SELECT proposal_id,
           count(*) FILTER (moment = 'period' AND stance = 'support') AS supporters,
           count(*) FILTER (moment = 'period' AND stance = 'oppose') AS opposers,
           count(*) FILTER (moment = 'period' AND stance = 'support' AND is_said) AS said_supporters,
           count(*) FILTER (moment = 'period' AND stance = 'oppose' AND is_said) AS said_opposers,
           count(*) FILTER (moment = 'period' AND stance = 'mixed') AS undecided,
           count(*) FILTER (moment = 'end' AND stance = 'support') AS end_supporters,
           count(*) FILTER (moment = 'end' AND stance = 'oppose') AS end_opposers,
           count(*) FILTER (moment = 'start' AND stance = 'support') AS start_supporters,
           count(*) FILTER (moment = 'start' AND stance = 'oppose') AS start_opposers
    FROM report_positions GROUP BY proposal_id
), arrived AS (
    SELECT proposal_id, author_id, bool_or(in_recent) AS in_recent, bool_and(in_recent) AS is_new
    FROM (SELECT proposal_id, author_id, in_recent FROM report_mentions
          UNION ALL SELECT proposal_id, author_id, in_recent FROM report_stances)
    WHERE author_id IS NOT NULL
    GROUP BY proposal_id, author_id
), voices AS (
    SELECT proposal_id,
           count(*) FILTER (in_recent) AS recent_people,
           count(*) FILTER (is_new) AS new_people
    FROM arrived GROUP BY proposal_id
)
SELECT p.proposal_id, p.label, coalesce(p.description, '') AS description, p.origin::VARCHAR AS origin,
       coalesce(m.mentions, 0) AS mentions, coalesce(m.posts, 0) AS posts,
       coalesce(m.people, 0) AS people, coalesce(m.proposers, 0) AS proposers,
       coalesce(m.threads, 0) AS threads,
       coalesce(m.recent_mentions, 0) AS recent_mentions, coalesce(m.past_mentions, 0) AS past_mentions,
       m.first_day, m.last_day,
       coalesce(s.supporters, 0) AS supporters, coalesce(s.opposers, 0) AS opposers,
       coalesce(s.said_supporters, 0) AS said_supporters, coalesce(s.said_opposers, 0) AS said_opposers,
       coalesce(s.undecided, 0) AS undecided,
       coalesce(s.end_supporters, 0) AS end_supporters, coalesce(s.end_opposers, 0) AS end_opposers,
       coalesce(s.start_supporters, 0) AS start_supporters, coalesce(s.start_opposers, 0) AS start_opposers,
       coalesce(v.recent_people, 0) AS recent_people, coalesce(v.new_people, 0) AS new_people,
       count(*) FILTER (p.origin::VARCHAR = 'discovered') OVER () AS all_discovered
FROM proposals p
LEFT JOIN mentioned m USING (proposal_id)
LEFT JOIN stood s USING (proposal_id)
LEFT JOIN voices v USING (proposal_id)
QUALIFY p.origin::VARCHAR = 'codebook' OR row_number() OVER (
    PARTITION BY p.origin ORDER BY coalesce(m.people, 0) DESC, coalesce(m.mentions, 0) DESC, p.proposal_id) <= $discovered
-- what nobody takes a side on has no place among the others by net support, and comes after them
ORDER BY coalesce(s.supporters, 0) + coalesce(s.opposers, 0) = 0,
         coalesce(s.supporters, 0) - coalesce(s.opposers, 0) DESC, coalesce(m.people, 0) DESC,
         coalesce(m.mentions, 0) DESC, p.proposal_id;
