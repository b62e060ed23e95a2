-- The clearest sentences that raise each proposal, and each facet of it: proposing before discussing before advising.
WITH raised AS (
    SELECT r.*, unnest(list_prepend('', m.facets)) AS facet  -- each counts for the proposal, and for its facets
    FROM report_mentions r JOIN proposal_mentions m USING (mention_id)
    WHERE in_period
), turns AS (
    SELECT *, row_number() OVER (
        PARTITION BY proposal_id, facet, person
        ORDER BY (act <> 'propose'), (act <> 'discuss'), confidence DESC, stamp, mention_id) AS turn
    FROM raised
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY proposal_id, facet
        ORDER BY turn, (act <> 'propose'), (act <> 'discuss'), confidence DESC, stamp, mention_id) AS rank,
           count(*) OVER (PARTITION BY proposal_id, facet) AS total
    FROM turns
)
SELECT r.proposal_id, 'raised' AS stance, r.facet, r.rank, r.total, r.confidence, m.excerpt, m.rule,
       -- a little of what stands around the words, so that they can be understood
       substr(p.text, greatest(m.start_offset - 239, 1), least(m.start_offset, 240)) AS lead,
       substr(p.text, m.end_offset + 1, 240) AS tail,
       -- what a stance without words of its own (carried over from a reply) stands in
       substr(p.text, 1, 240) AS opening, r.stamp::DATE AS day,
       p.post_id, p.thread_id, p.url, p.state::VARCHAR AS state, t.title AS thread_title,
       p.author_id, coalesce(a.name, '') AS author, coalesce(a.role, '') AS role, coalesce(a.is_staff, false) AS is_staff,
       p.page_id, p.like_count, p.dislike_count, NULL AS answered_author, NULL AS answered
FROM ranked r
JOIN proposal_mentions m USING (mention_id)
JOIN posts p ON p.post_id = r.post_id
JOIN threads t ON t.thread_id = p.thread_id
LEFT JOIN authors a ON a.author_id = p.author_id
WHERE r.rank <= $limit
ORDER BY r.proposal_id, r.facet, r.rank;
