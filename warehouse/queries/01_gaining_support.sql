-- Which proposals gained support this quarter, from how many people, new or old members?
-- A person counts once a proposal, when they first said that they are for it; new members wrote their first
-- post within the same time. The quarter is the three months up to the latest post held.
WITH first_posts AS (
    SELECT author_id, min(posted_at) AS joined_at FROM posts WHERE author_id IS NOT NULL GROUP BY ALL
),
first_support AS (
    SELECT stances.proposal_id, stances.author_id, min(posts.posted_at) AS since
    FROM counted_stances AS stances
    JOIN posts USING (post_id)
    WHERE stances.stance = 'support' AND stances.author_id IS NOT NULL
    GROUP BY ALL
),
this_quarter AS (SELECT max(posted_at) - INTERVAL 3 MONTH AS begins FROM posts)
SELECT
    proposals.label,
    count(*) AS new_supporters,
    count(*) FILTER (first_posts.joined_at >= this_quarter.begins) AS of_them_new_members,
    count(*) FILTER (first_posts.joined_at < this_quarter.begins) AS of_them_old_members
FROM first_support
JOIN first_posts USING (author_id)
JOIN proposals USING (proposal_id)
CROSS JOIN this_quarter
WHERE first_support.since >= this_quarter.begins
GROUP BY proposal_id, proposals.label
ORDER BY new_supporters DESC, label, proposal_id;
