-- What the moderated threads were about: proposals raised in threads where staff acted.
SELECT m.proposal_id, p.label, count(DISTINCT e.event_id) AS events, count(DISTINCT e.thread_id) AS threads
FROM report_events e
JOIN (SELECT DISTINCT thread_id, proposal_id FROM report_mentions WHERE in_period) m USING (thread_id)
JOIN proposals p USING (proposal_id)
GROUP BY m.proposal_id, p.label
ORDER BY events DESC, m.proposal_id
LIMIT $limit;
