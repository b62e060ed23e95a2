-- Answers to what goes answer the opening post from now on, so that the tree stays one.
CREATE OR REPLACE TEMP TABLE orphans AS
SELECT replies.post_id, arg_min(openings.post_id, (openings.position, openings.post_id)) AS opening
FROM replies
JOIN posts ON posts.post_id = replies.post_id
JOIN posts AS openings
    ON openings.thread_id = posts.thread_id AND openings.position < posts.position
    AND openings.post_id NOT IN (SELECT post_id FROM gone_posts)
WHERE replies.is_primary AND replies.parent_post_id IN (SELECT post_id FROM gone_posts)
    AND replies.post_id NOT IN (SELECT post_id FROM gone_posts)
GROUP BY ALL;

UPDATE posts SET full_text = text WHERE post_id IN (SELECT post_id FROM quoting);
UPDATE quotes SET
    text = '', attributed_to = NULL, source_post_id = NULL, source_method = NULL, source_confidence = NULL,
    source_ref = NULL, source_thread_id = NULL
WHERE quote_id IN (SELECT quote_id FROM quoting);

DELETE FROM replies
WHERE post_id IN (SELECT post_id FROM gone_posts) OR parent_post_id IN (SELECT post_id FROM gone_posts);
INSERT INTO replies
SELECT post_id, opening, 'sequence', 0.1, true
FROM orphans
ANTI JOIN replies ON replies.post_id = orphans.post_id AND replies.parent_post_id = orphans.opening;
UPDATE replies SET is_primary = true
FROM orphans
WHERE replies.post_id = orphans.post_id AND replies.parent_post_id = orphans.opening;

UPDATE posts SET depth = chains.depth
FROM (
    WITH RECURSIVE touched AS (
        SELECT DISTINCT posts.thread_id FROM orphans JOIN posts USING (post_id)
    ),
    chains AS (
        SELECT posts.post_id, 0 AS depth
        FROM posts
        SEMI JOIN touched USING (thread_id)
        ANTI JOIN (SELECT post_id FROM replies WHERE is_primary) AS answering USING (post_id)
        UNION ALL
        SELECT replies.post_id, chains.depth + 1
        FROM chains
        JOIN replies ON replies.parent_post_id = chains.post_id AND replies.is_primary
    )
    SELECT post_id, depth FROM chains
) AS chains
WHERE chains.post_id = posts.post_id AND chains.depth <> posts.depth;

DELETE FROM quotes WHERE post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM post_revisions WHERE post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM tagged_posts WHERE post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM codings WHERE post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM polls WHERE post_id IN (SELECT post_id FROM gone_posts);
-- What was discovered in their words bears these in its name and as its example. What others asked for there is
-- grouped anew.
CREATE OR REPLACE TEMP TABLE gone_groups AS
SELECT DISTINCT proposal_id
FROM proposals
JOIN proposal_mentions USING (proposal_id)
WHERE proposals.origin = 'discovered' AND proposal_mentions.post_id IN (SELECT post_id FROM gone_posts);
UPDATE proposal_mentions SET proposal_id = NULL WHERE proposal_id IN (FROM gone_groups);
DELETE FROM proposals WHERE proposal_id IN (FROM gone_groups);
DELETE FROM proposal_mentions WHERE post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM stances
WHERE post_id IN (SELECT post_id FROM gone_posts) OR target_post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM moderation_events WHERE post_id IN (SELECT post_id FROM gone_posts);
UPDATE moderation_events SET actor_author_id = NULL
WHERE actor_author_id IN (SELECT author_id FROM gone_authors);
DELETE FROM posts WHERE post_id IN (SELECT post_id FROM gone_posts);
DELETE FROM threads
WHERE thread_id IN (SELECT id FROM meant WHERE kind = 'thread')
    OR (thread_id IN (SELECT thread_id FROM gone_posts) AND thread_id NOT IN (SELECT thread_id FROM posts));
DELETE FROM moderation_events WHERE thread_id NOT IN (SELECT thread_id FROM threads);
DELETE FROM polls WHERE thread_id NOT IN (SELECT thread_id FROM threads);
DELETE FROM poll_votes WHERE poll_id NOT IN (SELECT poll_id FROM polls);
DELETE FROM thread_statuses WHERE thread_id NOT IN (SELECT thread_id FROM threads);
DELETE FROM authors WHERE author_id IN (SELECT author_id FROM gone_authors);

INSERT INTO tombstones SELECT digest, today, opens_with FROM in_tombstones
ON CONFLICT DO UPDATE SET opens_with = excluded.opens_with;
