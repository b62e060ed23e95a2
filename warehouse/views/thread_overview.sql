CREATE OR REPLACE VIEW thread_overview AS
WITH written AS (
    SELECT
        posts.thread_id,
        count(*) FILTER (posts.state <> 'ghost') AS posts,
        count(*) FILTER (posts.state = 'removed') AS removed_posts,
        count(*) FILTER (posts.state = 'ghost') AS ghosts,
        count(DISTINCT posts.author_id) AS participants,
        max(posts.depth) AS depth,
        count(*) FILTER (authors.is_staff AND posts.state <> 'ghost') AS staff_posts,
        max(posts.posted_at) AS last_post_at,
        sum(length(posts.text)) FILTER (posts.state <> 'ghost') AS own_characters
    FROM posts
    LEFT JOIN authors USING (author_id)
    GROUP BY ALL
),
quoted AS (
    SELECT posts.thread_id, count(*) AS quotes, sum(length(quotes.text)) AS quoted_characters
    FROM quotes
    JOIN posts USING (post_id)
    GROUP BY ALL
),
argued AS (
    SELECT
        posts.thread_id,
        count(*) FILTER (stances.stance = 'support') AS supports,
        count(*) FILTER (stances.stance = 'oppose') AS opposes,
        count(*) FILTER (stances.stance = 'mixed') AS mixed
    FROM stances
    JOIN posts USING (post_id)
    WHERE stances.target = 'post'
    GROUP BY ALL
),
moderated AS (
    SELECT thread_id, count(*) AS moderation_events FROM moderation_timeline GROUP BY ALL
),
answered AS (
    SELECT posts.thread_id, count(*)::DOUBLE / count(DISTINCT replies.parent_post_id) AS branching
    FROM replies
    JOIN posts USING (post_id)
    WHERE replies.is_primary
    GROUP BY ALL
),
shares AS (
    SELECT thread_id, count(*) / sum(count(*)) OVER (PARTITION BY thread_id) AS share
    FROM posts
    WHERE author_id IS NOT NULL
    GROUP BY thread_id, author_id
),
spread AS (
    SELECT thread_id, -sum(share * ln(share)) / nullif(ln(count(*)), 0) AS evenness FROM shares GROUP BY ALL
),
directed AS (
    SELECT DISTINCT answer.thread_id, answer.author_id AS sender, parent.author_id AS receiver
    FROM replies
    JOIN posts AS answer ON answer.post_id = replies.post_id
    JOIN posts AS parent ON parent.post_id = replies.parent_post_id
    WHERE replies.is_primary AND answer.author_id <> parent.author_id
        AND answer.thread_id = parent.thread_id
),
mutual AS (
    SELECT directed.thread_id, count(back.sender)::DOUBLE / count(*) AS reciprocity
    FROM directed
    LEFT JOIN directed AS back
        ON back.thread_id = directed.thread_id
        AND back.sender = directed.receiver AND back.receiver = directed.sender
    GROUP BY ALL
),
tied AS (
    SELECT thread_id, sender AS person, receiver AS partner FROM directed
    UNION
    SELECT thread_id, receiver, sender FROM directed
),
brokers AS (
    SELECT one.thread_id, one.person, count(*) AS apart
    FROM tied AS one
    JOIN tied AS other
        ON other.thread_id = one.thread_id AND other.person = one.person AND other.partner > one.partner
    ANTI JOIN tied AS direct
        ON direct.thread_id = one.thread_id AND direct.person = one.partner AND direct.partner = other.partner
    GROUP BY ALL
),
bridged AS (
    SELECT brokers.thread_id, arg_max(authors.name, (brokers.apart, authors.name)) AS bridge
    FROM brokers
    JOIN authors ON authors.author_id = brokers.person
    GROUP BY ALL
)
SELECT
    threads.thread_id,
    threads.title,
    threads.url,
    boards.title AS board,
    threads.started_at,
    written.last_post_at,
    coalesce(written.posts, 0) AS posts,
    coalesce(written.participants, 0) AS participants,
    coalesce(written.depth, 0) AS depth,
    coalesce(quoted.quoted_characters / nullif(quoted.quoted_characters + written.own_characters, 0), 0)
        AS quote_share,
    coalesce(written.staff_posts, 0) AS staff_posts,
    (coalesce(argued.opposes, 0) + 0.5 * coalesce(argued.mixed, 0))::DOUBLE
        / (coalesce(argued.supports, 0) + coalesce(argued.opposes, 0) + coalesce(argued.mixed, 0) + 2)
        AS contention,
    coalesce(argued.supports, 0) AS supports,
    coalesce(argued.opposes, 0) AS opposes,
    coalesce(argued.mixed, 0) AS mixed,
    coalesce(quoted.quotes, 0) AS quotes,
    coalesce(written.removed_posts, 0) AS removed_posts,
    coalesce(written.ghosts, 0) AS ghosts,
    coalesce(moderated.moderation_events, 0) AS moderation_events,
    threads.is_locked,
    threads.state,
    answered.branching,
    spread.evenness,
    mutual.reciprocity,
    bridged.bridge,
    threads.status
