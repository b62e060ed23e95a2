-- What do moderators do, month by month?
-- Lines of the moderation timeline by kind. What the first crawl found done, at a time that nobody tells (a lock, as
-- a rule), stands last and has no month.
SELECT
    CASE
        WHEN occurred_at IS NOT NULL OR list_contains(methods, 'recrawl')
            THEN date_trunc('month', timezone('UTC', happened_at))::DATE
    END AS month,
    kind,
    count(*) AS times
FROM moderation_timeline
GROUP BY ALL
ORDER BY month, times DESC, kind;
