CREATE OR REPLACE VIEW mentions AS
SELECT
    proposals.label AS proposal,
    proposal_mentions.act,
    authors.name AS author,
    posts.posted_at,
    proposal_mentions.excerpt,
    posts.url AS post_url,
    proposal_mentions.proposal_id,
    proposal_mentions.mention_id,
    proposal_mentions.post_id,
    posts.author_id,
    posts.thread_id,
    threads.title AS thread,
    proposal_mentions.start_offset,
    proposal_mentions.end_offset,
    proposal_mentions.facets,
    proposal_mentions.confidence,
    proposal_mentions.rule,
    posts.state AS post_state,
    posts.page_id
FROM proposal_mentions
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN proposals USING (proposal_id)
LEFT JOIN authors USING (author_id);
COMMENT ON VIEW mentions IS 'Every passage that names a proposal, who wrote it, when and where. The proposal is null where no code covers it yet.';
COMMENT ON COLUMN mentions.proposal IS 'Short name of the proposal; null = no code covers it yet.';
COMMENT ON COLUMN mentions.act IS 'propose, discuss or advise.';
COMMENT ON COLUMN mentions.author IS 'Name as shown; null if unknown.';
COMMENT ON COLUMN mentions.posted_at IS 'When it was written.';
COMMENT ON COLUMN mentions.excerpt IS 'The words.';
COMMENT ON COLUMN mentions.post_url IS 'Link to the post.';
COMMENT ON COLUMN mentions.proposal_id IS 'The proposal.';
COMMENT ON COLUMN mentions.mention_id IS 'The row of proposal_mentions.';
COMMENT ON COLUMN mentions.post_id IS 'The post.';
COMMENT ON COLUMN mentions.author_id IS 'The person.';
COMMENT ON COLUMN mentions.thread_id IS 'The thread.';
COMMENT ON COLUMN mentions.thread IS 'Its title.';
COMMENT ON COLUMN mentions.start_offset IS 'First code point of the excerpt in posts.text.';
COMMENT ON COLUMN mentions.end_offset IS 'One past its last code point.';
COMMENT ON COLUMN mentions.facets IS 'Facets of the codebook entry that it touches.';
COMMENT ON COLUMN mentions.confidence IS 'How sure the tagger is.';
COMMENT ON COLUMN mentions.rule IS 'The rule that said so.';
COMMENT ON COLUMN mentions.post_state IS 'visible, hidden, removed or ghost.';
COMMENT ON COLUMN mentions.page_id IS 'The archived page behind it (pages).';
