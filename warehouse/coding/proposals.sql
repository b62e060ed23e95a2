-- What the machine says of each post for the task `proposals`.
SELECT
    posts.post_id,
    posts.text,
    CASE
        WHEN tagged_posts.is_proposal THEN 'propose'
        WHEN EXISTS (
            FROM proposal_mentions
            WHERE proposal_mentions.post_id = posts.post_id AND proposal_mentions.act = 'advise'
        ) THEN 'advise'
        ELSE 'neither'
    END AS label,
    tagged_posts.proposal_score AS confidence
FROM posts
JOIN tagged_posts USING (post_id)
WHERE posts.state = 'visible'
ORDER BY posts.post_id;
