-- How did interest in each proposal develop?
-- Week by week, with the number of people who took a side.
SELECT week, label, mentions, supporters, opposers, net_support
FROM proposal_trends
ORDER BY week, label;
