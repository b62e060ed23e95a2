-- The words that most ideas have, in the order in which an idea goes.
WITH counted AS (
    SELECT status, outcome, count(*) AS ideas
    FROM report_ideas GROUP BY ALL
    ORDER BY ideas DESC, status, outcome
    LIMIT $limit
)
FROM counted
ORDER BY list_position(['waiting', 'considered', 'planned', 'done', 'declined', 'closed', 'other'], outcome),
         ideas DESC, status;
