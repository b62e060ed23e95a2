-- Which proposals come up together?
-- Pairs named in the same thread, and how much more often than if threads were drawn at random (lift above 1).
WITH named AS (
    SELECT DISTINCT thread_id, proposal_id, proposal FROM mentions WHERE proposal_id IS NOT NULL
),
counts AS (SELECT proposal_id, count(*) AS threads FROM named GROUP BY ALL),
of_all AS (SELECT count(*) AS threads FROM threads)
SELECT
    one.proposal AS proposal,
    other.proposal AS comes_with,
    count(*) AS threads,
    round(count(*) * any_value(of_all.threads) / (any_value(a.threads) * any_value(b.threads)), 2) AS lift
FROM named AS one
JOIN named AS other ON other.thread_id = one.thread_id AND other.proposal_id > one.proposal_id
JOIN counts AS a ON a.proposal_id = one.proposal_id
JOIN counts AS b ON b.proposal_id = other.proposal_id
CROSS JOIN of_all
GROUP BY one.proposal_id, one.proposal, other.proposal_id, other.proposal
ORDER BY threads DESC, lift DESC, one.proposal, other.proposal, one.proposal_id, other.proposal_id;
