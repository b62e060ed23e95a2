-- Sites whose last crawl brought nothing, and when one last did: what is new there is not in the warehouse.
WITH runs AS (
    SELECT
        site_id, started_at,
        pages_fetched + pages_unchanged > 0 OR outcome IN ('finished', 'limit', 'interrupted') AS brought
    FROM crawl_runs
    WHERE outcome IS DISTINCT FROM 'died'
)
SELECT site_id AS site, max(started_at) FILTER (brought) AS read_at
FROM runs
GROUP BY site_id
HAVING NOT arg_max(brought, started_at)
ORDER BY site_id;
