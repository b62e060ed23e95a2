-- What is new since the crawl before the last?
-- Posts that the last crawl of their site was the first to see, thread by thread; where no crawl is known (saved
-- files), those of the last day on which a page was read.
WITH latest AS (
    SELECT
        sites.site_id,
        coalesce(
            max(crawl_runs.started_at),
            timezone('UTC', date_trunc('day', timezone('UTC', max(sites.last_crawled_at))))
        ) AS since
    FROM sites
    LEFT JOIN crawl_runs USING (site_id)
    GROUP BY ALL
)
SELECT threads.title AS thread, count(*) AS new_posts, min(posts.posted_at) AS earliest, max(posts.posted_at) AS latest
FROM posts
JOIN threads USING (thread_id)
JOIN latest USING (site_id)
WHERE posts.first_seen_at >= latest.since AND posts.state <> 'ghost'
GROUP BY threads.thread_id, threads.title
ORDER BY new_posts DESC, thread, earliest, latest;
