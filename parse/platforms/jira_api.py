"""Jira's interface (versions 2 and 3), of servers and of Jira Cloud: saved answers with issues and comments.

Known from such answers. An answer holds an issue or, when it was searched for them, many. Cloud's people have
numbers in the place of logins. What was said below an issue comes with it, unless it was left out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.exported import Exported
from parse.feedback import is_done
from parse.json_fields import entries, listed, mapping, text, whole
from parse.model import Author, Board, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.bylined import bylined
from parse.software.jira_words import untangle_jira

_KEY = re.compile(r"([A-Z][A-Z0-9_]*)-\d+")
_INTERFACE = re.compile(r"\A(https?://.*?)/rest/(?:api|agile)/")
_UNSETTLED = ("", "unresolved")


class JiraApi(Exported):
    name = "jira_api"
    software = "jira"

    def detect(self, doc: Document) -> float:
        return 0.95 if next(_issues(doc.json), None) else 0.0

    def read(self, doc: Document) -> Reading:
        threads = tuple(_thread(doc, issue) for issue in _issues(doc.json))
        if not threads:
            raise ParseError(f"{doc.page.url}: JSON, but no issue of Jira is in it")
        return self.reading(doc, threads)


def _issues(data: Any) -> Iterator[dict[str, Any]]:
    """The issue itself, those that a search found, or those of a list of issues or of searches."""
    for each in entries(data):
        yield from filter(_is_issue, [each, *entries(listed(each.get("issues")))])


def _is_issue(entry: dict[str, Any]) -> bool:
    fields = entry.get("fields")
    return isinstance(fields, dict) and "summary" in fields and bool(_KEY.fullmatch(text(entry.get("key"))))


def _thread(doc: Document, issue: dict[str, Any]) -> Thread:
    """Closed for a reason that is no success is not solved."""
    key, fields = text(issue["key"]), issue["fields"]
    m = _INTERFACE.match(text(issue.get("self")))
    url = f"{m[1]}/browse/{key}" if m else doc.page.url
    talk = mapping(fields.get("comment"))
    said = sorted(entries(listed(talk.get("comments"))), key=lambda each: whole(each.get("id")) or 0)
    status, resolution = (text(mapping(fields.get(name)).get("name")) for name in ("status", "resolution"))
    shown = (status, "" if resolution.casefold() in _UNSETTLED else resolution)
    total, opening = whole(talk.get("total")), _opening(doc, issue, url)
    is_whole = total in (None, len(said))  # else it is not told which comments were left out
    return Thread(
        id=key,
        title=text(fields["summary"]),
        url=url,
        board=_board(fields, key, url),
        started_at=opening.posted_at,
        stated_reply_count=total,
        is_solved=is_done(resolution),
        status=": ".join(filter(None, shown)) or None,
        posts=(
            opening,
            *(_comment(doc, each, url, n if is_whole else None) for n, each in enumerate(said, 2)),
        ),
    )


def _board(fields: dict[str, Any], key: str, url: str) -> Board:
    project, prefix = mapping(fields.get("project")), key.rpartition("-")[0]
    return Board(
        id=prefix, title=text(project.get("name")) or prefix, url=url.replace(f"/{key}", f"/{prefix}")
    )


def _opening(doc: Document, issue: dict[str, Any], url: str) -> Post:
    """Many an issue is told by its title alone."""
    fields = issue["fields"]
    body: Body = untangle_jira(fields.get("description"))
    return replace(
        bylined(
            text(issue["key"]),
            body if body.full_text else untangle_jira(fields["summary"]),
            _author(fields.get("reporter") or fields.get("creator")),
        ),
        position=1,
        posted_at=_time(doc, fields.get("created")),
        url=url,
        like_count=whole(mapping(fields.get("votes")).get("votes")),
    )


def _comment(doc: Document, entry: dict[str, Any], url: str, position: int | None) -> Post:
    number, created, updated = (text(entry.get(name)) for name in ("id", "created", "updated"))
    editor = _author(entry.get("updateAuthor"))
    is_edited = bool(updated) and updated != created
    return replace(
        bylined(number, untangle_jira(entry.get("body")), _author(entry.get("author"))),
        position=position,
        posted_at=_time(doc, created),
        edited_at=_time(doc, updated) if is_edited else None,
        edited_by=editor.name if editor and is_edited else None,
        url=f"{url}?focusedCommentId={number}#comment-{number}",
    )


def _author(value: Any) -> Author | None:
    """By the name shown; servers know people by their logins, Cloud by numbers."""
    user = mapping(value)
    login, number = text(user.get("name")), text(user.get("accountId")) or text(user.get("key"))
    name = text(user.get("displayName")).strip() or login
    return Author(name=name, user_id=login or number or None, login=login or None) if name else None


def _time(doc: Document, value: Any) -> datetime | None:
    return parse_time(text(value), now=doc.page.fetched_at)


platform = JiraApi()
