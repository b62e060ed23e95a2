-- Proposals raised in the same threads: how many threads they share, out of how many each has.
WITH pairs AS (
    SELECT DISTINCT proposal_id, thread_id FROM report_mentions WHERE in_period
), sizes AS (
    SELECT proposal_id, count(*) AS threads FROM pairs GROUP BY proposal_id
), shared AS (
    SELECT a.proposal_id, b.proposal_id AS related_id, count(*) AS shared
    FROM pairs a JOIN pairs b ON a.thread_id = b.thread_id AND a.proposal_id <> b.proposal_id
    GROUP BY ALL
)
SELECT s.proposal_id, s.related_id, p.label, s.shared, x.threads AS own_threads, y.threads AS related_threads
FROM shared s
JOIN sizes x ON x.proposal_id = s.proposal_id
JOIN sizes y ON y.proposal_id = s.related_id
JOIN proposals p ON p.proposal_id = s.related_id
WHERE s.shared >= 2
QUALIFY row_number() OVER (PARTITION BY s.proposal_id ORDER BY s.shared DESC, s.related_id) <= $limit
ORDER BY s.proposal_id, s.shared DESC, s.related_id;
