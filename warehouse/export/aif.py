"""The argument as AIF in JSON (Argument Interchange Format, as AIFdb and arguebuf read it).

Each proposal, and each post that takes a stance or is met by one, is an I-node. Support is an inference (RA)
from the post to its target, opposition a conflict (CA); a mixed stance is one of each. What a post says is
anchored in an L-node of its author by a YA-node, with a row of `locutions`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.store import Warehouse

_SCHEMES = {"support": ("RA",), "oppose": ("CA",), "mixed": ("RA", "CA")}
_NAMES = {"RA": "Default Inference", "CA": "Default Conflict"}

_STANCES = """
    SELECT stance_id, post_id, coalesce(target_post_id, proposal_id) AS target, stance::VARCHAR AS stance
    FROM stances
    WHERE stance <> 'neutral' AND coalesce(target_post_id, proposal_id) IS NOT NULL
    ORDER BY stance_id
"""
_PROPOSALS = "SELECT proposal_id, label, description FROM proposals ORDER BY proposal_id"
_POSTS = """
    SELECT
        posts.post_id, posts.text, posts.author_id, authors.name AS author,
        coalesce(strftime(posts.posted_at, '%Y-%m-%d %H:%M:%S'), '') AS posted_at, posts.url
    FROM posts
    LEFT JOIN authors USING (author_id)
    WHERE posts.post_id IN (
        SELECT unnest([post_id, target_post_id]) FROM stances WHERE stance <> 'neutral')
    ORDER BY posts.post_id
"""

MARK = None


def export(db: Warehouse, out: Path) -> None:
    out.write_text(json.dumps(graph(db), ensure_ascii=False, indent=1), encoding="utf-8")


def graph(db: Warehouse) -> dict[str, list[dict[str, Any]]]:
    """The AIF graph as JSON has it."""
    proposals = [_node(row["proposal_id"], row["label"], "I") for row in db.rows(_PROPOSALS)]
    posts = list(db.rows(_POSTS))
    known = {node["nodeID"] for node in proposals} | {post["post_id"] for post in posts}
    nodes, ends = list(proposals), []
    for post in posts:
        nodes += _said(post)
        ends += [
            (f"L:{post['post_id']}", f"YA:{post['post_id']}"),
            (f"YA:{post['post_id']}", post["post_id"]),
        ]
    for row in db.rows(_STANCES):
        for scheme in _SCHEMES[row["stance"]] if row["target"] in known else ():
            name = f"{scheme}:{row['stance_id']}"
            nodes.append(_node(name, _NAMES[scheme], scheme))
            ends += [(row["post_id"], name), (name, row["target"])]
    return {
        "nodes": nodes,
        "edges": [_edge(number, *pair) for number, pair in enumerate(ends)],
        "locutions": list(_locutions(posts)),
        "participants": list(_participants(posts)),
    }


def _said(post: dict[str, Any]) -> list[dict[str, Any]]:
    words = f"{post['author'] or 'Somebody'}: {post['text']}"
    return [
        _node(post["post_id"], post["text"], "I", post["posted_at"]),
        _node(f"L:{post['post_id']}", words, "L", post["posted_at"]),
        _node(f"YA:{post['post_id']}", "Asserting", "YA", post["posted_at"]),
    ]


def _node(name: str, text: str, kind: str, time: str = "") -> dict[str, Any]:
    return {"nodeID": name, "text": text, "type": kind, "timestamp": time}


def _edge(number: int, source: str, target: str) -> dict[str, Any]:
    return {"edgeID": str(number), "fromID": source, "toID": target, "formEdgeID": None}


def _locutions(posts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for post in posts:
        yield {
            "nodeID": f"L:{post['post_id']}",
            "personID": post["author_id"] or "",
            "timestamp": post["posted_at"],
            "start": None,
            "end": None,
            "source": post["url"],
        }


def _participants(posts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    people = {post["author_id"]: post["author"] for post in posts if post["author_id"]}
    for number, (person, name) in enumerate(sorted(people.items())):
        yield {"participantID": number, "personID": person, "firstname": name, "surname": ""}
