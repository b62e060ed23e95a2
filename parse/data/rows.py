"""Talks in a table of posts, a row each, whose columns are called as such columns usually are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from parse.data.authors import is_signed, title
from parse.data.names import abroad, first_text, flat, names
from parse.data.posts import Said, Talk, around, dates, is_review, said_in
from parse.data.under import named_by, numbers, parted, title_of
from parse.dates import day_first
from parse.html_fields import text_of
from parse.json_fields import entries, fragment, listed, mapping, text
from parse.mail_fields import base_subject
from parse.names import normal
from parse.unknown.pages import digest

Row = dict[str, Any]
_PLAIN = re.compile(r"[\w.:-]{1,80}")
_KINDS = ("text", "author", "date", "id", "parent", "thread", "title", "url", "likes")
_LATEST = datetime.max.replace(tzinfo=UTC)


def in_list(value: Any) -> list[Row]:
    """The rows of a table that is written as a list of objects, alone or the longest that an object holds.

    Each names the thread that it is of, and holds no other object in a list. Empty where it is no such table.
    """
    lists = (each for each in (value, *mapping(value).values()) if isinstance(each, list))
    rows = list(entries(max(lists, key=len, default=[])))
    columns = _plain(dict.fromkeys(chain.from_iterable(rows), "")).keys()
    is_flat = not any(any(entries(listed(cell))) for row in rows for cell in row.values())
    return rows if is_flat and is_of_posts(columns) and columns & set(names()["thread"]) else []


def has_words(columns: Iterable[str]) -> bool:
    """Whether one of the columns is known to hold what people wrote."""
    return bool(_plain(dict.fromkeys(columns, "")).keys() & set(names()["text"]))


def is_of_posts(columns: Iterable[str]) -> bool:
    """Whether columns of these names hold posts: words, and who wrote them or when."""
    known = _plain(dict.fromkeys(columns, ""))
    is_dated = any(key in known for key in names()["date"]) or bool(dates(known))
    return has_words(columns) and (is_dated or is_signed(known))


def _plain(fields: Mapping[str, Any]) -> Row:
    """A row by the plain names of its columns: "title" for "postTitle", unless one has that name itself."""
    own = flat(dict(fields))
    known = {name for kind in _KINDS for name in names()[kind]}
    short = {
        key.removeprefix(of): value
        for key, value in own.items()
        for of in names()["of"]
        if key not in known and key.startswith(of) and key.removeprefix(of) in known
    }
    return {**short, **own}


def talks(rows: Sequence[Row], now: datetime, document: Any = None) -> list[Talk]:
    """The talks that the rows are of, each in the order of its posts; `document` is what they stand in.

    A row belongs to the talk that it names; else, where it is no review, to that of its title ("Re: ..." to
    what it answers); else to that of the post which it answers. Where nothing tells, it is a talk of its own.
    """
    told = around(document)
    apart = [parted({key: value for key, value in row.items() if value not in (None, "")}) for row in rows]
    fields = [(over or named_by(own, told.over), own) for over, own in ((o, _plain(row)) for o, row in apart)]
    order = day_first([text(each.get(key)) for _, each in fields for key in names()["date"] if key in each])
    order = True if order is None and any(key in abroad() for _, each in fields for key in each) else order
    said = [(over, each, found) for over, each in fields if (found := said_in(each, told, now, order))]
    parents = {one.id: one.parent for _, _, found in said for one in found if one.id}
    are_boards = _are_boards(fields)
    held: dict[str, Talk] = {}
    for over, each, found in sorted(said, key=lambda row: row[2][0].at or _LATEST):
        called = title(each)
        subject = "" if is_review(each) else normal(base_subject(called))
        of = _thread(each)
        number = "" if are_boards else of or next(numbers(over), "")
        key = number or subject or _root(found[0], parents)
        talk = held.setdefault(key, Talk(id=_id(key), url=found[0].url, opens=found[0].parent is None))
        talk.title = talk.title or base_subject(called or title_of(over))
        talk.board = talk.board or first_text(each, "board") or (of if are_boards else "")
        if called and any(key in each for key in names()["likes"]):
            talk.status = talk.status or first_text(each, "status")
        talk.said.extend(found)
    return [replace(talk, title=talk.title or _first_words(talk)) for talk in held.values()]


def _thread(row: Row) -> str:
    """What a row says that it is of: its thread, or what it is a comment on."""
    commented = "postid" if "commentid" in row else "questionid" if "answerid" in row else ""
    return first_text(row, "thread") or text(row.get(commented))


def _are_boards(fields: Sequence[tuple[Row, Row]]) -> bool:
    """Whether what a table calls threads are boards: each row has a title of its own in one, and none
    answers another."""
    told = [(_thread(row), title(row)) for _, row in fields]
    is_each_one = all(of and called for of, called in told) and len(set(told)) == len(told)
    return is_each_one and len({of for of, _ in told}) < len(told) and not any(map(_answers, fields))


def _answers(row: tuple[Row, Row]) -> bool:
    called = title(row[1])
    return bool(first_text(row[1], "parent")) or base_subject(called) != called


def _id(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else digest(key)


def _first_words(talk: Talk) -> str:
    said = talk.said[0].text
    shown = text_of(fragment(said)) if "</" in said else said
    return shown.strip().partition("\n")[0][:100]


def _root(said: Said, parents: Mapping[str, str | None]) -> str:
    """The first of the posts that a post answers, that one answers, and so on."""
    at, seen = said.id or f"{said.author and said.author.name} {said.at} {said.text}", {said.id}
    above = said.parent
    while above and above not in seen:
        seen.add(above)
        at, above = above, parents.get(above)
    return at
