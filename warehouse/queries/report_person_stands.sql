-- Where these people stand on each proposal by their last word, or that they ask for it; sides first, then by how much they said.
WITH wanted AS (
    SELECT unnest($author_ids) AS author_id
), said AS (
    -- words that ask for something and take its side are one statement
    SELECT r.author_id, r.proposal_id, r.post_id, s.excerpt
    FROM report_stances r JOIN stances s USING (stance_id)
    WHERE r.in_period AND r.author_id IN (FROM wanted)
    UNION
    SELECT r.author_id, r.proposal_id, r.post_id, m.excerpt
    FROM report_mentions r JOIN proposal_mentions m USING (mention_id)
    WHERE r.in_period AND r.is_request AND r.author_id IN (FROM wanted)
), counts AS (
    SELECT author_id, proposal_id, count(*) AS statements FROM said GROUP BY ALL
)
SELECT c.author_id, c.proposal_id, o.label, coalesce(p.stance, 'raised') AS side, c.statements,
       count(*) OVER (PARTITION BY c.author_id) AS total
FROM counts c
JOIN proposals o ON o.proposal_id = c.proposal_id
LEFT JOIN report_positions p
    ON p.moment = 'period' AND p.author_id = c.author_id AND p.proposal_id = c.proposal_id
QUALIFY row_number() OVER (
    PARTITION BY c.author_id ORDER BY p.stance IS NULL, c.statements DESC, c.proposal_id) <= $limit
ORDER BY c.author_id, p.stance IS NULL, c.statements DESC, c.proposal_id;
