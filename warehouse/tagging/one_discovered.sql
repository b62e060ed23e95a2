-- One discovered proposal and what people said, the surest first.
SELECT
    proposals.proposal_id,
    proposals.label,
    coalesce(proposals.description, '') AS description,
    coalesce(list(mentions.excerpt ORDER BY mentions.confidence DESC, mentions.mention_id), []) AS excerpts
FROM proposals
LEFT JOIN proposal_mentions AS mentions USING (proposal_id)
WHERE proposals.origin = 'discovered' AND proposals.proposal_id = $1
GROUP BY ALL;
