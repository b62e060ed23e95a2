-- Rules and models read English only; what is in another language is counted rather than guessed at.

ALTER TABLE tagged_posts ADD COLUMN language VARCHAR;
COMMENT ON COLUMN tagged_posts.language IS 'ISO 639 code of a post that is surely not in English: only the codebook''s phrases were looked for in it. Null where it is or may be English.';
