-- A request found by a faint hint is a passage to read, not a person who asks: on the demo, of the people and
-- proposals told by all requests 60 in 100 are right, of those from this confidence on 67, and one in a hundred is lost.
CREATE OR REPLACE VIEW counted_requests AS
SELECT mention_id, post_id, proposal_id, start_offset, end_offset, excerpt, confidence, rule
FROM proposal_mentions
WHERE act = 'propose' AND proposal_id IS NOT NULL AND confidence >= 0.4;
COMMENT ON VIEW counted_requests IS 'The passages that count a person among those who ask for a proposal: act propose, and sure enough (confidence 0.4). The others stay in proposal_mentions and mentions.';
COMMENT ON COLUMN counted_requests.mention_id IS 'The row of proposal_mentions.';
COMMENT ON COLUMN counted_requests.post_id IS 'Where it was said.';
COMMENT ON COLUMN counted_requests.proposal_id IS 'The proposal.';
COMMENT ON COLUMN counted_requests.start_offset IS 'Where the words that ask for it begin in the post''s text.';
COMMENT ON COLUMN counted_requests.end_offset IS 'Where they end, exclusive.';
COMMENT ON COLUMN counted_requests.excerpt IS 'These words.';
COMMENT ON COLUMN counted_requests.confidence IS 'How sure the tagger is.';
COMMENT ON COLUMN counted_requests.rule IS 'The rule that found it.';
