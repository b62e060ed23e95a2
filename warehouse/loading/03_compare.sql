-- When the crawl began of which these pages are: a large one is loaded in several batches. Null of saved pages.
CREATE OR REPLACE TEMP TABLE visit AS
SELECT min(fetched_at) AS began_at FROM pages WHERE run_id IN (SELECT run_id FROM in_pages);

-- What an earlier batch of the same crawl took for removed, and this one shows: it stands on another page or in
-- another thread, or a board lists its thread, and nobody has removed it.
CREATE OR REPLACE TEMP TABLE mistaken_threads AS
SELECT thread_id, detected_at
FROM moderation_events
WHERE method = 'recrawl' AND kind = 'thread_removed' AND detected_at >= (SELECT began_at FROM visit)
    AND thread_id IN (SELECT site_id || ':' || id FROM in_rows);

CREATE OR REPLACE TEMP TABLE mistaken AS
SELECT post_id FROM posts JOIN mistaken_threads USING (thread_id) WHERE removed_at = detected_at
UNION
SELECT posts.post_id
FROM in_posts
JOIN in_pages USING (page_id)
JOIN posts ON posts.post_id = in_posts.site_id || ':' || in_posts.id
WHERE posts.state = 'removed' AND in_posts.state <> 'removed'
    AND posts.removed_at >= (SELECT began_at FROM visit) AND posts.removed_at < in_pages.fetched_at;

UPDATE threads SET state = 'visible' FROM mistaken_threads WHERE threads.thread_id = mistaken_threads.thread_id;
UPDATE posts SET state = 'visible', removed_at = NULL FROM mistaken WHERE posts.post_id = mistaken.post_id;
DELETE FROM moderation_events
WHERE method = 'recrawl' AND detected_at >= (SELECT began_at FROM visit) AND (
    (kind = 'post_removed' AND post_id IN (FROM mistaken))
    OR (kind = 'thread_removed' AND thread_id IN (SELECT thread_id FROM mistaken_threads)));

-- A time that was told as "three hours ago" lies whole minutes before the visit, and elsewhere at each: the one that
-- was read first is the closest.
CREATE OR REPLACE TEMP MACRO is_counted_back(moment, visit) AS (epoch_us(visit) - epoch_us(moment)) % 60000000 = 0;

-- Every incoming post beside what is held of it. `accepted`: this is at least as new as what is held, so that
-- an old archive loaded again takes nothing back. Of two pages of one second that differ, the one read last is
-- held; the other one read again takes nothing back either.
CREATE OR REPLACE TEMP TABLE incoming AS
WITH thread_seen AS (
    SELECT in_posts.thread, max(pages.fetched_at) AS last_at
    FROM in_posts
    JOIN pages USING (page_id)
    GROUP BY ALL
),
told AS (
    SELECT
        in_posts.* EXCLUDE (id),
        in_posts.site_id || ':' || in_posts.id AS post_id,
        -- A ghost stands on no page: it was seen when its thread was.
        coalesce(pages.fetched_at, thread_seen.last_at, (SELECT max(fetched_at) FROM in_pages)) AS seen_at
    FROM in_posts
    LEFT JOIN pages USING (page_id)
    LEFT JOIN thread_seen USING (thread)
),
dated AS (
    SELECT told.* REPLACE (
        CASE
            WHEN is_counted_back(told.posted_at, told.seen_at) THEN coalesce(posts.posted_at, told.posted_at)
            ELSE told.posted_at
        END AS posted_at,
        CASE
            WHEN is_counted_back(told.edited_at, told.seen_at) AND told.full_text = posts.full_text
                THEN coalesce(posts.edited_at, told.edited_at)
            ELSE told.edited_at
        END AS edited_at
    )
    FROM told
    LEFT JOIN (
        -- of few posts: texts are long, and a warehouse holds many
        SELECT post_id, posted_at, edited_at, full_text
        FROM posts
        WHERE post_id IN (
            SELECT post_id
            FROM told
            WHERE is_counted_back(posted_at, seen_at) OR is_counted_back(edited_at, seen_at)
        )
    ) AS posts USING (post_id)
),
seen AS (
    SELECT
        dated.* EXCLUDE (thread, author),
        dated.site_id || ':' || dated.thread AS thread_id,
        dated.site_id || ':' || dated.author AS author_id,
        content_of(
            text, full_text, posted_at, edited_at, edited_by, edited_by_staff, edit_reason, reply_to,
            reply_to_name, aliases
        ) AS content_hash
    FROM dated
),
held AS (
    SELECT post_id, thread_id, page_id, state, content_hash, last_seen_at, removed_at FROM posts
)
SELECT
    seen.* REPLACE (seen.state::post_state AS state, coalesce(met.to_id, seen.author_id) AS author_id),
    held.post_id IS NULL AS is_new,
    held.post_id IS NULL OR seen.seen_at IS NULL OR (
        (
            seen.seen_at > coalesce(held.last_seen_at, '-infinity')
            OR (
                seen.seen_at = held.last_seen_at
                AND (seen.page_id IS NOT DISTINCT FROM held.page_id OR seen.page_id IN (FROM new_pages))
            )
        )
        AND (held.removed_at IS NULL OR seen.state = 'removed' OR seen.seen_at > held.removed_at)
    ) AS accepted,
    -- What is hidden is compared by its state alone: the placeholder's words are not the author's.
    held.post_id IS NOT NULL AND (
        seen.state <> held.state::VARCHAR
        OR (seen.state IN ('visible', 'ghost') AND seen.content_hash <> held.content_hash)
    ) AS differs,
    held.state AS held_state,
    held.thread_id AS held_thread_id
FROM seen
LEFT JOIN held ON held.post_id = seen.post_id
LEFT JOIN met ON met.from_id = seen.author_id;

-- A placeholder hides the words from the forum's readers, not from history.
UPDATE incoming SET text = posts.text, full_text = posts.full_text
FROM posts
WHERE posts.post_id = incoming.post_id AND incoming.state IN ('hidden', 'removed') AND incoming.text = '';

CREATE OR REPLACE TEMP TABLE incoming_threads AS
WITH seen AS (
    SELECT
        thread_id, min(seen_at) AS first_at, max(seen_at) AS last_at,
        -- on the pages that are loaded now: what they do not show is held from before
        min(seen_at) FILTER (page_id IN (SELECT page_id FROM in_pages)) AS shown_from,
        max(seen_at) FILTER (page_id IN (SELECT page_id FROM in_pages)) AS shown_until
    FROM incoming
    GROUP BY ALL
)
SELECT
    in_threads.* EXCLUDE (id, board) REPLACE (in_threads.state::thread_state AS state),
    in_threads.site_id || ':' || in_threads.id AS thread_id,
    in_threads.site_id || ':' || in_threads.board AS board_id,
    coalesce(seen.first_at, (SELECT max(fetched_at) FROM in_pages)) AS first_at,
    coalesce(seen.last_at, (SELECT max(fetched_at) FROM in_pages)) AS last_at,
    coalesce(seen.shown_from, last_at) AS shown_from,
    coalesce(seen.shown_until, last_at) AS shown_until,
    threads.thread_id IS NULL AS is_new,
    threads.thread_id IS NULL OR last_at IS NULL OR last_at >= coalesce(threads.last_seen_at, last_at) AS accepted
FROM in_threads
LEFT JOIN seen ON seen.thread_id = in_threads.site_id || ':' || in_threads.id
LEFT JOIN threads ON threads.thread_id = in_threads.site_id || ':' || in_threads.id
QUALIFY row_number() OVER (PARTITION BY in_threads.id ORDER BY last_at DESC) = 1;
