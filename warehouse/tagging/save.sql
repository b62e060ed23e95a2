-- What was found in the tagged posts takes the place of what had been found in them before.
DELETE FROM proposal_mentions WHERE post_id IN (SELECT post_id FROM in_tagged);
INSERT INTO proposal_mentions
SELECT DISTINCT ON (mention_id)
    in_mentions.mention_id, in_mentions.post_id, in_mentions.proposal_id, in_mentions.act, in_mentions.start_offset,
    in_mentions.end_offset,
    substr(posts.text, in_mentions.start_offset + 1, in_mentions.end_offset - in_mentions.start_offset),
    in_mentions.confidence, in_mentions.rule, in_mentions.facets
FROM in_mentions
JOIN posts USING (post_id)
ORDER BY in_mentions.mention_id, in_mentions.confidence DESC, in_mentions.rule;

DELETE FROM stances WHERE post_id IN (SELECT post_id FROM in_tagged);
INSERT INTO stances
WITH aimed AS (
    SELECT in_stances.* REPLACE (
        CASE WHEN in_stances.proposal_id IS NULL
            THEN coalesce(in_stances.target_post_id, replies.parent_post_id) END AS target_post_id)
    FROM in_stances
    LEFT JOIN replies ON replies.post_id = in_stances.post_id AND replies.is_primary
)
SELECT DISTINCT ON (stance_id)
    md5(concat_ws(chr(31), 'stance', aimed.post_id, coalesce(aimed.proposal_id, ''), coalesce(aimed.target_post_id, '')))
        AS stance_id,
    aimed.post_id, posts.author_id,
    CASE WHEN aimed.proposal_id IS NULL THEN 'post' ELSE 'proposal' END,
    aimed.target_post_id, aimed.proposal_id, aimed.stance, aimed.start_offset, aimed.end_offset,
    coalesce(substr(posts.text, aimed.start_offset + 1, aimed.end_offset - aimed.start_offset), ''),
    aimed.confidence, aimed.rule, aimed.score, aimed.more_evidence
FROM aimed
JOIN posts USING (post_id)
ORDER BY stance_id, aimed.confidence DESC, aimed.rule;

DELETE FROM moderation_events
WHERE method IN ('notice', 'redaction') AND post_id IN (SELECT post_id FROM in_tagged);
INSERT INTO moderation_events
WITH named AS (
    -- Who edited is known by name only: taken where one member of the site bears it.
    SELECT site_id, lower(name) AS name, any_value(author_id) AS author_id
    FROM authors
    GROUP BY ALL
    HAVING count(*) = 1
)
SELECT DISTINCT ON (event_id)
    in_events.event_id, posts.thread_id, in_events.post_id, in_events.kind,
    CASE in_events.method WHEN 'notice' THEN posts.author_id ELSE named.author_id END,
    CASE in_events.method WHEN 'notice' THEN posts.posted_at ELSE coalesce(posts.edited_at, posts.posted_at) END,
    coalesce(revisions.seen_at, posts.first_seen_at),
    in_events.method,
    substr(posts.text, in_events.start_offset + 1, in_events.end_offset - in_events.start_offset),
    in_events.confidence, in_events.rule, in_events.start_offset, in_events.end_offset
FROM in_events
JOIN posts USING (post_id)
LEFT JOIN (SELECT post_id, text, min(seen_at) AS seen_at FROM post_revisions GROUP BY ALL) AS revisions
    ON revisions.post_id = posts.post_id AND revisions.text = posts.text
LEFT JOIN named ON named.name = lower(posts.edited_by) AND starts_with(posts.post_id, named.site_id || ':')
ORDER BY in_events.event_id, in_events.confidence DESC, in_events.rule;

MERGE INTO tagged_posts
USING (
    SELECT in_tagged.post_id, in_tagged.run_id, posts.content_hash, in_tagged.is_proposal, in_tagged.proposal_score,
        in_tagged.language
    FROM in_tagged
    JOIN posts USING (post_id)
) AS new
ON tagged_posts.post_id = new.post_id
WHEN MATCHED THEN UPDATE SET
    run_id = new.run_id,
    content_hash = new.content_hash,
    is_proposal = new.is_proposal,
    proposal_score = new.proposal_score,
    language = new.language
WHEN NOT MATCHED THEN INSERT;
