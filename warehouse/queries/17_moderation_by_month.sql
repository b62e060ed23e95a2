-- What do moderators do, month by month?
-- Lines of the moderation timeline by kind.
SELECT date_trunc('month', happened_at)::DATE AS month, kind, count(*) AS times
FROM moderation_timeline
WHERE happened_at IS NOT NULL
GROUP BY ALL
ORDER BY month, times DESC, kind;
