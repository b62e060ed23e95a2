-- Looking for every run of words in every text takes far longer than loading it. What a name begins with is asked first.

ALTER TABLE tombstones ADD COLUMN opens_with VARCHAR;
COMMENT ON COLUMN tombstones.opens_with IS 'BLAKE2b, with the same key, of the first word of a name, so that a text is looked through for it only where that word stands; empty for what is no name, null for what was forgotten before this was kept.';
