-- Ghosts whose source has appeared, or that nobody quotes any more, were never posts.
CREATE OR REPLACE TEMP TABLE laid_ghosts AS
SELECT posts.post_id
FROM posts
JOIN incoming_threads USING (thread_id)
WHERE posts.state = 'ghost' AND incoming_threads.accepted
    AND posts.post_id NOT IN (SELECT post_id FROM incoming);

DELETE FROM posts WHERE post_id IN (FROM laid_ghosts);
DELETE FROM quotes WHERE post_id IN (FROM laid_ghosts);
DELETE FROM replies WHERE post_id IN (FROM laid_ghosts);
DELETE FROM tagged_posts WHERE post_id IN (FROM laid_ghosts);
DELETE FROM proposal_mentions WHERE post_id IN (FROM laid_ghosts);
DELETE FROM stances WHERE post_id IN (FROM laid_ghosts);

-- Pages of this batch, and of earlier ones of the same crawl.
CREATE OR REPLACE TEMP TABLE this_visit AS
SELECT page_id, url, fetched_at, status, run_id FROM pages
WHERE page_id IN (SELECT page_id FROM in_pages) OR run_id IN (SELECT run_id FROM in_pages WHERE run_id IS NOT NULL);

-- A post is gone when the page it was last on was read again without it. At the edge of that page it may have
-- slipped to a neighbouring page: it is gone only when the posts around it were seen, and the one before it not
-- earlier than its own page. A page that shows no post at all (a wall, a notice) says nothing, nor a saved one that
-- shows no post that is held: all pages of a thread may name one address, and this is then another of them.
CREATE OR REPLACE TEMP TABLE reread AS
SELECT old.page_id, min(later.fetched_at) AS read_again_at
FROM pages AS old
SEMI JOIN (SELECT page_id FROM posts SEMI JOIN incoming_threads USING (thread_id)) AS shown USING (page_id)
JOIN this_visit AS new ON new.url = old.url AND new.fetched_at > old.fetched_at
JOIN pages AS later ON later.url = old.url AND later.fetched_at > old.fetched_at
WHERE new.page_id IN (SELECT page_id FROM incoming WHERE new.run_id IS NOT NULL OR NOT is_new)
    OR (new.page_id NOT IN (SELECT page_id FROM in_pages) AND new.page_id IN (SELECT page_id FROM posts))
GROUP BY ALL;

-- Where all pages that a thread has now were read, what stood on pages that it has no more is gone with them.
CREATE OR REPLACE TEMP TABLE missing AS
WITH read_whole AS (
    SELECT in_whole.site_id || ':' || in_whole.id AS thread_id, in_whole.from_at, max(in_pages.fetched_at) AS to_at
    FROM in_whole
    JOIN in_posts ON in_posts.thread = in_whole.id
    JOIN in_pages USING (page_id)
    GROUP BY ALL
)
SELECT posts.post_id, posts.thread_id, read_whole.to_at AS removed_at
FROM read_whole
JOIN posts USING (thread_id)
JOIN pages USING (page_id)
WHERE posts.state IN ('visible', 'hidden') AND pages.fetched_at < read_whole.from_at
    AND posts.page_id NOT IN (SELECT page_id FROM reread);

