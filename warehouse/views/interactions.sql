CREATE OR REPLACE VIEW interactions AS
WITH edges AS (
    SELECT post_id, parent_post_id, 1 AS reply, 0 AS support, 0 AS oppose FROM replies
    UNION ALL
    SELECT post_id, target_post_id, 0, (stance = 'support')::INTEGER, (stance = 'oppose')::INTEGER
    FROM stances
    WHERE target = 'post'
),
-- Whoever quotes three posts of one person in an answer has answered once.
answers AS (
    SELECT
        answer.author_id AS from_author_id,
        parent.author_id AS to_author_id,
        edges.post_id,
        max(edges.reply) AS reply,
        max(edges.support) AS support,
        max(edges.oppose) AS oppose
    FROM edges
    JOIN posts AS answer ON answer.post_id = edges.post_id
    JOIN posts AS parent ON parent.post_id = edges.parent_post_id
    WHERE answer.author_id <> parent.author_id
    GROUP BY ALL
),
summed AS (
    SELECT
        from_author_id,
        to_author_id,
        sum(reply)::BIGINT AS replies,
        sum(support)::BIGINT AS supports,
        sum(oppose)::BIGINT AS opposes
    FROM answers
    GROUP BY ALL
)
SELECT
    sender.name AS from_author,
    receiver.name AS to_author,
    summed.replies,
    summed.supports,
    summed.opposes,
    summed.from_author_id,
    summed.to_author_id,
    coalesce(back.replies, 0) AS replies_back
FROM summed
LEFT JOIN summed AS back
    ON back.from_author_id = summed.to_author_id AND back.to_author_id = summed.from_author_id
JOIN authors AS sender ON sender.author_id = summed.from_author_id
JOIN authors AS receiver ON receiver.author_id = summed.to_author_id;
COMMENT ON VIEW interactions IS 'Who answers whom, how often, and in which spirit. People who answer themselves, and posts whose author is unknown, are left out.';
COMMENT ON COLUMN interactions.from_author IS 'Who answers (name as shown).';
COMMENT ON COLUMN interactions.to_author IS 'Who is answered (name as shown).';
COMMENT ON COLUMN interactions.replies IS 'Answers, whatever the method by which the edge is known; one post to several of theirs counts once.';
COMMENT ON COLUMN interactions.supports IS 'Answers that support what they answer.';
COMMENT ON COLUMN interactions.opposes IS 'Answers that oppose what they answer.';
COMMENT ON COLUMN interactions.from_author_id IS 'Who answers (authors).';
COMMENT ON COLUMN interactions.to_author_id IS 'Who is answered (authors).';
COMMENT ON COLUMN interactions.replies_back IS 'Answers the other way; 0 where it is one-sided.';
