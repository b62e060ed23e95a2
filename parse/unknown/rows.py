"""Talks in a table of posts, a row each, whose columns are called as such columns usually are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from parse.dates import day_first
from parse.json_fields import text
from parse.mail_fields import base_subject
from parse.names import normal
from parse.unknown.json_names import first_text, flat, names
from parse.unknown.json_posts import Said, Talk, said_in
from parse.unknown.pages import digest

Row = dict[str, Any]
_PLAIN = re.compile(r"[\w.:-]{1,80}")
_LATEST = datetime.max.replace(tzinfo=UTC)


def is_of_posts(columns: Iterable[str]) -> bool:
    """Whether columns of these names hold posts: words, and who wrote them or when."""
    known = flat(dict.fromkeys(columns, "")).keys()
    return bool(known & set(names()["text"])) and bool(known & {*names()["author"], *names()["date"]})


def talks(rows: Sequence[Row], now: datetime) -> list[Talk]:
    """The talks that the rows are of, each in the order of its posts.

    A row belongs to the talk that it names; else to that of its title ("Re: ..." to what it answers); else to
    that of the post which it answers. Where nothing tells, it is a talk of its own.
    """
    fields = [flat({key: value for key, value in row.items() if value not in (None, "")}) for row in rows]
    order = day_first([text(each.get(key)) for each in fields for key in names()["date"] if key in each])
    said = [(each, found) for each in fields if (found := said_in(each, now, order))]
    parents = {found.id: found.parent for _, found in said if found.id}
    held: dict[str, Talk] = {}
    for each, found in sorted(said, key=lambda pair: pair[1].at or _LATEST):
        title = first_text(each, "title")
        key = first_text(each, "thread") or normal(base_subject(title)) or _root(found, parents)
        talk = held.setdefault(key, Talk(id=_id(key), url=found.url, opens=found.parent is None))
        talk.title = talk.title or base_subject(title)
        talk.board = talk.board or first_text(each, "board")
        talk.said.append(found)
    return [replace(talk, title=talk.title or _first_words(talk)) for talk in held.values()]


def _id(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else digest(key)


def _first_words(talk: Talk) -> str:
    return talk.said[0].text.strip().partition("\n")[0][:100]


def _root(said: Said, parents: Mapping[str, str | None]) -> str:
    """The first of the posts that a post answers, that one answers, and so on."""
    at, seen = said.id or f"{said.author and said.author.name} {said.at} {said.text}", {said.id}
    above = said.parent
    while above and above not in seen:
        seen.add(above)
        at, above = above, parents.get(above)
    return at
