CREATE OR REPLACE VIEW proposal_trends AS
WITH said AS (
    SELECT
        posts.posted_at, mentions.proposal_id, posts.author_id, 1 AS is_mention,
        requests.mention_id IS NOT NULL AS proposes, false AS supports, false AS opposes
    FROM proposal_mentions AS mentions
    JOIN posts USING (post_id)
    LEFT JOIN (SELECT mention_id FROM counted_requests) AS requests USING (mention_id)
    UNION ALL
    SELECT
        posts.posted_at, stances.proposal_id, stances.author_id, 0,
        false, stances.stance = 'support', stances.stance = 'oppose'
    FROM counted_stances AS stances
    JOIN posts USING (post_id)
)
SELECT
    date_trunc('week', timezone('UTC', said.posted_at))::DATE AS week,
    said.proposal_id,
    proposals.label,
    sum(said.is_mention)::BIGINT AS mentions,
    count(DISTINCT said.author_id) FILTER (said.proposes) AS proposers,
    count(DISTINCT said.author_id) FILTER (said.supports) AS supporters,
    count(DISTINCT said.author_id) FILTER (said.opposes) AS opposers,
    count(DISTINCT said.author_id) FILTER (said.supports)
        - count(DISTINCT said.author_id) FILTER (said.opposes) AS net_support
FROM said
JOIN proposals USING (proposal_id)
WHERE said.posted_at IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW proposal_trends IS 'Each proposal week by week: how often it came up, and how many people asked for it, were for it, were against it. People are counted once a week; posts without a date are left out.';
COMMENT ON COLUMN proposal_trends.week IS 'Monday of the week, UTC.';
COMMENT ON COLUMN proposal_trends.proposal_id IS 'The proposal.';
COMMENT ON COLUMN proposal_trends.label IS 'Its short name.';
COMMENT ON COLUMN proposal_trends.mentions IS 'Passages that name it.';
COMMENT ON COLUMN proposal_trends.proposers IS 'People who asked for it that week (counted_requests).';
COMMENT ON COLUMN proposal_trends.supporters IS 'People who said that week that they are for it.';
COMMENT ON COLUMN proposal_trends.opposers IS 'People who said that week that they are against it.';
COMMENT ON COLUMN proposal_trends.net_support IS 'supporters - opposers.';
