-- Who is for and who against each proposal, by what is known of them: the community and the board in which they last
-- said so within the period, whether they are staff, and how long they had written there by then, as far as the posts
-- held tell. A kind of group that all belong to tells nothing and is left out.
WITH came AS (
    SELECT author_id, min(stamp) AS first_stamp FROM report_posts WHERE author_id IS NOT NULL GROUP BY author_id
),
stood AS (
    SELECT p.proposal_id, p.author_id, p.stance, p.is_said, coalesce(a.name, '') AS name,
           coalesce(nullif(s.title, ''), s.site_id) AS community, b.title AS board,
           CASE WHEN coalesce(a.is_staff, false) THEN 'staff' ELSE 'members' END AS standing,
           CASE WHEN p.stamp < c.first_stamp + to_days($new_days) THEN 'new' WHEN p.stamp IS NOT NULL THEN 'longer' END AS stay
    FROM report_positions p
    JOIN threads t USING (thread_id)
    JOIN sites s ON s.site_id = t.site_id
    LEFT JOIN boards b USING (board_id)
    LEFT JOIN authors a USING (author_id)
    LEFT JOIN came c USING (author_id)
    WHERE p.moment = 'period'
),
grouped AS (
    SELECT proposal_id, kind, value AS name,
           count(*) FILTER (stance = 'support') AS supporters,
           count(*) FILTER (stance = 'oppose') AS opposers,
           count(*) FILTER (stance = 'mixed') AS undecided,
           min_by({'author_id': author_id, 'name': person}, (NOT is_said, person, author_id), $named)
               FILTER (stance = 'support') AS for_it,
           min_by({'author_id': author_id, 'name': person}, (NOT is_said, person, author_id), $named)
               FILTER (stance = 'oppose') AS against_it
    FROM (
        SELECT proposal_id, author_id, stance, is_said, name AS person,
               unnest(['community', 'board', 'standing', 'stay']) AS kind,
               unnest([community, board, standing, stay]) AS value
        FROM stood
    )
    WHERE value IS NOT NULL
    GROUP BY ALL
)
SELECT proposal_id, kind, name, supporters, opposers, undecided, count(*) OVER (PARTITION BY proposal_id, kind) AS total,
       coalesce(for_it, []) AS for_it, coalesce(against_it, []) AS against_it
FROM grouped
QUALIFY count(*) OVER (PARTITION BY proposal_id, kind) > 1
    AND row_number() OVER (PARTITION BY proposal_id, kind ORDER BY supporters + opposers + undecided DESC, name) <= $limit
ORDER BY proposal_id, kind, supporters + opposers + undecided DESC, name;
