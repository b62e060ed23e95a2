-- When the team said what became of an idea tells who waits, and for how long.

CREATE TABLE thread_statuses (
    thread_id VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    status VARCHAR,
    PRIMARY KEY (thread_id, seen_at)
);
COMMENT ON TABLE thread_statuses IS 'What was said to have become of an idea or a bug: a line each time that a crawl saw another word than before.';
COMMENT ON COLUMN thread_statuses.thread_id IS 'The thread (threads).';
COMMENT ON COLUMN thread_statuses.seen_at IS 'Fetch time of the crawl that first saw it; it was said between then and the crawl before. The first line of a thread may have been said long before.';
COMMENT ON COLUMN thread_statuses.status IS 'In the community''s own word; null: the thread was held before anything was said, and last seen so at that time.';

-- What is held already was found as it is.
INSERT INTO thread_statuses
SELECT thread_id, coalesce(first_seen_at, last_seen_at), status FROM threads
WHERE status IS NOT NULL AND coalesce(first_seen_at, last_seen_at) IS NOT NULL;
