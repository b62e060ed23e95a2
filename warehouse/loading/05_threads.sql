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
    status = new.status,
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
