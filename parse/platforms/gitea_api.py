"""Gitea's and Forgejo's interface: issues, pull requests, their comments and what happened to them, as JSON.

Known from its structures. Numbers and addresses are those of the pages, so that what is read from both is
one. Who may write to the repository is not told, nor who reacted to what.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.exported import Exported
from parse.json_fields import entries, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import A_LATER_PAGE, Author, Board, ParseError, PlatformEvent, Post, Reading, Thread
from parse.page import Document
from parse.software.bylined import bylined

_THING = re.compile(r"\A(?P<site>https?://.+?/(?P<repository>[^/]+/[^/]+))/(?P<place>(?:issues|pulls)/\d+)\Z")
_MARK = b'"original_author"'
"""Who wrote what was taken over from elsewhere: GitHub, whose answers are much alike, has no such thing."""
_SAID = ("", "comment", "review")
_HAPPENED = {"lock": "thread_locked", "unlock": "thread_unlocked", "change_title": "thread_retitled"}


class GiteaApi(Exported):
    name = "gitea_api"
    software = "gitea"

    def detect(self, doc: Document) -> float:
        if _MARK not in doc.page.body or doc.json is None:
            return 0.0
        return 0.95 if any(_place(each) for each in _entries(doc.json)) else 0.0

    def read(self, doc: Document) -> Reading:
        things: dict[str, dict[str, Any]] = {}
        below: dict[str, list[dict[str, Any]]] = {}
        for each in _entries(doc.json):
            if place := _place(each):
                below.setdefault(place, [])
                things |= {place: each} if "title" in each else {}
                below[place] += [each] if "title" not in each else []
        if not below:
            raise ParseError(f"{doc.page.url}: JSON, but neither issues nor comments of Gitea are in it")
        return self.reading(
            doc, [_thread(doc, place, things.get(place, {}), said) for place, said in below.items()]
        )


def _entries(data: Any) -> Iterator[dict[str, Any]]:
    yield from entries(data if isinstance(data, list) else [data])


def _place(entry: dict[str, Any]) -> str:
    """Where the issue stands that it is, or is below of."""
    if "node_id" in entry or not isinstance(entry.get("user"), dict):
        return ""
    own = text(entry.get("html_url")) if "title" in entry else ""
    url = own or text(entry.get("issue_url")) or text(entry.get("pull_request_url"))
    return url if _THING.match(url) else ""


def _thread(doc: Document, place: str, thing: dict[str, Any], below: list[dict[str, Any]]) -> Thread:
    m = _THING.match(place)
    repository, site = (m["repository"], m["site"]) if m else ("", place)
    state, pull = text(thing.get("state")), mapping(thing.get("pull_request"))
    said = (each for each in below if text(each.get("type")) in _SAID and text(each.get("body")).strip())
    events = tuple(_events(doc, below))
    locks = [event.kind for event in events if event.kind.endswith("locked")]
    opening = [_post(doc, thing, f"issue-{text(thing.get('id'))}", place)] if thing else []
    return Thread(
        id=f"{repository}/{m['place']}" if m else place,
        title=text(thing.get("title")),
        url=place,
        board=Board(id=repository, title=repository, url=f"{site}/issues"),
        started_at=_time(doc, thing.get("created_at")),
        stated_reply_count=whole(thing.get("comments")),
        is_locked=thing.get("is_locked") is True or locks[-1:] == ["thread_locked"],
        is_solved=pull.get("merged") is True or (state == "closed" and not pull),
        status=state.capitalize() or None,
        page_number=1 if thing else A_LATER_PAGE,
        posts=(*opening, *(_comment(doc, each, place) for each in said)),
        events=events,
    )


def _comment(doc: Document, entry: dict[str, Any], place: str) -> Post:
    """What was changed later was edited: of an issue, anything that happens to it changes it."""
    number = text(entry["id"])
    post = _post(doc, entry, f"issuecomment-{number}", place)
    changed = _time(doc, entry.get("updated_at"))
    is_edited = changed and post.posted_at and changed > post.posted_at
    return replace(post, edited_at=changed if is_edited else None)


def _post(doc: Document, entry: dict[str, Any], number: str, place: str) -> Post:
    said = untangle_markdown(text(entry.get("body")).strip() or text(entry.get("title")))
    made = bylined(number, said, _author(entry))
    return replace(made, posted_at=_time(doc, entry.get("created_at")), url=f"{place}#{number}")


def _author(entry: dict[str, Any]) -> Author | None:
    """Of what was taken over from elsewhere, who wrote it there."""
    if elsewhere := text(entry.get("original_author")):
        return Author(name=elsewhere)
    user = mapping(entry.get("user"))
    login = text(user.get("login"))
    name = text(user.get("full_name")).strip() or login
    page = text(user.get("html_url")) or None
    return Author(name=name, user_id=login, login=login, profile_url=page) if login else None


def _events(doc: Document, below: list[dict[str, Any]]) -> Iterator[PlatformEvent]:
    for each in below:
        if kind := _HAPPENED.get(text(each.get("type"))):
            yield PlatformEvent(
                kind=kind,
                actor=_author(each),
                occurred_at=_time(doc, each.get("created_at")),
                excerpt=text(each.get("new_title"))[:200],
            )


def _time(doc: Document, value: Any) -> datetime | None:
    return parse_time(text(value), now=doc.page.fetched_at)


platform = GiteaApi()
