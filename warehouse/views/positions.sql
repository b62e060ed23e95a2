CREATE OR REPLACE VIEW positions AS
WITH taken AS (
    SELECT
        stances.proposal_id, stances.author_id, stances.stance, stances.confidence, stances.post_id,
        stances.excerpt, posts.posted_at
    FROM counted_stances AS stances
    JOIN posts USING (post_id)
    WHERE stances.author_id IS NOT NULL
),
summed AS (
    SELECT
        proposal_id,
        author_id,
        arg_max(struct_pack(stance, confidence, posted_at, post_id, excerpt),
            (coalesce(posted_at, '-infinity'::TIMESTAMPTZ), confidence, post_id)) AS latest,
        arg_min(stance, (coalesce(posted_at, 'infinity'::TIMESTAMPTZ), post_id)) AS first_stance,
        min(posted_at) AS first_taken_at,
        count(*) AS statements,
        count(DISTINCT stance) > 1 AS wavered
    FROM taken
    GROUP BY ALL
)
SELECT
    summed.proposal_id,
    proposals.label,
    summed.author_id,
    authors.name AS author,
    latest.stance AS stance,
    latest.confidence AS confidence,
    latest.posted_at AS posted_at,
    latest.post_id AS post_id,
    latest.excerpt AS excerpt,
    summed.first_stance,
    summed.first_taken_at,
    -- Of statements without a date nobody knows which came first.
    CASE WHEN latest.posted_at IS NOT NULL OR NOT summed.wavered THEN summed.first_stance <> latest.stance END AS changed,
    summed.wavered,
    summed.statements
FROM summed
JOIN proposals USING (proposal_id)
JOIN authors USING (author_id);
COMMENT ON VIEW positions IS 'Where each person stands on each proposal now: their latest counted stance, and where they began.';
COMMENT ON COLUMN positions.proposal_id IS 'The proposal.';
COMMENT ON COLUMN positions.label IS 'Its short name.';
COMMENT ON COLUMN positions.author_id IS 'The person.';
COMMENT ON COLUMN positions.author IS 'Their name as shown.';
COMMENT ON COLUMN positions.stance IS 'support, oppose or mixed, as last said; where none of their statements has a date, the surest.';
COMMENT ON COLUMN positions.confidence IS 'How sure the tagger is of that.';
COMMENT ON COLUMN positions.posted_at IS 'When they last said it.';
COMMENT ON COLUMN positions.post_id IS 'Where they last said it.';
COMMENT ON COLUMN positions.excerpt IS 'Their words.';
COMMENT ON COLUMN positions.first_stance IS 'What they said first, as far as dates tell.';
COMMENT ON COLUMN positions.first_taken_at IS 'When they first took a stance.';
COMMENT ON COLUMN positions.changed IS 'The last stance differs from the first; null where they said different things and no date tells in which order.';
COMMENT ON COLUMN positions.wavered IS 'They have said different things at different times.';
COMMENT ON COLUMN positions.statements IS 'How often they took a stance.';
