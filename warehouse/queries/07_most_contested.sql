-- Which proposals divide the community most?
-- Ranked by the smaller camp: a proposal with 9 for and 8 against divides more than one with 90 and 2.
SELECT label, supporters, opposers, undecided, least(supporters, opposers) AS smaller_camp
FROM proposal_leaderboard
WHERE least(supporters, opposers) > 0
ORDER BY smaller_camp DESC, supporters + opposers DESC, label;