FROM threads
LEFT JOIN boards USING (board_id)
LEFT JOIN written USING (thread_id)
LEFT JOIN quoted USING (thread_id)
LEFT JOIN argued USING (thread_id)
LEFT JOIN moderated USING (thread_id)
LEFT JOIN answered USING (thread_id)
LEFT JOIN spread USING (thread_id)
LEFT JOIN mutual USING (thread_id)
LEFT JOIN bridged USING (thread_id);
COMMENT ON VIEW thread_overview IS 'Each thread in one line: how long, how deep, how much of it is quotation, how contested.';
COMMENT ON COLUMN thread_overview.thread_id IS 'The thread.';
COMMENT ON COLUMN thread_overview.title IS 'As shown.';
COMMENT ON COLUMN thread_overview.url IS 'Its first page.';
COMMENT ON COLUMN thread_overview.board IS 'Title of its board.';
COMMENT ON COLUMN thread_overview.started_at IS 'When it was opened.';
COMMENT ON COLUMN thread_overview.last_post_at IS 'When its latest post was written.';
COMMENT ON COLUMN thread_overview.posts IS 'Posts held, removed ones included, ghosts not.';
COMMENT ON COLUMN thread_overview.participants IS 'People who wrote in it, ghosts'' authors included.';
COMMENT ON COLUMN thread_overview.depth IS 'The longest chain of primary replies, in steps.';
COMMENT ON COLUMN thread_overview.quote_share IS 'Share of its characters that stand in quotes, 0 to 1.';
COMMENT ON COLUMN thread_overview.staff_posts IS 'Posts by staff.';
COMMENT ON COLUMN thread_overview.contention IS 'Share of opposition among the answers that take a side, a mixed one counting half; two imaginary neutral answers are added, so that one quarrel alone does not lead the list.';
COMMENT ON COLUMN thread_overview.supports IS 'Answers that support what they answer; one post that answers two counts twice.';
COMMENT ON COLUMN thread_overview.opposes IS 'Answers that oppose what they answer; one post that answers two counts twice.';
COMMENT ON COLUMN thread_overview.mixed IS 'Answers that do both.';
COMMENT ON COLUMN thread_overview.quotes IS 'Quotes in it.';
COMMENT ON COLUMN thread_overview.removed_posts IS 'Posts that a later crawl no longer found.';
COMMENT ON COLUMN thread_overview.ghosts IS 'Posts known from quotes only.';
COMMENT ON COLUMN thread_overview.moderation_events IS 'Acts of moderation about it: lines of moderation_timeline.';
COMMENT ON COLUMN thread_overview.is_locked IS 'No more replies are accepted.';
COMMENT ON COLUMN thread_overview.state IS 'visible, removed or moved.';
COMMENT ON COLUMN thread_overview.branching IS 'Answers a post got, mean over the posts that got any.';
COMMENT ON COLUMN thread_overview.evenness IS 'How evenly its posts spread over its people, 0 to 1; null for one person.';
COMMENT ON COLUMN thread_overview.reciprocity IS 'Share of the ties from one person to another that are answered in kind, 0 to 1.';
COMMENT ON COLUMN thread_overview.bridge IS 'Who connects most pairs of people that do not answer each other.';
COMMENT ON COLUMN thread_overview.status IS 'What became of an idea or a bug, in the community''s own word; null where it says nothing.';
