"""Disqus: comments below pages, from its interface's JSON, the page it embeds, and the XML that it exports.

Known from what uses its interface and reads its exports. The interface gives the pages that were commented on
where it is asked for them (`related=thread`), the export always; who moderates is told by the embedded page.
"""

import re
from collections.abc import Iterator
from typing import Any

from parse.exported import Exported, boards_of
from parse.json_fields import decoded, entries, listed, mapping
from parse.model import PageKind, Reading, Thread
from parse.page import Document
from parse.software.disqus_export import exported
from parse.software.disqus_talk import is_comment, thread, thread_number

_STATE = "disqus-threadData"
_EXPORT = re.compile(rb"<disqus\b[^<>]{0,500}disqus\.com/disqus-internals")


class Disqus(Exported):
    name = "disqus"

    def detect(self, doc: Document) -> float:
        if doc.json is not None:
            return 0.95 if any(map(is_comment, _given(doc.json))) else 0.0
        return 0.95 if _EXPORT.search(doc.page.body[:2000]) or _is_embedded(doc) else 0.0

    def read(self, doc: Document) -> Reading:
        said, warnings, is_whole = _said(doc)
        threads = tuple(_threads(doc, list(filter(is_comment, said))))
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD if threads or not is_whole else PageKind.OTHER,
            canonical_url=self.canonical(doc.page.url),
            boards=boards_of(threads),
            threads=threads,
            warnings=warnings,
        )


def _said(doc: Document) -> tuple[list[dict[str, Any]], tuple[str, ...], bool]:
    """The comments, what to warn of, and whether all is there: below many a page nobody said anything."""
    if doc.json is not None:
        return _given(doc.json), (), True
    if _EXPORT.search(doc.page.body[:2000]):
        said, warnings = exported(doc.page.body)
        return said, warnings, not warnings
    node = doc.tree.css_first(f"script#{_STATE}")
    state = decoded(node.text()) if node is not None else None
    return _given(state), (), state is not None


def _is_embedded(doc: Document) -> bool:
    return _STATE in doc.text and doc.tree.css_first(f"script#{_STATE}") is not None


def _given(data: Any) -> list[dict[str, Any]]:
    """Of an answer, of a page's state, which tells the thread once for all, or of a list made of answers."""
    response = data.get("response") if isinstance(data, dict) else data
    if isinstance(response, dict):
        told = mapping(response.get("thread"))
        return [
            {**each, "thread": told or each.get("thread")} for each in entries(listed(response.get("posts")))
        ]
    return list(entries(listed(response)))


def _threads(doc: Document, comments: list[dict[str, Any]]) -> Iterator[Thread]:
    of_thread: dict[str, list[dict[str, Any]]] = {}
    for each in comments:
        of_thread.setdefault(thread_number(each), []).append(each)
    for number, said in of_thread.items():
        told = next((mapping(each["thread"]) for each in said if isinstance(each.get("thread"), dict)), {})
        yield thread(doc, number, told, said)


platform = Disqus()
