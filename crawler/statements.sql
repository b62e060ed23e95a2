-- What the frontier asks and tells. Each statement stands under its name; :site is the site_id.

-- name: site
SELECT site_id, platform, has_index, cycle, is_open, opened_at FROM site WHERE site_id = :site

-- name: add_site
INSERT INTO site (site_id) VALUES (:site) ON CONFLICT DO NOTHING

-- name: learn_platform
UPDATE site SET platform = :platform WHERE site_id = :site AND platform IS NOT :platform

-- name: learn_index
UPDATE site SET has_index = 1 WHERE site_id = :site

-- name: open_cycle
UPDATE site SET cycle = cycle + 1, is_open = 1, opened_at = :now WHERE site_id = :site

-- name: close_cycle
UPDATE site SET is_open = 0 WHERE site_id = :site

-- name: forget_seen
DELETE FROM seen WHERE site_id = :site

-- name: add_run
INSERT INTO run (run_id, site_id, started_at) VALUES (:run, :site, :now)

-- name: end_run
UPDATE run SET summary = :summary WHERE run_id = :run

-- name: runs
SELECT run_id, site_id, started_at, summary FROM run ORDER BY started_at

-- name: platforms
SELECT site_id, platform FROM site WHERE platform IS NOT NULL

-- name: enqueue
INSERT INTO queue (site_id, url, priority, reason, thread_id, is_whole)
SELECT :site, :url, :priority, :reason, :thread, :whole
WHERE NOT EXISTS (SELECT 1 FROM seen WHERE site_id = :site AND url = :url)
ON CONFLICT (site_id, url) DO UPDATE SET is_whole = max(is_whole, excluded.is_whole)

-- name: take
SELECT url, reason, thread_id, is_whole, priority FROM queue
WHERE site_id = :site ORDER BY priority, ordinal LIMIT :limit

-- name: queued
SELECT count(*) FROM queue WHERE site_id = :site

-- name: queued_task
SELECT url, reason, thread_id, is_whole, priority FROM queue WHERE site_id = :site AND url = :url

-- name: plan
SELECT url, reason, thread_id, is_whole, priority FROM queue WHERE site_id = :site ORDER BY priority, ordinal

-- name: dequeue
DELETE FROM queue WHERE site_id = :site AND url = :url

-- name: mark_seen
INSERT INTO seen (site_id, url) VALUES (:site, :url) ON CONFLICT DO NOTHING

-- name: unsee
DELETE FROM seen WHERE site_id = :site AND url = :url

-- name: page
SELECT * FROM page WHERE site_id = :site AND url = :url

-- name: put_page
INSERT OR REPLACE INTO page (site_id, url, kind, thread_id, board_id, page_number, post_ids, digest, etag,
    last_modified, fetched_at, cycle, file, offset, length)
VALUES (:site, :url, :kind, :thread, :board, :number, :posts, :digest, :etag, :modified, :now, :cycle, :file,
    :offset, :length)

-- name: touch_page
UPDATE page SET cycle = :cycle, fetched_at = :now WHERE site_id = :site AND url = :url

-- name: drop_page
DELETE FROM page WHERE site_id = :site AND url = :url

-- name: twin
SELECT url FROM page
WHERE site_id = :site AND kind = :kind AND thread_id IS :thread AND board_id IS :board
  AND cycle = :cycle AND post_ids = :posts AND url <> :url LIMIT 1

-- name: drop_reflowed
DELETE FROM page WHERE site_id = :site AND kind = 'thread' AND cycle < :cycle AND thread_id IN
    (SELECT thread_id FROM thread WHERE site_id = :site AND whole_cycle = :cycle)

-- name: held_elsewhere
SELECT count(*) FROM page WHERE site_id = :site AND cycle < :cycle AND kind <> 'news'

-- name: thread
SELECT * FROM thread WHERE site_id = :site AND thread_id = :thread

-- name: thread_at
SELECT thread_id FROM thread WHERE site_id = :site AND url = :url LIMIT 1

-- name: add_thread
INSERT INTO thread (site_id, thread_id, url, board_id) VALUES (:site, :thread, :url, :board)
ON CONFLICT DO NOTHING

