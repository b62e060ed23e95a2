-- Working tables of one report, without any text so that a million posts stay small.
-- A person is an account, or the single post of an unknown author: unknown people are never merged.
CREATE OR REPLACE TEMP TABLE report_posts AS
SELECT
    p.post_id, p.thread_id, p.author_id, coalesce(p.author_id, p.post_id) AS person,
    coalesce(a.is_staff, false) AS is_staff, p.position, p.state::VARCHAR AS state,
    timezone('UTC', p.posted_at) AS stamp,
    date_trunc('week', timezone('UTC', p.posted_at))::DATE AS week,
    CASE WHEN p.posted_at IS NULL THEN s.since IS NULL
         ELSE timezone('UTC', p.posted_at) >= coalesce(s.since, '-infinity'::TIMESTAMP) END AS in_period,
    coalesce(timezone('UTC', p.posted_at) >= s.recent, false) AS in_recent,
    coalesce(timezone('UTC', p.posted_at) >= s.before AND timezone('UTC', p.posted_at) < s.recent, false)
        AS in_before
FROM posts p
LEFT JOIN authors a USING (author_id)
CROSS JOIN report_period s
WHERE p.posted_at IS NULL OR timezone('UTC', p.posted_at) < s.until;

CREATE OR REPLACE TEMP TABLE report_mentions AS
SELECT m.mention_id, m.post_id, m.proposal_id, m.act::VARCHAR AS act, m.confidence,
       r.mention_id IS NOT NULL AS is_request,
       p.thread_id, p.author_id, p.person, p.stamp, p.week, p.in_period, p.in_recent, p.in_before
FROM proposal_mentions m
JOIN report_posts p USING (post_id)
LEFT JOIN (SELECT mention_id FROM counted_requests) r USING (mention_id)
WHERE m.proposal_id IS NOT NULL;

-- What is asked for and belongs to no proposal, as surely as counted_requests asks of those that do.
CREATE OR REPLACE TEMP TABLE report_outside AS
SELECT m.mention_id, p.post_id, p.person, p.stamp, m.confidence
FROM proposal_mentions m
JOIN report_posts p USING (post_id)
WHERE m.proposal_id IS NULL AND m.act = 'propose' AND m.confidence >= 0.4 AND p.in_period;

CREATE OR REPLACE TEMP TABLE report_stances AS
SELECT s.stance_id, s.post_id, s.proposal_id, s.stance::VARCHAR AS stance, s.confidence,
       -- known by the post that it agrees or disagrees with, not by words about the proposal itself
       s.rule LIKE 'carried.%' AS is_carried,
       p.thread_id, p.author_id, p.person, p.stamp, p.week, p.in_period, p.in_recent, p.in_before
FROM counted_stances s
JOIN report_posts p USING (post_id);

-- Where each person known by name stands on each proposal by their last word (as the view positions has it):
-- within the period, over all time until its end, and over all time until the recent stretch began.
CREATE OR REPLACE TEMP TABLE report_positions AS
WITH moments AS (
    SELECT 'period' AS moment, * FROM report_stances WHERE in_period
    UNION ALL SELECT 'end', * FROM report_stances
    UNION ALL SELECT 'start', * FROM report_stances WHERE NOT in_recent
)
SELECT moment, proposal_id, author_id, stance, thread_id, stamp,
       bool_or(NOT is_carried) OVER (PARTITION BY moment, proposal_id, author_id, stance) AS is_said
FROM moments
WHERE author_id IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY moment, proposal_id, author_id ORDER BY stamp DESC NULLS LAST, confidence DESC, post_id DESC) = 1;

-- One line for one act, however many tell of it (the view moderation_timeline), within the period.
CREATE OR REPLACE TEMP TABLE report_events AS
SELECT e.event_ids[1] AS event_id, e.thread_id, e.post_id, e.kind::VARCHAR AS kind, e.actor_author_id,
       e.methods, e.excerpt, e.confidence, e.maybe_by_author,
       timezone('UTC', e.happened_at) AS stamp,
       e.occurred_at IS NULL AS is_detection,
       -- a lock that the first crawl finds may be years old; what two crawls differ in happened between them
       e.occurred_at IS NOT NULL OR list_contains(e.methods, 'recrawl') AS is_dated,
       is_dated AND coalesce(timezone('UTC', e.happened_at) >= s.recent, false) AS in_recent,
       is_dated AND coalesce(
           timezone('UTC', e.happened_at) >= s.before AND timezone('UTC', e.happened_at) < s.recent, false)
           AS in_before
