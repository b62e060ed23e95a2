-- Another word than before for what became of an idea; in other letters it is the same one. A page that says nothing
-- takes nothing back, and neither does one that is older than what is held.
CREATE OR REPLACE TEMP TABLE restated AS
SELECT
    new.thread_id, new.status, greatest(new.shown_from, old.last_seen_at) AS seen_at,
    old.status AS old_status, old.last_seen_at AS old_seen_at
FROM incoming_threads AS new
JOIN threads AS old USING (thread_id)
WHERE new.accepted AND new.status IS NOT NULL AND lower(new.status) IS DISTINCT FROM lower(old.status)
    AND (old.status IS NULL OR new.shown_until >= old.last_seen_at);

-- Of a thread without a line, what was held comes first: that it said nothing, or what it said before lines were kept.
INSERT INTO thread_statuses
SELECT thread_id, old_seen_at, old_status FROM restated
WHERE old_seen_at < seen_at AND thread_id NOT IN (SELECT thread_id FROM thread_statuses)
UNION ALL
SELECT thread_id, first_at, status FROM incoming_threads
WHERE is_new AND status IS NOT NULL AND first_at IS NOT NULL;

-- Of two pages of one moment, the one read last is held.
INSERT OR REPLACE INTO thread_statuses SELECT thread_id, seen_at, status FROM restated WHERE seen_at IS NOT NULL;

UPDATE threads SET status = restated.status FROM restated WHERE threads.thread_id = restated.thread_id;

MERGE INTO threads
USING incoming_threads AS new
ON threads.thread_id = new.thread_id
WHEN MATCHED AND new.accepted THEN UPDATE SET
    board_id = coalesce(new.board_id, threads.board_id),
    title = new.title,
    url = new.url,
    started_at = coalesce(new.started_at, threads.started_at),
    stated_reply_count = coalesce(new.stated_reply_count, threads.stated_reply_count),
    view_count = coalesce(new.view_count, threads.view_count),
    is_locked = new.is_locked,
    is_sticky = new.is_sticky,
    is_solved = new.is_solved,
    state = new.state,
    first_seen_at = least(threads.first_seen_at, new.first_at),
    last_seen_at = greatest(threads.last_seen_at, new.last_at)
WHEN MATCHED AND new.first_at < threads.first_seen_at THEN UPDATE SET first_seen_at = new.first_at
WHEN NOT MATCHED THEN INSERT (
        thread_id, site_id, board_id, title, url, started_at, stated_reply_count, view_count,
        is_locked, is_sticky, is_solved, status, state, first_seen_at, last_seen_at)
    VALUES (
        new.thread_id, new.site_id, new.board_id, new.title, new.url, new.started_at, new.stated_reply_count,
        new.view_count, new.is_locked, new.is_sticky, new.is_solved, new.status, new.state, new.first_at,
        new.last_at);

UPDATE threads SET state = 'moved' WHERE thread_id IN (SELECT from_id FROM resettled WHERE NOT is_part);
