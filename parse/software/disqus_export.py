"""The XML that Disqus hands out to whoever runs a site: threads and comments, as its interface has them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, iterparse
from xml.etree.ElementTree import ParseError as ParseFailure

_ID = "{http://disqus.com/disqus-internals}id"
_TRUTHS = {"true": True, "false": False}


def exported(body: bytes) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Every comment, its thread within it, and what to warn of where the file breaks off."""
    threads: dict[str, dict[str, Any]] = {}
    comments: list[dict[str, Any]] = []
    try:
        for node in _told(body):
            if _name(node) == "thread":
                threads[node.get(_ID, "")] = _fields(node)
            elif _name(node) == "post":
                comments.append(_fields(node))
    except (ParseFailure, ValueError, LookupError) as error:
        warnings: tuple[str, ...] = (f"the export breaks off or is damaged ({error}); read up to there",)
    else:
        warnings = ()
    for comment in comments:
        comment["thread"] = threads.get(comment.get("thread", ""), comment.get("thread"))
    return comments, warnings


def _told(body: bytes) -> Iterator[Element]:
    """What stands directly in the root, one by one: comments name their thread by an element, too."""
    depth = 0
    for event, node in iterparse(BytesIO(body.lstrip()), ("start", "end")):  # noqa: S314 - expat bounds entities
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 1:
            yield node
            node.clear()


def _fields(node: Element) -> dict[str, Any]:
    """The thread and the comment answered are named by their ids alone."""
    fields: dict[str, Any] = {}
    for child in node:
        words = (child.text or "").strip()
        fields[_name(child)] = child.get(_ID) or (_fields(child) if len(child) else _TRUTHS.get(words, words))
    return fields | {"id": node.get(_ID, "")}


def _name(node: Element) -> str:
    """Without the namespace."""
    return node.tag.rpartition("}")[2]
