-- What the machine says of each post for the task `stance`: toward the post it mainly answers.
SELECT
    posts.post_id,
    posts.text,
    coalesce(arg_max(stances.stance, stances.confidence), 'neutral') AS label,
    coalesce(max(stances.confidence), 0) AS confidence
FROM posts
JOIN replies ON replies.post_id = posts.post_id AND replies.is_primary
LEFT JOIN stances
    ON stances.post_id = posts.post_id
    AND stances.target = 'post'
    AND stances.target_post_id = replies.parent_post_id
WHERE posts.state = 'visible'
GROUP BY posts.post_id, posts.text
ORDER BY posts.post_id;
