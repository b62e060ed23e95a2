"""What forum-dl writes as JSON Lines: boards, threads and posts of a site, a line each."""

from typing import Any

from parse import json_lines
from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.exported import Exported
from parse.json_fields import epoch, fragment, listed, mapping, text
from parse.model import Author, Board, PageKind, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.quotes.plain import untangle_text

_QUOTES = QuoteMarkup(
    block="blockquote, aside.quote, .quote_block",
    head="blockquote > cite, blockquote > div > cite, aside.quote > .title, .bbCodeBlock-title, "
    ".ipsQuote_citation",
    drop=(".bbCodeBlock-expandLink", "script"),
)


class ForumDl(Exported):
    name = "forum_dl"

    def detect(self, doc: Document) -> float:
        said = _item(json_lines.first(doc))
        is_post = {"path", "content", "author"} <= said.keys()
        return 0.95 if isinstance(said.get("path"), list) and (is_post or "origin" in said) else 0.0

    def read(self, doc: Document) -> Reading:
        posts: dict[tuple[str, ...], list[Post]] = {}
        titles: dict[tuple[str, ...], tuple[str, str]] = {}
        unread: list[int] = []
        for number, line in json_lines.objects(doc):
            said = _item(line or {})
            path = tuple(text(part) for part in listed(said.get("path")))
            if not path:
                unread.append(number)
            elif "content" in said:
                posts.setdefault(path, []).append(_post(said, path, doc))
            else:
                titles[path] = (text(said.get("title")), text(said.get("url")))
        if not posts:
            raise ParseError(f"{doc.page.url}: JSON Lines of forum-dl, but no post among them")
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=self.canonical(doc.page.url),
            threads=tuple(_thread(path, found, titles) for path, found in posts.items()),
            warnings=json_lines.unread(unread),
        )


def _item(line: dict[str, Any]) -> dict[str, Any]:
    """The object itself; newer versions wrap it and say of what type it is."""
    return mapping(line["item"]) if "item" in line else line


def _thread(
    path: tuple[str, ...], posts: list[Post], titles: dict[tuple[str, ...], tuple[str, str]]
) -> Thread:
    title, url = titles.get(path, ("", ""))
    above = path[:-1]
    board_title, board_url = titles.get(above, ("", ""))
    return Thread(
        id=path[-1],
        title=title,
        url=url or (posts[0].url or ""),
        board=Board(id="/".join(above), title=board_title or above[-1], url=board_url) if above else None,
        started_at=posts[0].posted_at,
        posts=tuple(posts),
    )


def _post(said: dict[str, Any], path: tuple[str, ...], doc: Document) -> Post:
    """The quotes are still in the HTML; a path below the thread is a tree of replies."""
    content, name = text(said.get("content")), text(said.get("author"))
    body = untangle(fragment(content), _QUOTES) if "<" in content else untangle_text(content)
    place = [text(part) for part in listed(said.get("subpath"))]
    stated = said.get("creation_time")
    return Post(
        id=place[-1] if place else text(said.get("url")) or "/".join(path),
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=Author(name=name) if name else None,
        author_method="byline" if name else None,
        author_confidence=1.0 if name else None,
        posted_at=epoch(stated) or parse_time(text(stated), now=doc.page.fetched_at),
        url=text(said.get("url")) or None,
        reply_to=place[-2] if len(place) > 1 else None,
    )


platform = ForumDl()
