CREATE OR REPLACE VIEW proposal_leaderboard AS
WITH named AS (
    SELECT
        mentions.proposal_id,
        count(*) AS mentions,
        count(DISTINCT posts.author_id) FILTER (requests.mention_id IS NOT NULL) AS proposers,
        count(DISTINCT posts.thread_id) AS threads,
        min(posts.posted_at) AS first_mentioned_at,
        max(posts.posted_at) AS last_mentioned_at
    FROM proposal_mentions AS mentions
    JOIN posts USING (post_id)
    LEFT JOIN (SELECT mention_id FROM counted_requests) AS requests USING (mention_id)
    GROUP BY ALL
),
held AS (
    SELECT
        proposal_id,
        count(*) FILTER (stance = 'support') AS supporters,
        count(*) FILTER (stance = 'oppose') AS opposers,
        count(*) FILTER (stance = 'mixed') AS undecided,
        count(*) FILTER (changed) AS changed_their_mind
    FROM positions
    GROUP BY ALL
)
SELECT
    proposals.proposal_id,
    proposals.label,
    proposals.origin,
    coalesce(named.mentions, 0) AS mentions,
    coalesce(named.proposers, 0) AS proposers,
    coalesce(held.supporters, 0) AS supporters,
    coalesce(held.opposers, 0) AS opposers,
    coalesce(held.undecided, 0) AS undecided,
    coalesce(held.supporters, 0) - coalesce(held.opposers, 0) AS net_support,
    coalesce(held.changed_their_mind, 0) AS changed_their_mind,
    coalesce(named.threads, 0) AS threads,
    named.first_mentioned_at,
    named.last_mentioned_at
FROM proposals
LEFT JOIN named USING (proposal_id)
LEFT JOIN held USING (proposal_id)
ORDER BY net_support DESC, mentions DESC, proposal_id;
COMMENT ON VIEW proposal_leaderboard IS 'All proposals, the one with most net support first. A person counts once, with what they said last.';
COMMENT ON COLUMN proposal_leaderboard.proposal_id IS 'The proposal.';
COMMENT ON COLUMN proposal_leaderboard.label IS 'Its short name.';
COMMENT ON COLUMN proposal_leaderboard.origin IS 'codebook or discovered.';
COMMENT ON COLUMN proposal_leaderboard.mentions IS 'Passages that name it.';
COMMENT ON COLUMN proposal_leaderboard.proposers IS 'People who asked for it (counted_requests).';
COMMENT ON COLUMN proposal_leaderboard.supporters IS 'People who are for it; 0 of a discovered proposal, whose sides are not read.';
COMMENT ON COLUMN proposal_leaderboard.opposers IS 'People who are against it; 0 of a discovered proposal, whose sides are not read.';
COMMENT ON COLUMN proposal_leaderboard.undecided IS 'People who are for it in part; 0 of a discovered proposal.';
COMMENT ON COLUMN proposal_leaderboard.net_support IS 'supporters - opposers.';
COMMENT ON COLUMN proposal_leaderboard.changed_their_mind IS 'People whose last stance differs from their first, for in part (mixed) being a stance too. The report lists turns between for and against instead.';
COMMENT ON COLUMN proposal_leaderboard.threads IS 'Threads in which it came up.';
COMMENT ON COLUMN proposal_leaderboard.first_mentioned_at IS 'When it first came up.';
COMMENT ON COLUMN proposal_leaderboard.last_mentioned_at IS 'When it last came up.';
