-- Mentions of every proposal, week by week (weeks start on Monday, UTC).
SELECT proposal_id, week, count(*) AS mentions, count(DISTINCT author_id) AS people
FROM report_mentions
WHERE week IS NOT NULL
GROUP BY proposal_id, week
ORDER BY proposal_id, week;
