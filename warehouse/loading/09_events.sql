-- What a board listing says of threads whose pages were not read. Only what a listing shows reliably: many
-- themes draw no lock there, so that its absence means nothing.
INSERT INTO noticed
SELECT threads.thread_id, NULL, 'thread_locked', NULL, (SELECT max(fetched_at) FROM in_pages), '', 0.9
FROM threads
JOIN in_rows ON threads.thread_id = in_rows.site_id || ':' || in_rows.id
ANTI JOIN incoming_threads ON incoming_threads.thread_id = threads.thread_id
WHERE in_rows.is_locked AND NOT threads.is_locked
    AND threads.last_seen_at <= (SELECT max(fetched_at) FROM in_pages);

UPDATE threads SET
    is_locked = threads.is_locked OR listed.is_locked,
    stated_reply_count = coalesce(listed.reply_count, threads.stated_reply_count)
FROM (
    SELECT site_id || ':' || id AS thread_id, bool_or(is_locked) AS is_locked, max(reply_count) AS reply_count
    FROM in_rows
    WHERE NOT is_moved AND site_id || ':' || id NOT IN (SELECT thread_id FROM incoming_threads)
    GROUP BY ALL
) AS listed
WHERE threads.thread_id = listed.thread_id
    AND threads.last_seen_at <= (SELECT max(fetched_at) FROM in_pages);

INSERT INTO moderation_events (
    event_id, thread_id, post_id, kind, actor_author_id, occurred_at, detected_at, method, excerpt, confidence)
SELECT
    told.event_id, told.thread_id, told.post_id, told.kind, coalesce(met.to_id, told.actor), told.occurred_at,
    incoming_threads.last_at, 'platform', told.excerpt, told.confidence
FROM (
    SELECT
        * EXCLUDE (event_id, thread, post, actor),
        site_id || ':' || event_id AS event_id,
        site_id || ':' || thread AS thread_id,
        site_id || ':' || post AS post_id,
        site_id || ':' || actor AS actor
    FROM in_events
) AS told
LEFT JOIN incoming_threads USING (thread_id)
LEFT JOIN met ON met.from_id = told.actor
WHERE told.event_id NOT IN (SELECT event_id FROM moderation_events);

INSERT INTO moderation_events (
    event_id, thread_id, post_id, kind, occurred_at, detected_at, method, excerpt, confidence)
SELECT DISTINCT ON (event_id)
    md5(concat_ws(chr(31), 'recrawl', thread_id, coalesce(post_id, ''), kind, epoch_us(detected_at))) AS event_id,
    thread_id, post_id, kind, occurred_at, detected_at, 'recrawl', excerpt, confidence
FROM noticed
WHERE event_id NOT IN (SELECT event_id FROM moderation_events);