-- name: list_thread
UPDATE thread SET url = :url, board_id = coalesce(:board, board_id), title = :title, reply_count = :replies,
    last_post_at = :last_at, last_post_id = :last_id, is_locked = :locked, is_sticky = :sticky,
    listed_at = :now, fetched_at = iif(state = 'gone', NULL, fetched_at), state = iif(state = 'gone', 'visible', state)
WHERE site_id = :site AND thread_id = :thread

-- name: unshown
SELECT * FROM thread
WHERE site_id = :site AND board_id = :board AND state = 'visible' AND NOT is_sticky AND fetched_at IS NOT NULL
    AND listed_at < :opened AND coalesce(last_post_at, 0) > :after AND coalesce(last_post_at, 0) < :before
    AND coalesce(due_at, 0) <= :now

-- name: hold_thread
UPDATE thread SET fetched_at = :now, board_id = coalesce(board_id, :board), held_title = title,
    held_reply_count = reply_count, held_last_post_at = last_post_at, held_last_post_id = last_post_id,
    held_is_locked = is_locked, whole_at = iif(:whole, :now, whole_at),
    whole_cycle = iif(:whole, :cycle, whole_cycle), state = 'visible'
WHERE site_id = :site AND thread_id = :thread

-- name: learn_interval
UPDATE thread SET looks = looks + 1, changes = changes + :changed, interval = :interval,
    due_at = :now + :interval
WHERE site_id = :site AND thread_id = :thread

-- name: end_thread
UPDATE thread SET state = :state, state_at = :now, due_at = NULL WHERE site_id = :site AND thread_id = :thread

-- name: take_over
UPDATE thread SET (board_id, title, reply_count, last_post_at, last_post_id, is_locked, is_sticky, listed_at) = (
    SELECT coalesce(other.board_id, thread.board_id), other.title, other.reply_count, other.last_post_at,
        other.last_post_id, other.is_locked, other.is_sticky, other.listed_at
    FROM thread AS other WHERE other.site_id = :site AND other.thread_id = :other
)
WHERE site_id = :site AND thread_id = :thread

-- name: last_page
SELECT url, page_number FROM page WHERE site_id = :site AND thread_id = :thread AND kind = 'thread'
ORDER BY page_number DESC NULLS LAST, fetched_at DESC LIMIT 1  -- where none has a number: as they followed

-- name: page_before
SELECT url, post_ids FROM page WHERE site_id = :site AND thread_id = :thread AND kind = 'thread'
    AND page_number = :number - 1 AND cycle = :cycle LIMIT 1

-- name: board_pages
SELECT url, board_id, cycle FROM page WHERE site_id = :site AND kind = 'board' AND page_number = 1 ORDER BY url

-- name: add_source
INSERT INTO source (site_id, url, part_of) VALUES (:site, :url, :part_of) ON CONFLICT DO NOTHING

-- name: all_sources
SELECT url FROM source WHERE site_id = :site AND part_of IS NULL

-- name: due_sources
SELECT url FROM source
WHERE site_id = :site AND part_of IS NULL AND (is_trusted IS NOT 0 OR judged_at < :again) ORDER BY url

-- name: best_source
SELECT url FROM source WHERE site_id = :site AND is_trusted = 1
ORDER BY since DESC LIMIT 1  -- a feed before a sitemap, which may be a list of many

-- name: trusted_sources
SELECT count(*) FROM source WHERE site_id = :site AND is_trusted = 1

-- name: source
SELECT * FROM source WHERE site_id = :site AND url = :url

-- name: read_source
UPDATE source SET since = :since, cycle = :cycle WHERE site_id = :site AND url = :url

-- name: touch_source
UPDATE source SET cycle = :cycle WHERE site_id = :site AND url = :url

-- name: read_part
UPDATE source SET changed_at = :changed_at WHERE site_id = :site AND url = :url

-- name: distrust
UPDATE source SET is_trusted = 0, judged_at = :now WHERE site_id = :site AND url = :url

-- name: tell
INSERT INTO told (site_id, source, thread_id, at, noted_at) VALUES (:site, :source, :thread, :at, :now)
ON CONFLICT DO UPDATE SET at = excluded.at, noted_at = iif(at = excluded.at, noted_at, excluded.noted_at)

-- name: told
SELECT at FROM told WHERE site_id = :site AND thread_id = :thread AND source = :source

-- name: newest_told
SELECT max(at) AS at FROM told WHERE site_id = :site AND source = :source

