CREATE OR REPLACE VIEW moderation_timeline AS
WITH shown AS (
    -- What was seen on the post that it was done to.
    SELECT thread_id, kind, post_id, coalesce(occurred_at, detected_at) AS shown_at
    FROM moderation_events
    WHERE method <> 'notice' AND starts_with(kind::VARCHAR, 'post_') AND post_id IS NOT NULL
),
meant AS (
    -- "I have edited a post above" tells of the post of its thread to which that was done about then.
    SELECT told.event_id, arg_min(shown.post_id, (abs(epoch(told.occurred_at - shown.shown_at)), shown.post_id)) AS post_id
    FROM moderation_events AS told
    JOIN shown USING (thread_id, kind)
    WHERE told.method = 'notice' AND abs(epoch(told.occurred_at - shown.shown_at)) <= epoch(INTERVAL 7 DAY)
    GROUP BY told.event_id
),
named AS (
    SELECT
        events.*,
        -- What happens to a thread is one thing, whoever tells of it; what happens to posts is told apart by post.
        CASE
            WHEN starts_with(kind::VARCHAR, 'thread_') THEN thread_id
            ELSE coalesce(meant.post_id, events.post_id, event_id)
        END AS subject
    FROM moderation_events AS events
    LEFT JOIN meant USING (event_id)
),
dated AS (
    SELECT
        *,
        -- A mark without a time, that a thread is locked, stands for the last act with one that was read beside it.
        coalesce(occurred_at, max(occurred_at) OVER read_together, detected_at) AS happened_at
    FROM named
    WINDOW read_together AS (
        PARTITION BY subject, kind ORDER BY detected_at
        RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND INTERVAL 7 DAYS FOLLOWING
    )
),
stepped AS (
    SELECT
        *,
        coalesce(happened_at - lag(happened_at) OVER of_one_thing > INTERVAL 7 DAY, false) AS starts_anew
    FROM dated
    WINDOW of_one_thing AS (PARTITION BY subject, kind ORDER BY happened_at, event_id)
),
told AS (
    SELECT
        *,
        count(*) FILTER (starts_anew) OVER (PARTITION BY subject, kind ORDER BY happened_at, event_id) AS telling
    FROM stepped
),
best AS (
    -- The platform knows the time best, a notice the reason, a comparison of crawls only the bounds.
    SELECT
        kind,
        any_value(thread_id) AS thread_id,
        -- What was done to a post is shown there, what was done to a thread where it was announced.
        arg_min(post_id, (post_id IS DISTINCT FROM subject, method = 'recrawl', method, event_id)) AS post_id,
        min(occurred_at) AS occurred_at,
        min(detected_at) AS detected_at,
        min(happened_at) AS happened_at,
        arg_min(actor_author_id, (method <> 'platform', method, event_id)) AS actor_author_id,
        arg_max(excerpt, (excerpt <> '', method = 'notice', confidence, event_id)) AS excerpt,
        max(confidence) AS confidence,
        list_sort(list_distinct(list(method::VARCHAR))) AS methods,
        list_sort(list(event_id)) AS event_ids
    FROM told
    GROUP BY subject, kind, telling
)
SELECT
    best.happened_at,
    best.kind,
    threads.title AS thread,
    actors.name AS actor,
    writers.name AS post_author,
    best.excerpt,
    posts.url AS post_url,
    best.confidence,
    best.methods,
    best.occurred_at,
    best.detected_at,
    best.thread_id,
    best.post_id,
    best.actor_author_id,
    best.event_ids,
    best.methods = ['recrawl'] AND best.kind IN ('post_removed', 'post_hidden', 'thread_removed', 'thread_retitled')
        AS maybe_by_author
FROM best
LEFT JOIN threads USING (thread_id)
LEFT JOIN posts USING (post_id)
LEFT JOIN authors AS actors ON actors.author_id = best.actor_author_id
LEFT JOIN authors AS writers ON writers.author_id = posts.author_id
ORDER BY best.happened_at, best.event_ids;
COMMENT ON VIEW moderation_timeline IS 'What was moderated, in order of time. A lock or an edit that a notice announces and the platform shows is one line with both methods; tellings more than a week apart are two.';
COMMENT ON COLUMN moderation_timeline.happened_at IS 'When it happened; where nothing tells, when it was noticed.';
COMMENT ON COLUMN moderation_timeline.kind IS 'What was done.';
COMMENT ON COLUMN moderation_timeline.thread IS 'Title of the thread.';
COMMENT ON COLUMN moderation_timeline.actor IS 'Who did it; null if unknown.';
COMMENT ON COLUMN moderation_timeline.post_author IS 'Who wrote post_id: the moderated post, or the notice.';
COMMENT ON COLUMN moderation_timeline.excerpt IS 'The words that show it.';
COMMENT ON COLUMN moderation_timeline.post_url IS 'Link to post_id.';
COMMENT ON COLUMN moderation_timeline.confidence IS 'How sure it is.';
COMMENT ON COLUMN moderation_timeline.methods IS 'How it is known: any of notice, platform, recrawl, redaction.';
COMMENT ON COLUMN moderation_timeline.occurred_at IS 'When it happened, as the pages tell; null if they do not.';
COMMENT ON COLUMN moderation_timeline.detected_at IS 'When a fetched page first showed it.';
COMMENT ON COLUMN moderation_timeline.thread_id IS 'The thread.';
COMMENT ON COLUMN moderation_timeline.post_id IS 'The post moderated, or the notice.';
COMMENT ON COLUMN moderation_timeline.actor_author_id IS 'Who did it (authors).';
COMMENT ON COLUMN moderation_timeline.event_ids IS 'The rows of moderation_events behind the line.';
COMMENT ON COLUMN moderation_timeline.maybe_by_author IS 'Nothing but a comparison of two crawls shows it, and authors can do as much to what is theirs: take a post or a thread back, give it another title.';
