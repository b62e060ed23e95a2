-- What the machine says of each post for the task `moderation`.
SELECT
    posts.post_id,
    posts.text,
    if(count(moderation_events.event_id) > 0, 'moderates', 'none') AS label,
    coalesce(max(moderation_events.confidence), 0) AS confidence
FROM posts
LEFT JOIN moderation_events
    ON moderation_events.post_id = posts.post_id AND moderation_events.method IN ('notice', 'redaction')
WHERE posts.state = 'visible'
GROUP BY posts.post_id, posts.text
ORDER BY posts.post_id;
