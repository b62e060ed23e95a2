"""GitLab's interface (REST, version 4): issues and merge requests, and what was said below them, as JSON.

Known from its documentation. Its pages are drawn by scripts and hold no talk. An issue is one answer, its
discussions are another; what GitLab notes itself ("locked the discussion") stands among them and is no post.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.json_fields import entries, listed, mapping, text, whole
from parse.model import Link, LinkKind, PageKind, Reading, Thread, ThreadRow
from parse.page import Document
from parse.software.gitlab_issue import board, events, numbered, posts, thing_number, thread
from parse.urls import parameter, tidy

_THING = re.compile(r"\A(.*?/api/v4/projects/([^/?#]+)/(issues|merge_requests))/(\d+)")
_LIST = re.compile(r"\A(.*?/api/v4/projects/[^/?#]+/(?:issues|merge_requests))/?(?:\?|\Z)")
_KEPT = ("state", "scope", "labels", "search", "order_by", "sort", "per_page", "page")
_NEXT = re.compile(r'<([^<>]+)>\s*;\s*rel="next"')
_MOST = 100
"""Objects an answer; no more are given."""


class GitLabApi:
    name = "gitlab_api"

    def detect(self, doc: Document) -> float:
        return 0.95 if doc.json is not None and _kind(doc.json) else 0.0

    def canonical(self, url: str) -> str:
        return re.sub(r"([?&])page=1(?:&|\Z)", r"\1", tidy(url, _KEPT)).rstrip("?&")

    def read(self, doc: Document) -> Reading:
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        match _kind(doc.json):
            case "thing":
                return self._thing(doc, mapping(doc.json), reading)
            case "things":
                return self._listing(doc, reading)
            case "talk":
                return self._talk(doc, reading)
        return replace(reading, warnings=("JSON, but neither issues nor discussions of GitLab",))

    def _thing(self, doc: Document, thing: dict[str, Any], reading: Reading) -> Reading:
        """What was said below it, if anything was, is asked for apart."""
        talk, here = thread(doc, thing), board(thing)
        url = f"{_thing_url(thing, reading.canonical_url)}/discussions?per_page={_MOST}"
        return replace(
            reading,
            kind=PageKind.THREAD,
            threads=(talk,),
            boards=(here,) if here else (),
            links=(Link(url=url, kind=LinkKind.POSTS),) if talk.stated_reply_count != 0 else (),
        )

    def _listing(self, doc: Document, reading: Reading) -> Reading:
        things = [each for each in entries(doc.json) if _is_thing(each)]
        rows = tuple(_row(each, reading.canonical_url) for each in things)
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        return replace(
            reading,
            kind=PageKind.BOARD,
            board=board(things[0]),
            rows=rows,
            links=(*links, *self._next(doc, reading, LinkKind.PAGE)),
        )

    def _talk(self, doc: Document, reading: Reading) -> Reading:
        """Discussions, each with its notes, or notes alone; what they are about, each says by its number."""
        talks = [
            [note for note in entries(listed(each.get("notes", [each]))) if text(note.get("id"))]
            for each in entries(doc.json)
        ]
        note = next((note for notes in talks for note in notes), {})
        number, url = _talk_number(note, reading.canonical_url), reading.canonical_url
        opening, m = f"{number}#0", _THING.match(url)
        talk = Thread(
            id=number,
            title="",
            url=m[0] if m else url,
            posts=tuple(post for notes in talks for post in posts(doc, notes, opening)),
            events=tuple(event for notes in talks for event in events(doc, notes)),
        )
        return replace(
            reading,
            kind=PageKind.THREAD if talk.posts else PageKind.PAST_END,
            threads=(talk,),
            links=tuple(self._next(doc, reading, LinkKind.POSTS)),
        )

    def _next(self, doc: Document, reading: Reading, kind: LinkKind) -> Iterator[Link]:
        """As the answer's headers say; a saved answer has none, but a full one may go on."""
        url, stated = reading.canonical_url, doc.page.header("link")
        if stated is not None:
            if m := _NEXT.search(stated):
                yield Link(url=self.canonical(m[1]), kind=kind)
        elif len(listed(doc.json)) >= (whole(parameter(url, "per_page")) or 20):
            page = whole(parameter(url, "page")) or 1
            place = re.sub(r"[?&]page=\d+", "", url)
            yield Link(url=f"{place}{'&' if '?' in place else '?'}page={page + 1}", kind=kind)


def _kind(data: Any) -> str | None:
    found = list(entries(data)) if isinstance(data, (dict, list)) else []
    if found and all(map(_is_thing, found)):
        return "thing" if isinstance(data, dict) else "things"
    notes = [note for each in found for note in entries(listed(each.get("notes", [each])))]
    is_talk = notes and all({"noteable_type", "system", "body"} <= note.keys() for note in notes)
    return "talk" if is_talk and isinstance(data, list) else None


def _is_thing(each: dict[str, Any]) -> bool:
    is_whole = {"iid", "project_id", "web_url", "title", "author", "state"} <= each.keys()
    return is_whole and bool(text(each["iid"]) and text(each["project_id"]))


def _talk_number(note: dict[str, Any], url: str) -> str:
    """Issues of older versions are not named by their notes, but by the address."""
    m = _THING.match(url)
    project, number = text(note.get("project_id")), text(note.get("noteable_iid"))
    if project and number:
        kind = "merge_requests" if note.get("noteable_type") == "MergeRequest" else "issues"
        return numbered(kind, project, number)
    return numbered(m[3], m[2], m[4]) if m else url


def _thing_url(thing: dict[str, Any], url: str) -> str:
    m = _THING.match(url) or _LIST.match(url)
    stated = text(mapping(thing.get("_links")).get("self"))
    return stated or (f"{m[1]}/{text(thing['iid'])}" if m else url)


def _row(thing: dict[str, Any], url: str) -> ThreadRow:
    return ThreadRow(
        id=thing_number(thing),
        title=text(thing.get("title")),
        url=_thing_url(thing, url),
        reply_count=whole(thing.get("user_notes_count")),
        is_locked=thing.get("discussion_locked") is True,
    )


platform = GitLabApi()
