CREATE TABLE tombstones (
    digest VARCHAR PRIMARY KEY,
    forgotten_on DATE NOT NULL
);
COMMENT ON TABLE tombstones IS 'What was forgotten and must not come back with the next crawl: keyed hashes of names, ids and addresses. Without the key, which is kept outside this file, they say nothing.';
COMMENT ON COLUMN tombstones.digest IS 'BLAKE2b with the project''s key.';
COMMENT ON COLUMN tombstones.forgotten_on IS 'The day it was forgotten.';
