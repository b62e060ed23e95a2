-- What these people said of proposals, newest first: the sides they took, and what they asked for.
WITH said AS (
    SELECT author_id, stance_id AS said_id, post_id, proposal_id, stance AS side, is_carried, confidence, stamp
    FROM report_stances
    WHERE in_period AND author_id IN (SELECT unnest($author_ids))
    UNION ALL
    SELECT author_id, mention_id, post_id, proposal_id, 'raised', false, confidence, stamp
    FROM report_mentions
    WHERE in_period AND is_request AND author_id IN (SELECT unnest($author_ids))
), ranked AS (
    SELECT *, count(*) OVER (PARTITION BY author_id) AS total
    FROM said
    QUALIFY row_number() OVER (PARTITION BY author_id ORDER BY stamp DESC NULLS LAST, said_id) <= $limit
)
SELECT r.author_id, r.proposal_id, o.label, r.side, r.is_carried, r.total, r.stamp, r.confidence,
       coalesce(s.excerpt, m.excerpt, '') AS excerpt, coalesce(s.rule, m.rule, '') AS rule,
       -- the words of the post around those that carry the tag; its opening where none do
       substr(p.text, greatest(coalesce(s.start_offset, m.start_offset) - 239, 1),
              least(coalesce(s.start_offset, m.start_offset), 240)) AS lead,
       substr(p.text, coalesce(s.end_offset, m.end_offset) + 1, 240) AS tail,
       substr(p.text, 1, 240) AS opening, p.post_id, p.thread_id, t.title AS thread_title, p.url,
       p.page_id
FROM ranked r
LEFT JOIN stances s ON s.stance_id = r.said_id AND r.side <> 'raised'
LEFT JOIN proposal_mentions m ON m.mention_id = r.said_id AND r.side = 'raised'
JOIN proposals o ON o.proposal_id = r.proposal_id
JOIN posts p ON p.post_id = r.post_id
JOIN threads t ON t.thread_id = p.thread_id
ORDER BY r.author_id, r.stamp DESC NULLS LAST, r.said_id;
