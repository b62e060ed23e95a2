-- What did staff act on within a day?
-- Moderation of a known post, with the time between the post and the act. Where only two crawls bound the act,
-- the later one counts, so the delay is an upper bound; what an author may have done to their own post is left out.
SELECT
    timeline.kind,
    timeline.thread,
    timeline.post_author,
    posts.posted_at,
    timeline.happened_at,
    round(epoch(timeline.happened_at - posts.posted_at) / 3600, 1) AS hours,
    timeline.methods
FROM moderation_timeline AS timeline
JOIN posts USING (post_id)
WHERE NOT timeline.maybe_by_author
    -- A mark in a post of which no edit is shown is known by the time of the post alone.
    AND timeline.happened_at > posts.posted_at
    AND timeline.happened_at <= posts.posted_at + INTERVAL 1 DAY
    -- Where nothing but a notice tells, the post is the notice.
    AND (NOT list_contains(timeline.methods, 'notice')
        OR (starts_with(timeline.kind::VARCHAR, 'post_') AND len(timeline.methods) > 1))
ORDER BY hours, timeline.kind, timeline.post_id;
