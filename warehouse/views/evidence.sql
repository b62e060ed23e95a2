CREATE OR REPLACE VIEW evidence AS
SELECT
    proposals.label AS proposal,
    stances.stance,
    authors.name AS author,
    posts.posted_at,
    stances.excerpt,
    posts.url AS post_url,
    stances.proposal_id,
    stances.stance_id,
    stances.post_id,
    stances.author_id,
    posts.thread_id,
    threads.title AS thread,
    stances.start_offset,
    stances.end_offset,
    stances.confidence,
    stances.rule,
    posts.state AS post_state,
    posts.page_id
FROM stances
JOIN proposals USING (proposal_id)
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN authors ON authors.author_id = stances.author_id
WHERE stances.target = 'proposal';
COMMENT ON VIEW evidence IS 'Every stance toward a proposal with the words that show it, who wrote them, when and where.';
COMMENT ON COLUMN evidence.proposal IS 'Short name of the proposal.';
COMMENT ON COLUMN evidence.stance IS 'support, oppose, mixed or neutral.';
COMMENT ON COLUMN evidence.author IS 'Name as shown; null if unknown.';
COMMENT ON COLUMN evidence.posted_at IS 'When it was written.';
COMMENT ON COLUMN evidence.excerpt IS 'The words; empty where a stance is carried over from a post they agree with.';
COMMENT ON COLUMN evidence.post_url IS 'Link to the post.';
COMMENT ON COLUMN evidence.proposal_id IS 'The proposal.';
COMMENT ON COLUMN evidence.stance_id IS 'The row of stances.';
COMMENT ON COLUMN evidence.post_id IS 'The post.';
COMMENT ON COLUMN evidence.author_id IS 'The person.';
COMMENT ON COLUMN evidence.thread_id IS 'The thread.';
COMMENT ON COLUMN evidence.thread IS 'Its title.';
COMMENT ON COLUMN evidence.start_offset IS 'First code point of the excerpt in posts.text.';
COMMENT ON COLUMN evidence.end_offset IS 'One past its last code point.';
COMMENT ON COLUMN evidence.confidence IS 'How sure the tagger is.';
COMMENT ON COLUMN evidence.rule IS 'The rule that said so.';
COMMENT ON COLUMN evidence.post_state IS 'visible, hidden, removed or ghost.';
COMMENT ON COLUMN evidence.page_id IS 'The archived page behind it (pages).';
