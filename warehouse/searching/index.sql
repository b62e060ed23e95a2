-- The index beside the warehouse (SQLite). `words` is the full text, `posts` what it is filtered by. Signs (So)
-- are words too, so that an emoji can be searched for.
CREATE TABLE IF NOT EXISTS posts (
    number INTEGER PRIMARY KEY,
    post_id TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    thread TEXT, author TEXT, board TEXT, posted_at REAL, url TEXT, state TEXT
);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    text, tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co So'"
);
CREATE TABLE IF NOT EXISTS made_from (stamp TEXT NOT NULL);
