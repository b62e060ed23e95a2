-- What `folkmoot status` shows: one row.
SELECT
    (SELECT count(*) FROM sites) AS sites,
    (SELECT count(*) FROM threads) AS threads,
    (SELECT count(*) FROM posts WHERE state <> 'ghost') AS posts,
    (SELECT count(*) FROM posts WHERE state = 'ghost') AS posts_known_only_from_quotes,
    (SELECT count(*) FROM posts WHERE state = 'removed') AS posts_removed,
    (SELECT count(*) FROM authors) AS authors,
    (SELECT count(*) FROM quotes) AS quotes,
    (SELECT count(*) FROM quotes WHERE source_post_id IS NOT NULL) AS quotes_with_source,
    (SELECT count(*) FROM proposal_mentions) AS proposal_mentions,
    (SELECT count(*) FROM stances) AS stances,
    (SELECT count(*) FROM moderation_events) AS moderation_events,
    -- An act that a notice tells and the forum shows is two events: reports count acts.
    (SELECT count(*) FROM moderation_timeline) AS acts_of_moderation,
    (SELECT max(fetched_at) FROM pages) AS last_page_fetched,
    (SELECT max(finished_at) FROM crawl_runs) AS last_crawl,
    (SELECT arg_max(outcome, started_at) FROM crawl_runs) AS last_crawl_outcome,
    (SELECT max(finished_at) FROM analysis_runs) AS last_analysis,
    (
        SELECT count(*) FROM posts
        LEFT JOIN tagged_posts USING (post_id)
        WHERE posts.state <> 'ghost' AND tagged_posts.content_hash IS DISTINCT FROM posts.content_hash
    ) AS posts_waiting_for_analysis,
    (
        SELECT count(*) FROM posts
        JOIN tagged_posts USING (post_id)
        JOIN analysis_runs USING (run_id)
        WHERE posts.state <> 'ghost' AND tagged_posts.content_hash = posts.content_hash
            AND analysis_runs.version <> $version
    ) AS posts_tagged_by_another_version;
