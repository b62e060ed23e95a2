-- Who is for and who against each proposal within the period: those who say so in words about it first.
SELECT p.proposal_id, p.stance AS side, p.author_id, coalesce(a.name, '') AS name, p.is_said,
       coalesce(a.is_staff, false) AS is_staff,
       -- Two people of one name, on two sites, would look like one who is counted twice, or on two sides.
       CASE WHEN count(*) OVER (PARTITION BY p.proposal_id, a.name) > 1
            THEN coalesce(nullif(s.title, ''), s.site_id) END AS told_by_site,
       count(*) OVER (PARTITION BY p.proposal_id, p.stance) AS total
FROM report_positions p
LEFT JOIN authors a USING (author_id)
LEFT JOIN sites s USING (site_id)
WHERE p.moment = 'period'
QUALIFY row_number() OVER (PARTITION BY p.proposal_id, p.stance ORDER BY p.is_said DESC, a.name, p.author_id) <= $limit
ORDER BY p.proposal_id, p.stance, p.is_said DESC, a.name, p.author_id;
