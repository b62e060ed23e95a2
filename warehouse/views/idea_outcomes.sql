-- What a word says is told by the words themselves, but for "done": the platform's adapter knows what counts there.
CREATE OR REPLACE VIEW idea_outcomes AS
WITH words AS (
    SELECT
        status,
        CASE
            WHEN regexp_matches(status, '(?i)\b(declin|reject|refus|won.?t|wont ?fix|not (planned|possible|accepted|considered|doing|feasible|a bug)|no plans|no longer|invalid|works ?for ?me|works as|by ?design|no ?repro|can.?t|cannot|incomplete|out of scope|nicht|abgelehnt|non (prévu|retenu)|rechazad|recusad|no planead)')
                THEN 'declined'
            WHEN regexp_matches(status, '(?i)\b(duplicat|merged|moved|archived|closed|expired|obsolete|superseded|doppelt|geschlossen|fermé|cerrad|fechad)')
                THEN 'closed'
            WHEN regexp_matches(status, '(?i)\b(new|open|opened|reopened|re-opened|submitted|received|awaiting|pending|unconfirmed|untriaged|undecided|needs (votes|triage)|(gathering|collecting) (votes|feedback|interest)|to ?do|backlog|idea|voting|no status|not reviewed|neu|offen|nouveau|nouvelle|ouvert|nuev[ao]|abiert[ao]|nov[ao]|abert[ao])\b')
                THEN 'waiting'
            WHEN regexp_matches(status, '(?i)\b(review|consider|acknowledg|investigat|evaluat|triage|discuss|research|explor|discover|need|more info|reproduced|question|later|someday|defer|postpon|on hold|parked|not right now|not now|prüfung|geprüft|l.étude|examen|revisi|análise)')
                THEN 'considered'
            WHEN regexp_matches(status, '(?i)\b(plan|geplant|prévu|accept|approv|confirmed|start|progress|develop|working|under ?way|coming|roadmap|schedul|committed|assigned|beta|preview|pilot|next|soon|angenommen|arbeit|cours|curso|desarrollo|andamento)')
                THEN 'planned'
            ELSE 'other'
        END AS says
    FROM (SELECT status FROM threads UNION SELECT status FROM thread_statuses)
    WHERE status IS NOT NULL
),
-- Where no word says that an idea waits (UserVoice, Zendesk), it is the ideas without a word that wait.
silent AS (
    SELECT threads.site_id
    FROM thread_statuses
    JOIN threads USING (thread_id)
    JOIN words ON words.status = thread_statuses.status
    GROUP BY ALL
    HAVING NOT bool_or(words.says = 'waiting')
),
of_silent AS (
    SELECT DISTINCT threads.site_id, threads.board_id
    FROM threads
    SEMI JOIN silent USING (site_id)
    WHERE threads.status IS NOT NULL
),
ideas AS (
    SELECT threads.*, CASE
            WHEN threads.status IS NULL THEN 'waiting'
            WHEN threads.is_solved THEN 'done'
            ELSE coalesce(words.says, 'other')
        END AS outcome
    FROM threads
    LEFT JOIN words USING (status)
    WHERE threads.state = 'visible' AND (threads.status IS NOT NULL OR EXISTS (
        FROM of_silent
        WHERE of_silent.site_id = threads.site_id AND of_silent.board_id IS NOT DISTINCT FROM threads.board_id
    ))
),
told AS (
    SELECT
        thread_statuses.thread_id, seen_at, thread_statuses.status,
        lag(thread_statuses.status) OVER history AS previous,
        row_number() OVER history AS line,
        coalesce(words.says, 'waiting') AS says
    FROM thread_statuses
    LEFT JOIN words ON words.status = thread_statuses.status
    WINDOW history AS (PARTITION BY thread_id ORDER BY seen_at)
),
history AS (
    SELECT
        thread_id,
        max(seen_at) AS since,
        last(previous ORDER BY seen_at) AS previous,
        count(*) - 1 AS changes,
        min(seen_at) FILTER (says <> 'waiting') AS answered_at,
        bool_or(line = 1 AND says <> 'waiting') AS was_answered
    FROM told
    GROUP BY ALL
),
opening AS (
    SELECT
        posts.thread_id, any_value(posts.post_id) AS post_id, max(posts.like_count) AS votes,
        min(posts.posted_at) AS posted_at
    FROM posts
    WHERE posts.position = 1 AND posts.state <> 'ghost' AND posts.thread_id IN (SELECT thread_id FROM ideas)
    GROUP BY ALL
),
answered AS (
    SELECT thread_id, count(*) AS replies
    FROM posts
    WHERE position > 1 AND state IN ('visible', 'hidden') AND thread_id IN (SELECT thread_id FROM ideas)
    GROUP BY ALL
),
sides AS (
    SELECT
        stances.target_post_id AS post_id,
        count(DISTINCT stances.author_id) FILTER (stances.stance = 'support') AS supporters,
        count(DISTINCT stances.author_id) FILTER (stances.stance = 'oppose') AS opposers
    FROM stances
    WHERE stances.target = 'post' AND stances.target_post_id IN (SELECT post_id FROM opening)
    GROUP BY ALL
)
SELECT
    ideas.thread_id,
    ideas.title,
    ideas.url,
    boards.title AS board,
    coalesce(ideas.started_at, opening.posted_at) AS asked_at,
    opening.votes,
    coalesce(answered.replies, 0) AS replies,
    coalesce(sides.supporters, 0) AS supporters,
    coalesce(sides.opposers, 0) AS opposers,
    ideas.status,
    ideas.outcome,
    ideas.first_seen_at,
    coalesce(history.since, ideas.first_seen_at) AS status_since,
    history.previous AS previous_status,
    coalesce(history.changes, 0) AS changes,
    CASE
        WHEN ideas.outcome = 'waiting' THEN date_diff('day', asked_at, ideas.last_seen_at)
        WHEN NOT history.was_answered THEN date_diff('day', asked_at, coalesce(history.answered_at, history.since))
    END AS waited_days
