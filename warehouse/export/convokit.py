"""A ConvoKit corpus: a folder for `Corpus(filename=...)`.

A conversation is a thread, an utterance a post's own words, a speaker a member; the conversation's id is that
of its opening utterance, as ConvoKit asks. Quotes, stances and tags stand in the utterance's `meta`, with the
author's name and the thread's title, so that `utterances.jsonl` alone can be read back (`folkmoot parse`).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.store import Warehouse

NOBODY = "[unknown]"
"""The speaker of posts whose author is not known: ConvoKit has no utterance without one."""

MARK = "utterances.jsonl"


def export(db: Warehouse, out: Path) -> None:
    out.mkdir()
    with (out / "utterances.jsonl").open("w", encoding="utf-8") as file:
        for row in db.rows(_UTTERANCES):
            file.write(json.dumps(_utterance(row), ensure_ascii=False) + "\n")
    _write(out / "speakers.json", dict(_speakers(db)))
    _write(out / "conversations.json", dict(_conversations(db)))
    _write(out / "corpus.json", {"name": db.path.stem, "source": "Folkmoot"})
    _write(out / "index.json", _INDEX)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _utterance(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row.pop("post_id"),
        "conversation_id": row.pop("root"),
        "text": row.pop("text"),
        "speaker": row.pop("author_id") or NOBODY,
        "reply-to": row.pop("parent_post_id"),
        "timestamp": row.pop("timestamp"),
        "meta": row,
        "vectors": [],
    }


def _speakers(db: Warehouse) -> Iterator[tuple[str, Any]]:
    yield NOBODY, {"meta": dict.fromkeys(_SPEAKER_META), "vectors": []}
    for row in db.rows(
        "SELECT author_id, name, role, is_staff, site_id, profile_url FROM authors ORDER BY ALL"
    ):
        yield row.pop("author_id"), {"meta": row, "vectors": []}


def _conversations(db: Warehouse) -> Iterator[tuple[str, Any]]:
    for row in db.rows(_CONVERSATIONS):
        yield row.pop("root"), {"meta": row, "vectors": []}


_ROOTS = """
    SELECT thread_id, arg_min(post_id, (state = 'ghost', coalesce(position, 2147483647), post_id)) AS root
    FROM posts
    GROUP BY ALL
"""
# A post that answers nothing known answers the opening one here: ConvoKit takes one root a conversation.
_UTTERANCES = f"""
    WITH roots AS ({_ROOTS}),
    quoted AS (
        SELECT post_id, list({{
            'ordinal': ordinal, 'depth': depth, 'parent_quote_id': parent_quote_id, 'text': text,
            'attributed_to': attributed_to, 'source_post_id': source_post_id,
            'source_method': source_method::VARCHAR, 'source_confidence': source_confidence}}
            ORDER BY ordinal) AS quotes
        FROM quotes GROUP BY ALL
    ),
    taken AS (
        SELECT post_id, list({{
            'target': target::VARCHAR, 'target_post_id': target_post_id, 'proposal_id': proposal_id,
            'stance': stance::VARCHAR, 'confidence': confidence, 'excerpt': excerpt}}
            ORDER BY stance_id) AS stances
        FROM stances GROUP BY ALL
    ),
    named AS (
        SELECT post_id, list({{
            'proposal_id': proposal_id, 'act': act::VARCHAR, 'start': start_offset, 'end': end_offset,
            'confidence': confidence}} ORDER BY start_offset, mention_id) AS proposals
        FROM proposal_mentions GROUP BY ALL
    )
    SELECT
        posts.post_id, roots.root, posts.text, posts.author_id,
        CASE WHEN posts.post_id <> roots.root THEN coalesce(parents.post_id, roots.root) END
            AS parent_post_id,
        epoch(posts.posted_at)::BIGINT AS timestamp,
        posts.thread_id, CASE WHEN posts.post_id = roots.root THEN threads.title END AS title,
        authors.name AS author, authors.role, authors.is_staff,
        posts.position, posts.url, posts.state::VARCHAR AS state, posts.like_count,
        posts.dislike_count,
        nullif(posts.full_text, posts.text) AS full_text,
        replies.method::VARCHAR AS reply_method, replies.confidence AS reply_confidence,
        coalesce(quoted.quotes, []) AS quotes,
        coalesce(taken.stances, []) AS stances,
        coalesce(named.proposals, []) AS proposals
    FROM posts
    JOIN roots USING (thread_id)
    JOIN threads USING (thread_id)
    LEFT JOIN authors USING (author_id)
    LEFT JOIN replies ON replies.post_id = posts.post_id AND replies.is_primary
    LEFT JOIN posts AS parents
        ON parents.post_id = replies.parent_post_id AND parents.thread_id = posts.thread_id
    LEFT JOIN quoted ON quoted.post_id = posts.post_id
    LEFT JOIN taken ON taken.post_id = posts.post_id
    LEFT JOIN named ON named.post_id = posts.post_id
    ORDER BY posts.thread_id, posts.post_id <> roots.root, posts.position NULLS LAST, posts.post_id
"""  # noqa: S608 (constants)
_CONVERSATIONS = f"""
    WITH roots AS ({_ROOTS})
    SELECT roots.root, threads.thread_id, threads.title, threads.url, threads.board_id, threads.site_id,
        threads.is_locked, threads.status, threads.state::VARCHAR AS state
    FROM roots JOIN threads USING (thread_id)
    ORDER BY roots.root
"""  # noqa: S608 (constants)

_SPEAKER_META = ("name", "role", "is_staff", "site_id", "profile_url")
_LISTS, _TEXT, _NUMBER, _FLAG = ["<class 'list'>"], ["<class 'str'>"], ["<class 'int'>"], ["<class 'bool'>"]
_INDEX = {
    "utterances-index": {
        "thread_id": _TEXT,
        "title": _TEXT,
        "author": _TEXT,
        "role": _TEXT,
        "is_staff": _FLAG,
        "position": _NUMBER,
        "url": _TEXT,
        "state": _TEXT,
        "like_count": _NUMBER,
        "dislike_count": _NUMBER,
        "full_text": _TEXT,
        "reply_method": _TEXT,
        "reply_confidence": ["<class 'float'>"],
        "quotes": _LISTS,
        "stances": _LISTS,
        "proposals": _LISTS,
    },
    "speakers-index": {name: _FLAG if name == "is_staff" else _TEXT for name in _SPEAKER_META},
    "conversations-index": {
        "thread_id": _TEXT,
        "title": _TEXT,
        "url": _TEXT,
        "board_id": _TEXT,
        "site_id": _TEXT,
        "is_locked": _FLAG,
        "status": _TEXT,
        "state": _TEXT,
    },
    "overall-index": {"name": _TEXT, "source": _TEXT},
    "version": 1,
    "vectors": [],
}
