"""WordPress as files: answers of its interface with articles or comments, and a blog's export (XML).

Saved answers of both kinds (`/wp-json/wp/v2/posts`, `…/comments`), read together, are whole threads. Articles
name their author, and bring along some comments, where they were asked for with `_embed`. Exports hold all,
with what awaits approval or was removed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from parse.exported import Exported
from parse.json_fields import entries, listed, mapping, text
from parse.model import Reading, Thread
from parse.page import Document
from parse.software.wordpress_export import exported
from parse.software.wordpress_talk import is_article, is_comment, thread

_EXPORT = re.compile(rb"<rss\b[^<>]{0,2000}wordpress\.org/export/1")


class WordPressApi(Exported):
    name = "wordpress_api"
    software = "wordpress"

    def detect(self, doc: Document) -> float:
        if doc.json is None:
            return 0.95 if _EXPORT.search(doc.page.body[:10_000]) else 0.0
        return 0.95 if any(is_article(each) or is_comment(each) for each in _given(doc.json)) else 0.0

    def read(self, doc: Document) -> Reading:
        if doc.json is None:
            articles, warnings = exported(doc.page.body)
            found = (thread(doc, each, each["comments"]) for each in articles)
            return self.reading(doc, found, warnings=warnings)
        return self.reading(doc, _threads(doc, _given(doc.json)))


def _given(data: Any) -> list[dict[str, Any]]:
    """A list, one article or comment alone, or a list of lists: one for each page that was asked for."""
    parts = data if isinstance(data, list) else [data]
    return [each for part in parts for each in entries(part)]


def _threads(doc: Document, given: Iterable[dict[str, Any]]) -> Iterator[Thread]:
    articles: dict[str, dict[str, Any]] = {}
    comments: dict[str, dict[str, dict[str, Any]]] = {}
    for each in given:
        if is_comment(each):
            comments.setdefault(text(each["post"]), {})[text(each["id"])] = each
        elif is_article(each):
            number = text(each["id"])
            articles[number] = each
            for reply in _embedded(each):
                comments.setdefault(number, {}).setdefault(text(reply.get("id")), reply)
    for number in dict.fromkeys((*articles, *comments)):
        yield thread(doc, articles.get(number, {"id": number}), list(comments.get(number, {}).values()))


def _embedded(article: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The newest comments, which come along in a list of their own."""
    for part in listed(mapping(article.get("_embedded")).get("replies")):
        yield from entries(part)


platform = WordPressApi()
