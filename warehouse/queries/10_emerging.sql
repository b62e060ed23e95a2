-- What is asked for that the codebook does not cover?
-- Discovered groups of proposals, and how many people and threads they come from.
SELECT
    proposals.label,
    count(DISTINCT mentions.author_id) AS people,
    count(DISTINCT mentions.thread_id) AS threads,
    count(*) AS passages,
    arg_max(mentions.excerpt, (mentions.confidence, mentions.mention_id)) AS example
FROM mentions
JOIN proposals USING (proposal_id)
WHERE proposals.origin = 'discovered'
GROUP BY proposal_id, proposals.label
ORDER BY people DESC, passages DESC, proposals.label, proposal_id;
