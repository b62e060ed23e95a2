-- What a community was asked outright, beside what it says unasked.

CREATE TABLE polls (
    poll_id VARCHAR PRIMARY KEY,
    thread_id VARCHAR NOT NULL,
    post_id VARCHAR,
    question VARCHAR NOT NULL,
    option_count INTEGER NOT NULL,
    voters BIGINT,
    max_choices INTEGER,
    is_closed BOOLEAN,
    closes_at TIMESTAMPTZ,
    first_seen_at TIMESTAMPTZ,
    last_seen_at TIMESTAMPTZ
);
COMMENT ON TABLE polls IS 'Questions put to the vote in threads.';
COMMENT ON COLUMN polls.poll_id IS 'thread_id, "#", and the platform''s id of the poll or its number in the thread.';
COMMENT ON COLUMN polls.thread_id IS 'The thread (threads).';
COMMENT ON COLUMN polls.post_id IS 'The post that asks (posts): the opening post where the platform draws the poll above the thread; null while that has not been seen.';
COMMENT ON COLUMN polls.question IS 'As asked; the title of the thread where the poll has no question of its own.';
COMMENT ON COLUMN polls.option_count IS 'How many options there were when it was last seen.';
COMMENT ON COLUMN polls.voters IS 'People who have voted, where the page says so: with several choices that is less than the votes.';
COMMENT ON COLUMN polls.max_choices IS 'How many options one may choose; null where the page does not say.';
COMMENT ON COLUMN polls.is_closed IS 'Whether the vote has ended; null where the page does not say.';
COMMENT ON COLUMN polls.closes_at IS 'When it ends or has ended, where the page says so.';
COMMENT ON COLUMN polls.first_seen_at IS 'Fetch time of the first crawl that saw it.';
COMMENT ON COLUMN polls.last_seen_at IS 'Fetch time of the last crawl that saw it.';

CREATE TABLE poll_votes (
    poll_id VARCHAR NOT NULL,
    option_number INTEGER NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    option VARCHAR NOT NULL,
    votes BIGINT,
    PRIMARY KEY (poll_id, option_number, seen_at)
);
COMMENT ON TABLE poll_votes IS 'How the votes stood: a line for an option each time that a crawl saw another number than before.';
COMMENT ON COLUMN poll_votes.poll_id IS 'The poll (polls).';
COMMENT ON COLUMN poll_votes.option_number IS '1, 2, … in the order of the page.';
COMMENT ON COLUMN poll_votes.seen_at IS 'Fetch time of the crawl that saw it first.';
COMMENT ON COLUMN poll_votes.option IS 'The words of the option.';
COMMENT ON COLUMN poll_votes.votes IS 'Votes for it; null where the page keeps them to itself.';
