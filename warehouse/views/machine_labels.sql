-- What the machine says of each post as a whole, in the labels that people code by hand (docs/coding.md). Told apart by
-- task, so that a question about one task does not read what the others need.
CREATE OR REPLACE VIEW machine_labels AS
SELECT
    'proposals' AS task,
    posts.post_id,
    CASE
        WHEN tagged_posts.is_proposal THEN 'propose'
        WHEN advised.post_id IS NOT NULL THEN 'advise'
        ELSE 'neither'
    END AS label,
    tagged_posts.proposal_score AS confidence
FROM posts
JOIN tagged_posts USING (post_id)
LEFT JOIN (SELECT DISTINCT post_id FROM proposal_mentions WHERE act = 'advise') AS advised USING (post_id)
WHERE posts.state = 'visible'
UNION ALL
SELECT
    'stance' AS task,
    posts.post_id,
    coalesce(taken.label, 'neutral') AS label,
    coalesce(taken.confidence, 0) AS confidence
FROM posts
JOIN replies ON replies.post_id = posts.post_id AND replies.is_primary
LEFT JOIN (
    SELECT post_id, target_post_id, arg_max(stance, confidence)::VARCHAR AS label, max(confidence) AS confidence
    FROM stances
    WHERE target = 'post'
    GROUP BY post_id, target_post_id
) AS taken ON taken.post_id = posts.post_id AND taken.target_post_id = replies.parent_post_id
WHERE posts.state = 'visible'
UNION ALL
SELECT
    'moderation' AS task,
    posts.post_id,
    if(told.post_id IS NULL, 'none', 'moderates') AS label,
    coalesce(told.confidence, 0) AS confidence
FROM posts
LEFT JOIN (
    SELECT post_id, max(confidence) AS confidence
    FROM moderation_events
    WHERE method IN ('notice', 'redaction')
    GROUP BY post_id
) AS told USING (post_id)
WHERE posts.state = 'visible';
COMMENT ON VIEW machine_labels IS 'What the machine says of each post as a whole, in the labels that people code by hand: compare with codings.';
COMMENT ON COLUMN machine_labels.task IS 'proposals, stance (toward the post mainly answered) or moderation.';
COMMENT ON COLUMN machine_labels.post_id IS 'The post.';
COMMENT ON COLUMN machine_labels.label IS 'propose, advise or neither; support, oppose, mixed or neutral; moderates or none.';
COMMENT ON COLUMN machine_labels.confidence IS 'How sure the tagger is of that; 0 where it found nothing.';
