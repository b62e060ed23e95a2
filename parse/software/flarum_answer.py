"""An answer of Flarum's JSON:API: its resources, which name one another by type and id."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.html_post import is_staff
from parse.json_fields import entries, mapping, text
from parse.model import Author, Board
from parse.urls import absolute, tidy

Resource = dict[str, Any]

_STAFF_GROUPS = ("1", "4")
"""Admins and moderators, as installed."""
_SITE = re.compile(r"(?P<site>https?://[^/]+(?:/[^?#]*?)?)/(?:d|t|u|api|all|tags)(?=[/?#]|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    url: str
    fetched_at: datetime
    site: str
    """Where the forum is installed, without a slash at its end."""
    data: tuple[Resource, ...]
    """What was asked for."""
    known: Mapping[tuple[str, str], Resource]
    """All resources that the answer holds, by type and id."""
    following: str | None
    """Where the next part of a list or of a discussion is."""

    @property
    def is_of_api(self) -> bool:
        """Whether it was asked of the API, not found on an HTML page."""
        return "/api/" in self.url

    def related(self, entry: Resource, name: str) -> Iterator[Resource]:
        """The resources a relationship names: in full where the answer holds them, else type and id."""
        held = mapping(mapping(entry.get("relationships")).get(name)).get("data")
        for pointer in entries(held):
            yield self.known.get(_key(pointer), pointer)

    def time(self, value: Any) -> datetime | None:
        return parse_time(text(value), now=self.fetched_at)


def kind(api: Any) -> str | None:
    """`discussions` or `posts`, where the value is an answer of Flarum; a list of discussions is `list`."""
    data = mapping(api).get("data")
    first: Resource = next(entries(data), {})
    said = attributes(first)
    if first.get("type") == "discussions" and "commentCount" in said:
        return "list" if isinstance(data, list) else "discussions"
    return "posts" if first.get("type") == "posts" and "contentType" in said else None


def read_answer(api: Any, url: str, fetched_at: datetime) -> Answer:
    """Of a value that `kind` knows, found at `url`."""
    data = tuple(entries(mapping(api).get("data")))
    following = mapping(mapping(api).get("links")).get("next")
    return Answer(
        url=url,
        fetched_at=fetched_at,
        site=m["site"] if (m := _SITE.match(url)) else "/".join(url.split("/")[:3]),
        data=data,
        known={_key(entry): entry for entry in (*entries(mapping(api).get("included")), *data)},
        following=tidy(absolute(url, text(following))) if following else None,
    )


def attributes(entry: Resource | None) -> Resource:
    return mapping(mapping(entry).get("attributes"))


def _key(entry: Resource) -> tuple[str, str]:
    return text(entry.get("type")), text(entry.get("id"))


def boards(answer: Answer, discussion: Resource) -> Iterator[Board]:
    """Tags serve as boards; those with a place among the main ones come first."""
    tags = [tag for tag in answer.related(discussion, "tags") if attributes(tag).get("slug")]
    for tag in sorted(tags, key=lambda tag: attributes(tag).get("position") is None):
        slug = text(attributes(tag)["slug"])
        yield Board(id=slug, title=text(attributes(tag).get("name")), url=f"{answer.site}/t/{slug}")


def author(answer: Answer, user: Resource | None) -> Author | None:
    """None for users who are not in the answer, and those who were deleted."""
    said = attributes(user)
    login = text(said.get("username"))
    if not user or not (login or said.get("displayName")):
        return None
    groups = list(answer.related(user, "groups"))
    role = next(filter(None, (text(attributes(group).get("nameSingular")) for group in groups)), None)
    slug = text(said.get("slug")) or login
    return Author(
        name=text(said.get("displayName")) or login,
        login=login or None,
        user_id=text(user.get("id")) or None,
        profile_url=f"{answer.site}/u/{slug}" if slug else None,
        role=role,
        is_staff=is_staff(role) or any(text(group.get("id")) in _STAFF_GROUPS for group in groups),
    )
