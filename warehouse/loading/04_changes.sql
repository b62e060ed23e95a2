-- What this crawl shows of moderation, beside what the last one held. Runs before anything is overwritten.
-- An author's own edit or deletion is theirs: only what the page attributes to staff counts as their edit.
-- Marks that stand where words were taken out: [removed by ...], [redacted], ████.
CREATE OR REPLACE TEMP MACRO redaction_marks(words) AS regexp_extract_all(
    words, '(?i)\[[^\[\]\n]{0,40}\b(removed|redacted|deleted|edited|censored|snipped|entfernt|gelöscht|supprimé|eliminado)\b[^\[\]\n]{0,80}\]|█{2,}');

-- Posts that stand in another thread than before. Where none stays behind, two threads have become one, or, in a
-- thread that was not known, one has a new address.
CREATE OR REPLACE TEMP TABLE resettled AS
WITH moved AS (
    SELECT post_id, held_thread_id AS from_id, thread_id AS to_id, seen_at
    FROM incoming
    WHERE accepted AND NOT is_new AND thread_id <> held_thread_id AND held_state IN ('visible', 'hidden')
),
-- In this batch, or in an earlier one of the same crawl.
read_as_well AS (
    SELECT thread_id AS from_id FROM incoming_threads
    UNION
    SELECT thread_id FROM threads WHERE last_seen_at >= (SELECT began_at FROM visit)
),
new AS (
    SELECT thread_id AS to_id FROM incoming_threads WHERE is_new
    UNION
    SELECT thread_id FROM threads WHERE first_seen_at >= (SELECT began_at FROM visit)
),
staying AS (
    SELECT DISTINCT posts.thread_id AS from_id, true AS is_part
    FROM posts
    ANTI JOIN moved USING (post_id)
    -- With a thread that another batch of this crawl found gone its posts went as well.
    WHERE (posts.state IN ('visible', 'hidden') OR posts.removed_at >= (SELECT began_at FROM visit))
        AND posts.thread_id IN (SELECT from_id FROM moved)
)
SELECT
    moved.from_id, moved.to_id, min(moved.seen_at) AS seen_at, any_value(staying.is_part) IS NOT NULL AS is_part,
    CASE
        WHEN any_value(staying.is_part) IS NULL THEN CASE WHEN any_value(new.to_id) IS NULL THEN 'thread_merged' END
        WHEN any_value(source.from_id) IS NOT NULL THEN 'thread_split'
    END AS kind
FROM moved
LEFT JOIN new USING (to_id)
LEFT JOIN read_as_well AS source USING (from_id)
LEFT JOIN staying USING (from_id)
GROUP BY ALL;

-- Those that left a thread which a later batch of the crawl may show to be there still: then it was split.
CREATE TEMP TABLE IF NOT EXISTS parted (from_id VARCHAR, to_id VARCHAR, seen_at TIMESTAMPTZ);
INSERT INTO resettled
SELECT from_id, to_id, min(seen_at), true, 'thread_split' FROM parted
WHERE from_id IN (SELECT thread_id FROM incoming_threads)
GROUP BY ALL;
DELETE FROM parted WHERE from_id IN (SELECT thread_id FROM incoming_threads);
INSERT INTO parted SELECT from_id, to_id, seen_at FROM resettled WHERE is_part AND kind IS NULL;

DELETE FROM moderation_events
WHERE method = 'recrawl' AND kind = 'thread_removed' AND thread_id IN (SELECT from_id FROM resettled WHERE NOT is_part)
    AND detected_at >= (SELECT began_at FROM visit);

CREATE OR REPLACE TEMP TABLE noticed AS
SELECT
    incoming.thread_id, incoming.post_id, 'post_edited_by_staff' AS kind, incoming.edited_at AS occurred_at,
    incoming.seen_at AS detected_at, coalesce(incoming.edit_reason, '') AS excerpt, 1.0 AS confidence
FROM incoming
JOIN posts USING (post_id)
WHERE incoming.accepted AND incoming.differs AND incoming.edited_by_staff AND incoming.state = 'visible'
    AND (incoming.text, incoming.edited_at, incoming.edited_by)
        IS DISTINCT FROM (posts.text, posts.edited_at, posts.edited_by)
UNION ALL
SELECT
    incoming.thread_id, incoming.post_id, 'inline_redaction', incoming.edited_at, incoming.seen_at,
    array_to_string(redaction_marks(incoming.text), ' … '),
    CASE WHEN incoming.edited_by_staff THEN 1.0 ELSE 0.7 END
FROM incoming
JOIN posts USING (post_id)
WHERE incoming.accepted AND incoming.differs AND incoming.state = 'visible' AND incoming.text <> posts.text
    AND len(redaction_marks(incoming.text)) > len(redaction_marks(posts.text))
UNION ALL
SELECT
    incoming.thread_id, incoming.post_id,
    CASE incoming.state WHEN 'hidden' THEN 'post_hidden' ELSE 'post_removed' END,
    NULL, incoming.seen_at, '', 0.9
FROM incoming
WHERE incoming.accepted AND incoming.held_state IN ('visible', 'hidden') AND incoming.state <> incoming.held_state
    AND incoming.state IN ('hidden', 'removed')
UNION ALL
SELECT
    change.thread_id, NULL, change.kind, NULL, change.last_at, change.excerpt, change.confidence
FROM (
    SELECT
        new.thread_id, new.last_at,
        unnest([
            {'kind': 'thread_locked', 'confidence': 1.0, 'excerpt': '', 'happened': new.is_locked AND NOT old.is_locked},
            {'kind': 'thread_unlocked', 'confidence': 1.0, 'excerpt': '', 'happened': old.is_locked AND NOT new.is_locked},
            {'kind': 'thread_moved', 'confidence': 1.0, 'excerpt': coalesce(left_board.title, '') || ' → ' || coalesce(new_board.title, ''),
                'happened': new.board_id <> old.board_id},
            {'kind': 'thread_retitled', 'confidence': 0.7, 'excerpt': old.title || ' → ' || new.title,
                'happened': new.title <> old.title},
            {'kind': 'thread_removed', 'confidence': 0.9, 'excerpt': '',
                'happened': new.state = 'removed' AND old.state <> 'removed'}
        ], recursive := true)
    FROM incoming_threads AS new
    JOIN threads AS old USING (thread_id)
    LEFT JOIN boards AS left_board ON left_board.board_id = old.board_id
    LEFT JOIN boards AS new_board ON new_board.board_id = new.board_id
    WHERE new.accepted AND new.last_at > old.last_seen_at
) AS change
WHERE change.happened
UNION ALL
SELECT
    CASE resettled.kind WHEN 'thread_merged' THEN resettled.to_id ELSE resettled.from_id END,
    NULL, resettled.kind, NULL, min(resettled.seen_at), threads.title || ' → ' || coalesce(new.title, held.title), 0.9
FROM resettled
JOIN threads ON threads.thread_id = resettled.from_id
LEFT JOIN incoming_threads AS new ON new.thread_id = resettled.to_id
LEFT JOIN threads AS held ON held.thread_id = resettled.to_id
WHERE resettled.kind IS NOT NULL
GROUP BY ALL;

-- What an earlier batch of the crawl has told: more of the same posts have followed.
DELETE FROM noticed
USING moderation_events AS told
WHERE noticed.kind = 'thread_split' AND told.kind = 'thread_split' AND told.thread_id = noticed.thread_id
    AND told.excerpt = noticed.excerpt AND told.detected_at >= (SELECT began_at FROM visit);
