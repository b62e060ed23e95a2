-- What was found in the words of these posts, by where it stands. Of a sentence that speaks of a proposal as its
-- thread or the post before tells, two in five do (on the demo, by two readers): it is shown as a guess.
SELECT m.post_id, 'proposal' AS tag, m.act::VARCHAR AS value, m.start_offset, m.end_offset, m.confidence,
       m.rule, coalesce(p.label, '') AS label, NULL AS target_post_id, m.proposal_id,
       m.proposal_id IS NOT NULL AS is_counted, m.confidence >= 0.4 AS is_sure
FROM proposal_mentions m LEFT JOIN proposals p USING (proposal_id)
WHERE m.post_id IN (SELECT unnest($post_ids))
UNION ALL
SELECT s.post_id, 'stance', s.stance::VARCHAR, s.start_offset, s.end_offset, s.confidence,
       s.rule, coalesce(p.label, ''), s.target_post_id, s.proposal_id,
       s.target_post_id IS NOT NULL OR c.stance_id IS NOT NULL, s.target_post_id IS NOT NULL OR c.stance_id IS NOT NULL
FROM stances s LEFT JOIN proposals p USING (proposal_id) LEFT JOIN counted_stances c USING (stance_id)
WHERE s.post_id IN (SELECT unnest($post_ids))
UNION ALL
SELECT e.post_id, 'moderation', e.kind::VARCHAR, e.start_offset, e.end_offset, e.confidence,
       coalesce(e.rule, ''), '', NULL, NULL, false, true
FROM moderation_events e
WHERE e.post_id IN (SELECT unnest($post_ids)) AND e.start_offset IS NOT NULL
ORDER BY 1, 4 NULLS LAST, 5, 2, 3, 8, 7;
