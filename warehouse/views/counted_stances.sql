-- A stance found by a faint hint is evidence to read, not a person to count: on the demo, of those below this
-- confidence half are right, of those above it four in five (tests/demo_readings).
CREATE OR REPLACE VIEW counted_stances AS
SELECT stance_id, post_id, author_id, proposal_id, stance, start_offset, end_offset, excerpt, confidence, rule
FROM stances
WHERE target = 'proposal' AND proposal_id IS NOT NULL AND stance <> 'neutral' AND confidence >= 0.25;
COMMENT ON VIEW counted_stances IS 'The stances toward proposals that count a person for or against: not neutral, and sure enough (confidence 0.25). The others stay in stances and evidence.';
COMMENT ON COLUMN counted_stances.stance_id IS 'The row of stances.';
COMMENT ON COLUMN counted_stances.post_id IS 'Where it was said.';
COMMENT ON COLUMN counted_stances.author_id IS 'Who said it.';
COMMENT ON COLUMN counted_stances.proposal_id IS 'The proposal.';
COMMENT ON COLUMN counted_stances.stance IS 'support, oppose or mixed.';
COMMENT ON COLUMN counted_stances.start_offset IS 'Where the words that show it begin in the post''s text.';
COMMENT ON COLUMN counted_stances.end_offset IS 'Where they end, exclusive.';
COMMENT ON COLUMN counted_stances.excerpt IS 'These words.';
COMMENT ON COLUMN counted_stances.confidence IS 'How sure the tagger is.';
COMMENT ON COLUMN counted_stances.rule IS 'The rule that found it.';
