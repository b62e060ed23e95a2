-- Staff run the place: what they ask, they ask of members.
SELECT
    proposal_mentions.mention_id, proposal_mentions.post_id, posts.thread_id, posts.author_id,
    proposal_mentions.excerpt, coalesce(threads.title, '') AS topic,
    -- "community.home-hub.example" is named after the hub as well.
    concat_ws(' ', sites.title, trim(regexp_replace(sites.base_url, '[^a-z]+', ' ', 'gi')), boards.title) AS place,
    posts.posted_at AS said_at
FROM proposal_mentions
JOIN posts USING (post_id)
JOIN threads USING (thread_id)
JOIN sites USING (site_id)
LEFT JOIN boards USING (board_id)
LEFT JOIN authors USING (author_id)
LEFT JOIN proposals USING (proposal_id)
WHERE proposal_mentions.act <> 'advise' AND NOT coalesce(authors.is_staff, false)
    AND (proposals.proposal_id IS NULL OR proposals.origin = 'discovered')
ORDER BY proposal_mentions.mention_id;
