-- What these people said of proposals, newest first: the sides they took, and what they asked for. Where a limit cuts,
-- the newest on each proposal stay before a second one on any.
WITH wanted AS (
    SELECT unnest($author_ids) AS author_id
), said AS (
    SELECT r.author_id, r.stance_id AS said_id, r.post_id, r.proposal_id, r.stance AS side, r.is_carried, r.confidence,
           r.stamp, coalesce(s.excerpt, '') AS excerpt, s.rule, s.start_offset, s.end_offset
    FROM report_stances r JOIN stances s USING (stance_id)
    WHERE r.in_period AND r.author_id IN (FROM wanted)
    UNION ALL
    SELECT r.author_id, r.mention_id, r.post_id, r.proposal_id, 'raised', false, r.confidence,
           r.stamp, coalesce(m.excerpt, ''), m.rule, m.start_offset, m.end_offset
    FROM report_mentions r JOIN proposal_mentions m USING (mention_id)
    WHERE r.in_period AND r.is_request AND r.author_id IN (FROM wanted)
), once AS (
    -- words that ask for something and take its side are one statement
    SELECT *, side <> 'raised' AND bool_or(side = 'raised') OVER same_words AS asks
    FROM said
    WINDOW same_words AS (PARTITION BY author_id, proposal_id, post_id, excerpt)
    QUALIFY row_number() OVER (
        PARTITION BY author_id, proposal_id, post_id, excerpt ORDER BY side = 'raised', confidence DESC, said_id) = 1
), turned AS (
    SELECT *, count(*) OVER (PARTITION BY author_id) AS total,
           row_number() OVER (PARTITION BY author_id, proposal_id ORDER BY stamp DESC NULLS LAST, said_id) AS turn
    FROM once
), ranked AS (
    FROM turned
    QUALIFY row_number() OVER (PARTITION BY author_id ORDER BY turn, stamp DESC NULLS LAST, said_id) <= $limit
)
SELECT r.author_id, r.proposal_id, o.label, r.side, r.asks, r.is_carried, r.total, r.stamp, r.confidence,
       r.excerpt, coalesce(r.rule, '') AS rule,
       -- the words of the post around those that carry the tag; its opening where none do
       substr(p.text, greatest(r.start_offset - 239, 1), least(r.start_offset, 240)) AS lead,
       substr(p.text, r.end_offset + 1, 240) AS tail,
       substr(p.text, 1, 240) AS opening, p.post_id, p.thread_id, t.title AS thread_title, p.url,
       p.page_id
FROM ranked r
JOIN proposals o ON o.proposal_id = r.proposal_id
JOIN posts p ON p.post_id = r.post_id
JOIN threads t ON t.thread_id = p.thread_id
ORDER BY r.author_id, r.stamp DESC NULLS LAST, r.said_id;
