SELECT
    (SELECT count(*) FROM incoming_threads WHERE is_new) AS threads_new,
    (
        SELECT count(DISTINCT threads.thread_id)
        FROM threads
        LEFT JOIN incoming_threads USING (thread_id)
        WHERE NOT coalesce(incoming_threads.is_new, false) AND (
            threads.thread_id IN (SELECT thread_id FROM noticed)
            OR threads.thread_id IN (SELECT thread_id FROM missing)
            OR threads.thread_id IN (SELECT thread_id FROM restated WHERE seen_at > old_seen_at)
            OR threads.thread_id IN (SELECT thread_id FROM incoming WHERE accepted AND (is_new OR differs))
        )
    ) AS threads_changed,
    (SELECT count(*) FROM incoming WHERE is_new AND state <> 'ghost') AS posts_new,
    (SELECT count(*) FROM incoming WHERE accepted AND differs) AS posts_changed,
    (SELECT count(*) FROM missing) - (SELECT count(*) FROM mistaken) AS posts_removed;
