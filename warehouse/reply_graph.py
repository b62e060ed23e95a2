"""The reply graph of everything: posts, and edges from the answer to what it answers; streamed."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from warehouse.store import Warehouse

NODE_FIELDS = {
    "label": "string",
    "thread": "string",
    "author": "string",
    "is_staff": "boolean",
    "posted_at": "string",
    "position": "integer",
    "depth": "integer",
    "state": "string",
    "url": "string",
}
EDGE_FIELDS = {
    "method": "string",
    "confidence": "double",
    "is_primary": "boolean",
    "stance": "string",
}

_NODES = """
    SELECT
        posts.post_id AS id, left(posts.text, 80) AS label, threads.title AS thread, authors.name AS author,
        authors.is_staff, strftime(posts.posted_at, '%Y-%m-%dT%H:%M:%SZ') AS posted_at, posts.position,
        posts.depth, posts.state::VARCHAR AS state, posts.url
    FROM posts
    JOIN threads USING (thread_id)
    LEFT JOIN authors USING (author_id)
    ORDER BY posts.post_id
"""
_EDGES = """
    SELECT
        replies.post_id AS source, replies.parent_post_id AS target, replies.method::VARCHAR AS method,
        replies.confidence, replies.is_primary, stances.stance::VARCHAR AS stance
    FROM replies
    SEMI JOIN posts ON posts.post_id = replies.parent_post_id
    LEFT JOIN stances ON stances.post_id = replies.post_id AND stances.target_post_id = replies.parent_post_id
    ORDER BY source, target
"""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def nodes(db: Warehouse) -> Iterator[dict[str, Any]]:
    """Rows of `id` and NODE_FIELDS."""
    return db.rows(_NODES)


def edges(db: Warehouse) -> Iterator[dict[str, Any]]:
    """Rows of `source`, `target` and EDGE_FIELDS."""
    return db.rows(_EDGES)


def xml(value: object) -> str:
    """A value as the text of an XML attribute or element; characters that XML cannot hold are dropped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_FORBIDDEN.sub("", str(value)))
