-- The newest events of all, of each kind, of each span of time after which staff acted, and of those in threads
-- that speak of each of these subjects.
WITH ranked AS (
    SELECT e.*, d.span,
           row_number() OVER (ORDER BY e.is_dated DESC, e.stamp DESC NULLS LAST, e.event_id) AS turn,
           row_number() OVER (PARTITION BY e.kind, e.maybe_by_author ORDER BY e.is_dated DESC, e.stamp DESC NULLS LAST, e.event_id)
               AS turn_of_kind,
           row_number() OVER (PARTITION BY d.span ORDER BY e.is_dated DESC, e.stamp DESC NULLS LAST, e.event_id)
               AS turn_of_span
    FROM report_events e LEFT JOIN report_delays d USING (event_id)
), speaking AS (
    SELECT DISTINCT thread_id, proposal_id FROM report_mentions
    WHERE in_period AND proposal_id IN (SELECT unnest($subjects))
), about AS (
    SELECT e.event_id, m.proposal_id
    FROM ranked e JOIN speaking m USING (thread_id)
    QUALIFY row_number() OVER (PARTITION BY m.proposal_id ORDER BY e.turn) <= $limit
), subjects AS (
    SELECT event_id, list(proposal_id ORDER BY proposal_id) AS subjects FROM about GROUP BY event_id
)
SELECT e.event_id, e.kind, e.maybe_by_author, e.span, coalesce(s.subjects, []) AS subjects, e.methods, e.stamp, e.is_detection, e.is_dated, e.in_recent AS is_recent,
       e.excerpt, e.confidence, e.thread_id, t.title AS thread_title, t.url AS thread_url, e.post_id, p.url,
       p.page_id, e.actor_author_id AS actor_id, coalesce(a.name, '') AS actor
FROM ranked e
LEFT JOIN subjects s USING (event_id)
LEFT JOIN threads t USING (thread_id)
LEFT JOIN posts p ON p.post_id = e.post_id
LEFT JOIN authors a ON a.author_id = e.actor_author_id
WHERE e.turn <= $limit OR e.turn_of_kind <= $limit OR (e.span IS NOT NULL AND e.turn_of_span <= $limit)
   OR s.subjects IS NOT NULL
ORDER BY e.turn;
