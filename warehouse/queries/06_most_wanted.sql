-- What do people want most?
-- All proposals by net support: people for minus people against, each counted with what they said last.
SELECT label, supporters, opposers, net_support, proposers, mentions, threads
FROM proposal_leaderboard;