FROM moderation_timeline e
CROSS JOIN report_period s
WHERE (s.since IS NULL OR timezone('UTC', e.happened_at) >= s.since)
  AND timezone('UTC', e.happened_at) < CASE WHEN e.occurred_at IS NULL THEN s.seen_until ELSE s.until END;

-- Hours between a post and what staff did about it, where both times are known and the post is not
-- the notice itself.
CREATE OR REPLACE TEMP TABLE report_delays AS
SELECT e.event_id, date_diff('minute', p.stamp, e.stamp) / 60.0 AS hours,
       CASE WHEN hours <= 1 THEN 'within an hour' WHEN hours <= 24 THEN 'after an hour, within a day'
            WHEN hours <= 168 THEN 'after a day, within a week' ELSE 'after more than a week' END AS span
FROM report_events e
JOIN report_posts p USING (post_id)
WHERE NOT e.is_detection AND e.stamp > p.stamp
  AND (e.actor_author_id IS NULL OR p.author_id IS NULL OR e.actor_author_id <> p.author_id)
  AND NOT p.is_staff;

-- Ideas asked before the report ends, as they stood when last read; `path`: the statuses that the recent stretch
-- brought, and the one before them; empty where it brought none.
CREATE OR REPLACE TEMP TABLE report_ideas AS
WITH told AS (
    SELECT thread_id, seen_at, status, lag(status) OVER history AS previous, row_number() OVER history AS line
    FROM thread_statuses
    WINDOW history AS (PARTITION BY thread_id ORDER BY seen_at)
), lately AS (
    SELECT thread_id, max(seen_at) AS changed_at,
           list_prepend(first(previous ORDER BY seen_at), list(status ORDER BY seen_at)) AS path
    FROM told CROSS JOIN report_period s
    WHERE line > 1 AND timezone('UTC', seen_at) >= s.recent AND timezone('UTC', seen_at) < s.seen_until
    GROUP BY thread_id
)
SELECT i.thread_id, i.title, i.url, coalesce(i.board, '') AS board, coalesce(i.status, '') AS status, i.outcome,
       i.votes, i.replies, timezone('UTC', i.asked_at) AS asked, timezone('UTC', i.status_since) AS since,
       i.changes > 0 AS is_since_known, i.waited_days,
       timezone('UTC', l.changed_at) AS changed, coalesce(l.path, []) AS path
FROM idea_outcomes i
LEFT JOIN lately l USING (thread_id)
CROSS JOIN report_period s
WHERE i.asked_at IS NULL OR timezone('UTC', i.asked_at) < s.until;

-- Polls asked before the report ends, one line each, as they stood when they were last seen before it ends; votes that
-- were never shown are null.
CREATE OR REPLACE TEMP TABLE report_polls AS
WITH stood AS (
    SELECT v.poll_id, v.option_number, arg_max(v.option, v.seen_at) AS option,
           arg_max(v.votes, v.seen_at) FILTER (v.votes IS NOT NULL) AS votes,
           arg_min(v.votes, v.seen_at) FILTER (v.votes IS NOT NULL) AS first_votes
    FROM poll_votes v
    JOIN polls p ON p.poll_id = v.poll_id AND v.option_number <= p.option_count
    CROSS JOIN report_period s
    WHERE timezone('UTC', v.seen_at) < s.seen_until
    GROUP BY ALL
)
SELECT p.poll_id, p.thread_id, coalesce(x.url, t.url) AS url, p.post_id, p.question, p.voters, p.is_closed,
       timezone('UTC', p.closes_at) AS closes, timezone('UTC', p.first_seen_at) AS first_seen,
       timezone('UTC', p.last_seen_at) AS seen,
       list(o.option ORDER BY o.option_number) AS options, list(o.votes ORDER BY o.option_number) AS votes,
       list(o.votes - o.first_votes ORDER BY o.option_number) AS gained
FROM polls p
JOIN stood o USING (poll_id)
JOIN threads t USING (thread_id)
LEFT JOIN posts x ON x.post_id = p.post_id
LEFT JOIN report_posts r ON r.post_id = p.post_id
WHERE p.post_id IS NULL OR r.post_id IS NOT NULL
GROUP BY ALL;