FROM ideas
LEFT JOIN boards USING (board_id)
LEFT JOIN history USING (thread_id)
LEFT JOIN opening USING (thread_id)
LEFT JOIN answered USING (thread_id)
LEFT JOIN sides USING (post_id);
COMMENT ON VIEW idea_outcomes IS 'Each idea or bug that the community''s team answers with a status (Planned, Declined), in one line: how much wanted, what became of it, since when. Threads that are gone or merged away are left out.';
COMMENT ON COLUMN idea_outcomes.thread_id IS 'The thread.';
COMMENT ON COLUMN idea_outcomes.title IS 'As shown.';
COMMENT ON COLUMN idea_outcomes.url IS 'Its first page.';
COMMENT ON COLUMN idea_outcomes.board IS 'Title of its board.';
COMMENT ON COLUMN idea_outcomes.asked_at IS 'When it was opened.';
COMMENT ON COLUMN idea_outcomes.votes IS 'Votes or likes of its opening post; null where none are shown.';
COMMENT ON COLUMN idea_outcomes.replies IS 'Posts after the opening post, without those that were removed.';
COMMENT ON COLUMN idea_outcomes.supporters IS 'People whose replies support the opening post.';
COMMENT ON COLUMN idea_outcomes.opposers IS 'People whose replies oppose the opening post.';
COMMENT ON COLUMN idea_outcomes.status IS 'What became of it, in the community''s own word; null on sites without a word for waiting: nothing was said yet.';
COMMENT ON COLUMN idea_outcomes.outcome IS 'What the word says: waiting (nothing was decided or looked at), considered (looked at or put off, not decided), planned (or begun), done, declined, closed (duplicates and what was closed without a reason), other (a word of their own).';
COMMENT ON COLUMN idea_outcomes.first_seen_at IS 'When a crawl first saw the thread.';
COMMENT ON COLUMN idea_outcomes.status_since IS 'When a crawl first saw this status; where changes is 0, it may be older.';
COMMENT ON COLUMN idea_outcomes.previous_status IS 'The word before; null where there was none.';
COMMENT ON COLUMN idea_outcomes.changes IS 'How many changes of its status the crawls have seen; a first word counts.';
COMMENT ON COLUMN idea_outcomes.waited_days IS 'Days from asking to the crawl that saw the first answer; of those that wait, to when they were last read. Null where the answer was there at first sight.';