-- name: told_and_read
SELECT 1 FROM told WHERE site_id = :site AND thread_id = :thread AND noted_at <= :read_at
    AND at + iif(at % 86400 = 0, 86400, 60) >= :at LIMIT 1  -- a day without a time is all of that day

-- name: judge
UPDATE source SET judged_at = :opened, is_trusted = (
    SELECT CASE WHEN sum(told.at IS NULL) > 0 THEN 0
        WHEN sum(thread.reply_count > 0) > 0 THEN 1 ELSE source.is_trusted END
    FROM thread
    LEFT JOIN told ON told.site_id = thread.site_id AND told.thread_id = thread.thread_id
        AND told.source = source.url AND told.at + iif(told.at % 86400 = 0, 86400, 60) >= thread.last_post_at
    WHERE thread.site_id = source.site_id AND thread.state = 'visible' AND thread.listed_at >= :opened
        AND thread.last_post_at >= source.since AND thread.last_post_at < :opened)
WHERE site_id = :site AND cycle = :cycle AND part_of IS NULL AND is_trusted IS NOT 0

-- name: survey
SELECT surveyed_at FROM survey WHERE site_id = :site

-- name: put_survey
INSERT OR REPLACE INTO survey (site_id, surveyed_at) VALUES (:site, :at)

-- name: hold_listed
UPDATE thread SET held_title = title, held_reply_count = reply_count, held_last_post_at = last_post_at,
    held_last_post_id = last_post_id, held_is_locked = is_locked
WHERE site_id = :site AND thread_id = :thread

-- name: known_threads
SELECT * FROM thread WHERE site_id = :site AND state <> 'gone' ORDER BY thread_id

-- name: threads_read
SELECT count(fetched_at) FROM thread WHERE site_id = :site

-- name: walls
SELECT
    count(*) FILTER (WHERE state = 'refused') AS refused,
    count(*) FILTER (WHERE state = 'refused' AND state_at >= :since) AS refused_now,
    count(*) FILTER (WHERE state <> 'refused' AND state_at >= :since AND listed_at >= :since) AS denied_now,
    count(*) FILTER (WHERE fetched_at >= :since) AS read_now,
    count(fetched_at) AS ever_read
FROM thread WHERE site_id = :site

-- name: fail
INSERT INTO failed (site_id, url, tries, why, reason, thread_id, is_whole)
VALUES (:site, :url, 1, :why, :reason, :thread, :whole)
ON CONFLICT DO UPDATE SET tries = tries + 1, why = excluded.why

-- name: tries
SELECT tries FROM failed WHERE site_id = :site AND url = :url

-- name: failed
SELECT url, reason, thread_id, is_whole FROM failed
WHERE site_id = :site AND tries < :most AND reason <> :start  -- of the start pages the configuration tells
ORDER BY url

-- name: heal
DELETE FROM failed WHERE site_id = :site AND url = :url

-- name: archived
SELECT file, size FROM archived WHERE site_id = :site

-- name: put_archived
INSERT INTO archived (site_id, file, size) VALUES (:site, :file, :size)
ON CONFLICT DO UPDATE SET size = excluded.size

-- name: lost_pages
SELECT url, kind, thread_id, page_number FROM page
WHERE site_id = :site AND file = :file AND offset + length > :size AND kind <> 'news'

-- name: origins
SELECT DISTINCT substr(url, 1, 8 + instr(substr(url, 9), '/')) AS origin  -- of https://a.example/b the part before b
FROM page WHERE site_id = :site AND instr(substr(url, 9), '/') > 0

-- name: pages_at
SELECT count(*) FROM page WHERE site_id = :site AND url LIKE :origin || '%'

-- name: drop_queue_at
DELETE FROM queue WHERE site_id = :site AND url LIKE :origin || '%'

-- name: drop_pages_at
DELETE FROM page WHERE site_id = :site AND url LIKE :origin || '%'

-- name: drop_sources_at
DELETE FROM source WHERE site_id = :site AND url LIKE :origin || '%'

-- name: drop_failed_at
DELETE FROM failed WHERE site_id = :site AND url LIKE :origin || '%'

-- name: reopen_at
UPDATE thread SET state = 'visible', state_at = NULL
WHERE site_id = :site AND state = 'refused' AND fetched_at IS NOT NULL AND url LIKE :origin || '%'
