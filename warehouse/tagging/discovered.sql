-- Groups of mentions that no code covers are found afresh each time; what was found before makes way.
UPDATE proposal_mentions SET proposal_id = NULL
WHERE proposal_id IN (SELECT proposal_id FROM proposals WHERE origin = 'discovered');
DELETE FROM proposals WHERE origin = 'discovered';

INSERT INTO proposals
SELECT proposal_id, label, description, 'discovered'
FROM in_discovered
ANTI JOIN proposals USING (proposal_id);

UPDATE proposal_mentions SET proposal_id = in_grouped.proposal_id
FROM in_grouped
WHERE in_grouped.mention_id = proposal_mentions.mention_id AND proposal_mentions.proposal_id IS NULL;
