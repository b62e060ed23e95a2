"""An article of WordPress and its comments, as the interface gives them or as an export is made into."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from parse.body import untangle
from parse.dates import parse_time
from parse.html_fields import text_of
from parse.json_fields import fragment, mapping, text
from parse.model import A_LATER_PAGE, Author, Board, Post, PostState, Thread, changed
from parse.page import Document
from parse.software.bylined import bylined

COMMENT = {"post", "parent", "author_name", "content", "link", "type"}
ARTICLE = {"title", "content", "link", "comment_status", "type"}
"""Together, what only WordPress says of either."""
_STATES = {"0": PostState.HIDDEN, "hold": PostState.HIDDEN, "trash": PostState.REMOVED}


def is_comment(entry: dict[str, Any]) -> bool:
    return entry.keys() >= COMMENT and "rendered" in mapping(entry["content"])


def is_article(entry: dict[str, Any]) -> bool:
    """Those behind a password come without words."""
    is_shown = mapping(entry.get("content")).get("protected") is not True
    return entry.keys() >= ARTICLE and "rendered" in mapping(entry["title"]) and is_shown


def thread(doc: Document, article: dict[str, Any], comments: Sequence[dict[str, Any]]) -> Thread:
    """An article and what was said below it; of the article, there may be nothing but its number."""
    said = [_comment(doc, each, article) for each in sorted(comments, key=_place) if _is_said(each)]
    opening = _opening(doc, article, said) if is_article(article) else None
    above = f"post-{text(article['id'])}"
    said = [
        *([opening] if opening else []),
        *(changed(post, reply_to=post.reply_to or above) for post in said),
    ]
    link = text(article.get("link")) or next((text(each.get("link")) for each in comments), "")
    return Thread(
        id=text(article["id"]),
        title=text_of(fragment(_rendered(article, "title"))),
        url=link.partition("#")[0] or doc.page.url,
        board=_board(article),
        started_at=opening.posted_at if opening else None,
        is_locked=text(article.get("comment_status")) == "closed" if opening else None,
        is_sticky=article.get("sticky") is True if opening else None,
        page_number=1 if opening else A_LATER_PAGE,
        posts=tuple(said),
    )


def _is_said(entry: dict[str, Any]) -> bool:
    """Neither the note of another page that links here, nor what nobody was shown."""
    is_ping = text(entry.get("type")) in ("pingback", "trackback")
    return not is_ping and text(entry.get("status")) not in ("spam", "post-trashed")


def _place(entry: dict[str, Any]) -> tuple[str, int]:
    number = text(entry.get("id"))
    return text(entry.get("date_gmt")) or text(entry.get("date")), int(number) if number.isdecimal() else 0


def _opening(doc: Document, article: dict[str, Any], said: Sequence[Post]) -> Post:
    """The name of who wrote it is told beside it, where that was asked for; else by comments of the same."""
    number = text(article.get("author"))
    told = [mapping(each) for each in mapping(article.get("_embedded")).get("author") or ()]
    names = [text(each.get("name")) for each in told]
    names += [post.author.name for post in said if post.author and post.author.user_id == number]
    name = next(filter(None, names), "")
    author = Author(name=name, user_id=number or None, is_staff=True) if name else None
    body = untangle(fragment(_rendered(article, "content")))
    post = bylined(f"post-{text(article['id'])}", body, author)
    return replace(
        post, position=1, posted_at=_moment(doc, article, article), url=text(article["link"]) or None
    )


def _comment(doc: Document, entry: dict[str, Any], article: dict[str, Any]) -> Post:
    parent, number = text(entry.get("parent")), text(entry.get("author"))
    name = text_of(fragment(text(entry.get("author_name"))))
    author = None
    if name:
        is_account = number not in ("", "0")
        author = Author(
            name=name,
            user_id=number if is_account else None,
            profile_url=text(entry.get("author_url")) or None,
            is_staff=is_account and number == text(article.get("author")),
        )
    return replace(
        bylined(text(entry["id"]), untangle(fragment(_rendered(entry, "content"))), author),
        posted_at=_moment(doc, entry, article),
        url=text(entry.get("link")) or None,
        state=_STATES.get(text(entry.get("status")), PostState.VISIBLE),
        reply_to=parent if parent not in ("", "0") else None,
    )


def _moment(doc: Document, entry: dict[str, Any], article: dict[str, Any]) -> datetime | None:
    """Comments that come within an article have the time of the blog's zone alone; the article has both."""
    now, exact = doc.page.fetched_at, text(entry.get("date_gmt"))
    if exact:
        return parse_time(exact, now=now)
    return parse_time(text(entry.get("date")), now=now, zone=_zone(doc, article))


def _zone(doc: Document, article: dict[str, Any]) -> tzinfo:
    now = doc.page.fetched_at
    here, there = (parse_time(text(article.get(name)), now=now) for name in ("date", "date_gmt"))
    return timezone(here - there) if here and there and abs(here - there) < timedelta(days=1) else UTC


def _board(article: dict[str, Any]) -> Board | None:
    """The first category, where terms were asked for or exported."""
    for terms in mapping(article.get("_embedded")).get("wp:term") or ():
        for term in terms if isinstance(terms, list) else ():
            told = mapping(term)
            number, name = text(told.get("id")), text(told.get("name"))
            if text(told.get("taxonomy")) == "category" and number and name:
                return Board(id=number, title=text_of(fragment(name)), url=text(told.get("link")))
    return None


def _rendered(entry: dict[str, Any], name: str) -> str:
    return text(mapping(entry.get(name)).get("rendered"))