INSERT INTO missing
WITH doubtful AS (
    SELECT DISTINCT posts.thread_id
    FROM posts
    SEMI JOIN incoming_threads USING (thread_id)
    SEMI JOIN reread USING (page_id)
    WHERE posts.state IN ('visible', 'hidden')
),
standing AS (
    SELECT
        posts.post_id, posts.thread_id, posts.position, posts.posted_at,
        reread.read_again_at, pages.fetched_at AS page_at,
        -- In this batch, or in an earlier one of the same crawl.
        reread.page_id IS NULL AND (
            posts.page_id IN (SELECT page_id FROM in_pages)
            OR coalesce(pages.run_id IN (SELECT run_id FROM in_pages WHERE run_id IS NOT NULL), false)
        ) AS was_seen
    FROM posts
    SEMI JOIN doubtful USING (thread_id)
    LEFT JOIN pages USING (page_id)
    LEFT JOIN reread USING (page_id)
    WHERE posts.state IN ('visible', 'hidden') AND posts.page_id IS NOT NULL
        AND posts.post_id NOT IN (SELECT post_id FROM missing)
),
around AS (
    SELECT
        *,
        last_value(CASE WHEN read_again_at IS NULL THEN was_seen END IGNORE NULLS) OVER before AS seen_before,
        last_value(CASE WHEN read_again_at IS NULL THEN page_at END IGNORE NULLS) OVER before AS before_at,
        first_value(CASE WHEN read_again_at IS NULL THEN was_seen END IGNORE NULLS) OVER after AS seen_after
    FROM standing
    WINDOW
        before AS (
            PARTITION BY thread_id ORDER BY position NULLS LAST, was_seen, posted_at, post_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
        after AS (
            PARTITION BY thread_id ORDER BY position NULLS LAST, was_seen, posted_at, post_id
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
)
SELECT post_id, thread_id, read_again_at AS removed_at
FROM around
WHERE read_again_at IS NOT NULL AND coalesce(seen_before, true) AND coalesce(seen_after, true)
    AND coalesce(before_at >= read_again_at, true);

CREATE TEMP TABLE IF NOT EXISTS listed (run_id VARCHAR, thread_id VARCHAR);
INSERT INTO listed
SELECT DISTINCT runs.run_id, in_rows.site_id || ':' || in_rows.id
FROM in_rows, (SELECT DISTINCT run_id FROM in_pages) AS runs
WHERE runs.run_id IS NOT NULL;

-- By a board: in this batch, or in an earlier one of the same crawl.
CREATE OR REPLACE TEMP TABLE listed_now AS
SELECT site_id || ':' || id AS thread_id FROM in_rows
UNION
SELECT thread_id FROM listed WHERE run_id IN (SELECT run_id FROM in_pages);

-- Whether this visit has come to the forum that is held: it showed a thread or a board of it. Where it did not, the
-- forum has moved away, or its server has lost its way, and what is denied there was not taken out.
CREATE OR REPLACE TEMP MACRO has_come_home() AS
    EXISTS (FROM known_boards)
    OR EXISTS (FROM incoming_threads WHERE NOT is_new)
    OR EXISTS (FROM listed_now JOIN threads USING (thread_id))
    OR EXISTS (
        FROM threads, (SELECT min(fetched_at) AS began_at FROM this_visit)
        WHERE threads.site_id IN (SELECT site_id FROM in_site)
            AND threads.first_seen_at < began_at AND threads.last_seen_at >= began_at
    );

-- A board that is gone with its threads may be closed to guests: many forums say of such a place that it is not there.
CREATE OR REPLACE TEMP TABLE closed_boards AS
SELECT boards.board_id
FROM this_visit
JOIN boards ON boards.url = this_visit.url
WHERE this_visit.status IN (404, 410) OR this_visit.page_id IN (SELECT page_id FROM in_gone);

-- A thread is gone when the page it began on says so, or the one where it would begin now: a new title or another
-- host make a new address.
CREATE OR REPLACE TEMP TABLE missing_threads AS
WITH denied AS (
    SELECT posts.thread_id, new.fetched_at
    FROM in_gone
    JOIN in_pages AS new USING (page_id)
    JOIN pages AS old ON old.url = new.url AND old.fetched_at < new.fetched_at
    JOIN posts ON posts.page_id = old.page_id
    WHERE posts.position = (
        SELECT min(position) FROM posts AS other WHERE other.thread_id = posts.thread_id AND other.state <> 'ghost')
    UNION
    SELECT site_id || ':' || begins_thread, fetched_at FROM in_gone JOIN in_pages USING (page_id)
)
SELECT threads.thread_id, min(denied.fetched_at) AS removed_at
FROM denied
JOIN threads USING (thread_id)
WHERE threads.state NOT IN ('removed', 'moved') AND threads.last_seen_at < denied.fetched_at
    -- A board that still lists it knows better than a server that has lost its way.
    AND threads.thread_id NOT IN (SELECT thread_id FROM listed_now)
    AND has_come_home()
    AND coalesce(threads.board_id, '') NOT IN (FROM closed_boards)
GROUP BY ALL;

-- Where all threads of a board stand on one page, as on a wiki's talk page, one that is not there any more is gone,
-- unless it was seen elsewhere: in the archive of that page.
INSERT INTO missing_threads
SELECT threads.thread_id, min(new.fetched_at) AS removed_at
FROM in_boards_whole
JOIN in_pages AS new USING (page_id)
JOIN pages AS old ON old.url = new.url AND old.fetched_at < new.fetched_at
JOIN posts ON posts.page_id = old.page_id
JOIN threads ON threads.thread_id = posts.thread_id
WHERE threads.state NOT IN ('removed', 'moved') AND threads.last_seen_at < new.fetched_at
    AND threads.thread_id NOT IN (SELECT thread_id FROM incoming_threads)
GROUP BY ALL;

INSERT INTO noticed
SELECT thread_id, post_id, 'post_removed', NULL, removed_at, '', 0.7 FROM missing
UNION ALL
SELECT thread_id, NULL, 'thread_removed', NULL, removed_at, '', 0.9 FROM missing_threads;

INSERT INTO missing
SELECT posts.post_id, posts.thread_id, missing_threads.removed_at
FROM posts
JOIN missing_threads USING (thread_id)
WHERE posts.state IN ('visible', 'hidden') AND posts.post_id NOT IN (SELECT post_id FROM missing);

UPDATE posts SET state = 'removed', removed_at = missing.removed_at
FROM missing WHERE posts.post_id = missing.post_id;
UPDATE threads SET state = 'removed' WHERE thread_id IN (SELECT thread_id FROM missing_threads);
