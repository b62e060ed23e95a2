-- A poll is what the newest page says that it is; its votes are kept each time that they have changed.
CREATE OR REPLACE TEMP TABLE incoming_polls AS
SELECT
    in_polls.* EXCLUDE (site_id, thread, post),
    incoming_threads.thread_id || '#' || in_polls.id AS poll_id,
    incoming_threads.thread_id,
    in_polls.site_id || ':' || in_polls.post AS post_id,
    incoming_threads.shown_until AS seen_at
FROM in_polls
JOIN incoming_threads ON incoming_threads.thread_id = in_polls.site_id || ':' || in_polls.thread;

-- Where a page keeps the votes to itself, those that were seen before stand.
INSERT OR REPLACE INTO poll_votes
SELECT new.poll_id, new.number, new.seen_at, new.option, new.votes
FROM (
    SELECT polls.poll_id, polls.seen_at, options.number, options.option, options.votes
    FROM in_poll_options AS options
    JOIN incoming_polls AS polls
        ON polls.id = options.poll AND polls.thread_id = options.site_id || ':' || options.thread
) AS new
ASOF LEFT JOIN poll_votes AS held
    ON held.poll_id = new.poll_id AND held.option_number = new.number AND held.seen_at <= new.seen_at
WHERE held.poll_id IS NULL OR held.option <> new.option
    OR (new.votes IS NOT NULL AND new.votes IS DISTINCT FROM held.votes);

MERGE INTO polls
USING incoming_polls AS new
ON polls.poll_id = new.poll_id
WHEN MATCHED AND new.seen_at >= polls.last_seen_at THEN UPDATE SET
    post_id = coalesce(new.post_id, polls.post_id),
    question = new.question,
    option_count = new.option_count,
    voters = coalesce(new.voters, polls.voters),
    max_choices = coalesce(new.max_choices, polls.max_choices),
    is_closed = coalesce(new.is_closed, polls.is_closed),
    closes_at = coalesce(new.closes_at, polls.closes_at),
    last_seen_at = new.seen_at
WHEN MATCHED AND new.seen_at < polls.first_seen_at THEN UPDATE SET first_seen_at = new.seen_at
WHEN NOT MATCHED THEN INSERT VALUES (
    new.poll_id, new.thread_id, new.post_id, new.question, new.option_count, new.voters, new.max_choices,
    new.is_closed, new.closes_at, new.seen_at, new.seen_at);
