-- Who was called otherwise before is still named so in older pages of the archive: to be forgotten, too.

ALTER TABLE authors ADD COLUMN former_names VARCHAR[];
COMMENT ON COLUMN authors.former_names IS 'What the account was called before, as earlier pages showed it; null where one name is known.';
