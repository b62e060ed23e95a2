-- What this crawl shows of moderation, beside what the last one held. Runs before anything is overwritten.
-- An author's own edit or deletion is theirs: only what the page attributes to staff counts as their edit.
-- Marks that stand where words were taken out: [removed by ...], [redacted], ████.
CREATE OR REPLACE TEMP MACRO redaction_marks(words) AS regexp_extract_all(
    words, '(?i)\[[^\[\]\n]{0,40}\b(removed|redacted|deleted|edited|censored|snipped|entfernt|gelöscht|supprimé|eliminado)\b[^\[\]\n]{0,80}\]|█{2,}');

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
WHERE change.happened;
