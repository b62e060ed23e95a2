"""GitHub's interfaces: issues, pull requests, discussions, comments as JSON; what `gh … --json` writes.

Known from their documentation. What a file holds is found wherever it stands in it, be it an issue, a page of
a list, the answer to a question in GraphQL, or several of these in a list; comments of many issues are told
apart by their addresses.
"""

import re
from collections.abc import Iterator
from typing import Any

from parse.exported import Exported
from parse.model import A_LATER_PAGE, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.software.github_answer import board, comment, is_comment, is_thing, place, thread, thread_number

_ADDRESS = re.compile(rb"/(?:issues|pull|discussions)/\d+")
_DEEPEST = 9
"""How far down things stand: in a list of answers with data, repository, connection, edges and nodes."""


class GitHubApi(Exported):
    name = "github_api"

    def detect(self, doc: Document) -> float:
        if not _ADDRESS.search(doc.page.body) or doc.json is None:
            return 0.0
        return 0.95 if next(_found(doc.json), None) else 0.0

    def read(self, doc: Document) -> Reading:
        threads = (*_things(doc), *_talks(doc))
        if not threads:
            raise ParseError(f"{doc.page.url}: JSON, but neither issues nor comments of GitHub are in it")
        return self.reading(doc, threads)


def _found(data: Any, deepest: int = _DEEPEST) -> Iterator[dict[str, Any]]:
    """Issues, pull requests, discussions, and comments that do not stand within them."""
    if isinstance(data, dict) and (is_thing(data) or is_comment(data)):
        yield data
    elif isinstance(data, (dict, list)) and deepest:
        for each in data.values() if isinstance(data, dict) else data:
            yield from _found(each, deepest - 1)


def _things(doc: Document) -> Iterator[Thread]:
    for each in _found(doc.json):
        if is_thing(each) and (m := place(each)):
            yield thread(doc, each, m)


def _talks(doc: Document) -> Iterator[Thread]:
    """What was said below things that stand elsewhere."""
    places: dict[str, re.Match[str]] = {}
    posts: dict[str, list[Post]] = {}
    for each in _found(doc.json):
        if is_comment(each) and (m := place(each)):
            places.setdefault(thread_number(m), m)
            posts.setdefault(thread_number(m), []).append(comment(doc, each))
    for number, m in places.items():
        url = m[0].partition("#")[0]
        said = tuple(posts[number])
        yield Thread(id=number, title="", url=url, board=board(m), page_number=A_LATER_PAGE, posts=said)


platform = GitHubApi()
