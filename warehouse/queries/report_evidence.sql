-- The strongest sentences for and against each proposal: one a person before a second one, words about the
-- proposal before those about a post that speaks of it, posts that name it before others, a sentence before a
-- bare "No", then the surest.
WITH naming AS (
    SELECT DISTINCT post_id, proposal_id FROM report_mentions
), sided AS (
    SELECT s.*, n.post_id IS NULL AS is_nameless, length(w.excerpt) BETWEEN 1 AND 4 AS is_bare
    FROM report_stances s
    JOIN stances w USING (stance_id)
    LEFT JOIN naming n ON n.post_id = s.post_id AND n.proposal_id = s.proposal_id
    WHERE s.in_period
), turns AS (
    SELECT *, row_number() OVER (PARTITION BY proposal_id, stance, person
                                 ORDER BY is_carried, is_nameless, is_bare, confidence DESC, stamp, stance_id) AS turn
    FROM sided
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY proposal_id, stance
                                 ORDER BY turn, is_carried, is_nameless, is_bare, confidence DESC, stamp, stance_id) AS rank,
           count(*) OVER (PARTITION BY proposal_id, stance) AS total
    FROM turns
)
SELECT r.proposal_id, r.stance, '' AS facet, r.rank, r.total, r.confidence, s.excerpt, s.rule,
       -- a little of what stands around the words, so that they can be understood
       substr(p.text, greatest(s.start_offset - 239, 1), least(s.start_offset, 240)) AS lead,
       substr(p.text, s.end_offset + 1, 240) AS tail,
       -- what a stance without words of its own (carried over from a reply) stands in
       substr(p.text, 1, 240) AS opening, r.stamp::DATE AS day,
       p.post_id, p.thread_id, p.url, p.state::VARCHAR AS state, t.title AS thread_title,
       p.author_id, coalesce(a.name, '') AS author, coalesce(a.role, '') AS role, coalesce(a.is_staff, false) AS is_staff,
       p.page_id, p.like_count, p.dislike_count,
       -- the post that a carried stance is about: "that's how it is" says nothing without it
       CASE WHEN r.is_carried THEN coalesce(b.name, '') END AS answered_author,
       CASE WHEN r.is_carried THEN substr(q.text, 1, 240) END AS answered
FROM ranked r
JOIN stances s USING (stance_id)
JOIN posts p ON p.post_id = r.post_id
JOIN threads t ON t.thread_id = p.thread_id
LEFT JOIN authors a ON a.author_id = p.author_id
LEFT JOIN replies e ON e.post_id = p.post_id AND e.is_primary AND r.is_carried
LEFT JOIN posts q ON q.post_id = e.parent_post_id
LEFT JOIN authors b ON b.author_id = q.author_id
WHERE r.rank <= $limit
ORDER BY r.proposal_id, r.stance, r.rank;
