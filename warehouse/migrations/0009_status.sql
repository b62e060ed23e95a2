-- Where people vote on ideas or report bugs, the team says of each what became of it.

ALTER TABLE threads ADD COLUMN status VARCHAR;
COMMENT ON COLUMN threads.status IS 'What became of an idea or a bug, in the community''s own word (Planned, Declined); null where it says nothing.';
