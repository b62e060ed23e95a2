-- The frontier: what is known of each site, what is held, what is still to be fetched. Times are Unix seconds.

CREATE TABLE IF NOT EXISTS site (
    site_id   TEXT PRIMARY KEY,
    platform  TEXT,                        -- as the first page that could be read said
    has_index INTEGER NOT NULL DEFAULT 0,  -- 1: a start page leads to boards, so boards are followed
    cycle     INTEGER NOT NULL DEFAULT 0,  -- one pass over the site; a run that dies is resumed within it
    is_open   INTEGER NOT NULL DEFAULT 0,  -- 1 while the cycle has pages to fetch
    opened_at REAL
) STRICT;

CREATE TABLE IF NOT EXISTS run (
    run_id  TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    started_at REAL NOT NULL,
    summary TEXT                           -- JSON once the run has ended; NULL: it runs, or it died
) STRICT;

CREATE TABLE IF NOT EXISTS thread (
    site_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    url TEXT NOT NULL,
    board_id TEXT,
    -- what a listing said last
    title TEXT,
    reply_count INTEGER,
    last_post_at REAL,
    last_post_id TEXT,
    is_locked INTEGER NOT NULL DEFAULT 0,
    is_sticky INTEGER NOT NULL DEFAULT 0,
    listed_at REAL,                        -- NULL: no listing ever told of it
    -- what it had said when the thread was read last: what we hold
    held_title TEXT,
    held_reply_count INTEGER,
    held_last_post_at REAL,
    held_last_post_id TEXT,
    held_is_locked INTEGER,
    fetched_at REAL,                       -- NULL: never
    whole_at REAL,                         -- when all its pages were read last
    whole_cycle INTEGER,
    -- when to look again where no listing tells
    due_at REAL,
    interval REAL,
    looks INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'visible' CHECK (state IN ('visible', 'gone', 'refused')),
    state_at REAL,
    PRIMARY KEY (site_id, thread_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS page (
    site_id TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    thread_id TEXT,
    board_id TEXT,
    page_number INTEGER,                   -- of a listing: 1 for the first, NULL for those after it
    post_ids TEXT,                         -- JSON: posts that move between pages betray a deletion
    digest TEXT,
    etag TEXT,
    last_modified TEXT,
    fetched_at REAL NOT NULL,
    cycle INTEGER NOT NULL,                -- the last one in which it was fetched
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (site_id, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_thread ON page (site_id, thread_id, page_number);

CREATE TABLE IF NOT EXISTS queue (         -- to be fetched in the open cycle
    ordinal INTEGER PRIMARY KEY,
    site_id TEXT NOT NULL,
    url TEXT NOT NULL,
    priority INTEGER NOT NULL,
    reason TEXT NOT NULL,
    thread_id TEXT,
    is_whole INTEGER NOT NULL DEFAULT 0,   -- 1: every page of the thread, 0: only those not held
    UNIQUE (site_id, url)
) STRICT;
CREATE INDEX IF NOT EXISTS queue_next ON queue (site_id, priority, ordinal);

CREATE TABLE IF NOT EXISTS seen (          -- dealt with in the open cycle, under this URL or after a redirect
    site_id TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (site_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS failed (        -- tried again in the next cycle, a few times
    site_id TEXT NOT NULL,
    url TEXT NOT NULL,
    tries INTEGER NOT NULL,
    why TEXT NOT NULL,
    reason TEXT NOT NULL,
    thread_id TEXT,
    is_whole INTEGER NOT NULL,
    PRIMARY KEY (site_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS source (        -- feeds and sitemaps: they tell of changes in one answer
    site_id TEXT NOT NULL,
    url TEXT NOT NULL,
    part_of TEXT,                          -- the list of sitemaps that names this one
    since REAL,                            -- from when on it told of everything; NULL: it does not say
    changed_at REAL,                       -- of a part: what the list said when it was read
    cycle INTEGER,                         -- the last one in which it was read
    is_trusted INTEGER,                    -- 1: it told what listings showed, 0: not all of it; NULL: not known yet
    judged_at REAL,
    PRIMARY KEY (site_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS told (          -- what a source said of a thread last
    site_id TEXT NOT NULL,
    source TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    at REAL NOT NULL,                      -- by the clock of the site
    noted_at REAL NOT NULL,                -- by ours
    PRIMARY KEY (site_id, thread_id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS survey (        -- when the last pass began that read all listings
    site_id TEXT PRIMARY KEY,
    surveyed_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS archived (      -- how much of each WARC file the tables above know of
    site_id TEXT NOT NULL,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (site_id, file)
) STRICT, WITHOUT ROWID;
