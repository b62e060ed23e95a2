-- Threads with a post that is new, changed, or tagged by another version or codebook; in the order of their ids.
SELECT posts.thread_id, count(*) AS posts
FROM posts
WHERE posts.thread_id IN (
    SELECT stale.thread_id
    FROM posts AS stale
    LEFT JOIN tagged_posts USING (post_id)
    LEFT JOIN analysis_runs USING (run_id)
    WHERE (tagged_posts.content_hash, analysis_runs.version, analysis_runs.codebook_sha256)
        IS DISTINCT FROM (stale.content_hash, $version, $codebook_sha256)
)
GROUP BY ALL
ORDER BY posts.thread_id;
