-- Staff run the place: what they ask, they ask of members.
SELECT
    proposal_mentions.mention_id, proposal_mentions.post_id, posts.thread_id, posts.author_id,
    proposal_mentions.excerpt, coalesce(threads.title, '') AS topic, posts.posted_at AS said_at
FROM proposal_mentions
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
LEFT JOIN authors USING (author_id)
LEFT JOIN proposals USING (proposal_id)
WHERE proposal_mentions.act <> 'advise' AND NOT coalesce(authors.is_staff, false)
    AND (proposals.proposal_id IS NULL OR proposals.origin = 'discovered')
ORDER BY proposal_mentions.mention_id;
