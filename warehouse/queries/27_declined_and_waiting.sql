-- Which much-wanted ideas were declined, and which wait longest for an answer?
-- The ten most voted of those declined, then the ten that have waited longest, as far as they were read; what a status
-- says is told by its word (`outcome`), since when by the first crawl that saw it. `waited_days` of the view counts.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY outcome
            ORDER BY CASE WHEN outcome = 'declined' THEN votes ELSE waited_days END DESC NULLS LAST, thread_id
        ) AS place
    FROM idea_outcomes
    WHERE outcome IN ('declined', 'waiting')
)
SELECT outcome, title AS idea, asked_at, votes, replies, supporters, opposers, status, status_since, previous_status
FROM ranked
WHERE place <= 10
ORDER BY outcome, place;
