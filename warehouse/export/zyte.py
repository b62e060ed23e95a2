"""JSON Lines of `ForumThread` items with their `SocialMediaPost`s, as zyte-common-items has them.

A post's text is what the page showed, quotes included: the items have no place for quotes, and none for names
of people either. Ghosts are left out: no page shows them.
"""

import json
from pathlib import Path
from typing import Any

from warehouse.store import Warehouse

_THREADS = """
    WITH answered AS (SELECT parent_post_id AS post_id, count(*) AS replies FROM replies GROUP BY ALL),
    written AS (
        SELECT thread_id, list({
            'url': coalesce(posts.url, threads.url), 'postId': posts.post_id, 'text': posts.full_text,
            'datePublished': strftime(posts.posted_at, '%Y-%m-%dT%H:%M:%SZ'),
            'reactions': {'replies': coalesce(answered.replies, 0), 'likes': posts.like_count},
            'metadata': {'dateDownloaded': strftime(posts.last_seen_at, '%Y-%m-%dT%H:%M:%SZ')}}
            ORDER BY posts.position NULLS LAST, posts.post_id) AS posts
        FROM posts
        JOIN threads USING (thread_id)
        LEFT JOIN answered USING (post_id)
        WHERE posts.state <> 'ghost'
        GROUP BY ALL
    )
    SELECT
        threads.url, threads.thread_id AS "threadId", {'name': threads.title} AS topic,
        coalesce(written.posts, []) AS posts,
        {'dateDownloaded': strftime(threads.last_seen_at, '%Y-%m-%dT%H:%M:%SZ')} AS metadata
    FROM threads
    LEFT JOIN written USING (thread_id)
    ORDER BY threads.thread_id
"""

MARK = None


def export(db: Warehouse, out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        for row in db.rows(_THREADS):
            file.write(json.dumps(_told(row), ensure_ascii=False) + "\n")


def _told(value: Any) -> Any:
    """Without what is not known: the items leave such fields out."""
    if isinstance(value, dict):
        kept = {name: _told(part) for name, part in value.items() if part is not None}
        return {name: part for name, part in kept.items() if part != {}}
    return [_told(part) for part in value] if isinstance(value, list) else value
