-- Where people stood at the end of each week: every stance moves its author from their last side to this one.
WITH moves AS (
    SELECT proposal_id, week, stance,
           lag(stance) OVER (PARTITION BY proposal_id, author_id ORDER BY stamp, confidence, post_id) AS earlier
    FROM report_stances
    WHERE stamp IS NOT NULL AND author_id IS NOT NULL
), weekly AS (
    SELECT proposal_id, week,
           sum((stance = 'support')::INTEGER - coalesce(earlier = 'support', false)::INTEGER) AS supporters,
           sum((stance = 'oppose')::INTEGER - coalesce(earlier = 'oppose', false)::INTEGER) AS opposers
    FROM moves GROUP BY proposal_id, week
)
SELECT proposal_id, week,
       (sum(supporters) OVER (PARTITION BY proposal_id ORDER BY week))::BIGINT AS supporters,
       (sum(opposers) OVER (PARTITION BY proposal_id ORDER BY week))::BIGINT AS opposers
FROM weekly
ORDER BY proposal_id, week;
