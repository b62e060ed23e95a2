-- People who went from one side to the other within the period, newest first.
WITH moves AS (
    SELECT proposal_id, post_id, stance_id, stance, stamp, in_period,
           lag(stance) OVER (PARTITION BY proposal_id, author_id ORDER BY stamp, confidence, post_id) AS earlier
    FROM report_stances
    WHERE stamp IS NOT NULL AND author_id IS NOT NULL AND stance IN ('support', 'oppose')
)
SELECT m.proposal_id, p.author_id, coalesce(a.name, '') AS author, m.earlier, m.stance AS later,
       m.stamp::DATE AS day, m.post_id, p.thread_id, s.excerpt,
       substr(p.text, greatest(s.start_offset - 239, 1), least(s.start_offset, 240)) AS lead,
       substr(p.text, s.end_offset + 1, 240) AS tail, substr(p.text, 1, 240) AS opening, p.url, p.page_id,
       count(*) OVER (PARTITION BY m.proposal_id) AS total
FROM moves m
JOIN stances s USING (stance_id)
JOIN posts p ON p.post_id = m.post_id
LEFT JOIN authors a ON a.author_id = p.author_id
WHERE m.in_period AND m.earlier <> m.stance
QUALIFY row_number() OVER (PARTITION BY m.proposal_id ORDER BY m.stamp DESC, m.stance_id) <= $limit
ORDER BY m.proposal_id, m.stamp DESC, m.stance_id;
