-- What is asked for and belongs to no proposal, surest first; everybody once before anybody twice.
WITH turns AS (
    SELECT *, row_number() OVER (PARTITION BY person ORDER BY confidence DESC, stamp, mention_id) AS turn
    FROM report_outside
), ranked AS (
    SELECT *, row_number() OVER (ORDER BY turn, confidence DESC, stamp, mention_id) AS rank, count(*) OVER () AS total
    FROM turns
)
SELECT '' AS proposal_id, 'outside' AS stance, '' AS facet, r.rank, r.total, r.confidence, m.excerpt, m.rule,
       substr(p.text, greatest(m.start_offset - 239, 1), least(m.start_offset, 240)) AS lead,
       substr(p.text, m.end_offset + 1, 240) AS tail, substr(p.text, 1, 240) AS opening, r.stamp::DATE AS day,
       p.post_id, p.thread_id, p.url, p.state::VARCHAR AS state, t.title AS thread_title,
       p.author_id, coalesce(a.name, '') AS author, coalesce(a.role, '') AS role, coalesce(a.is_staff, false) AS is_staff,
       p.page_id, p.like_count, p.dislike_count, NULL AS answered_author, NULL AS answered
FROM ranked r
JOIN proposal_mentions m USING (mention_id)
JOIN posts p ON p.post_id = r.post_id
JOIN threads t ON t.thread_id = p.thread_id
LEFT JOIN authors a ON a.author_id = p.author_id
WHERE r.rank <= $limit
ORDER BY r.rank;
