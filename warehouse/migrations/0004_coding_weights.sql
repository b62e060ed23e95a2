-- A sample takes more of what is rare: without its weights, figures on it are not figures on the corpus.

ALTER TABLE codings ADD COLUMN weight DOUBLE DEFAULT 1;
COMMENT ON COLUMN codings.weight IS 'How many posts of the corpus the coded one stood for in its sample; 1 where the sheet did not say.';
