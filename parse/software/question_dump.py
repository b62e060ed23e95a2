"""The files of a dump of Stack Exchange: which there are, what a stretch of one needs to know of the others.

Questions and answers (`Posts.xml`), comments and people come in files of their own, a `<row …/>` a line, each
sorted by its numbers. The files have gigabytes, so that no more of them is kept than three numbers an answer.
"""

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from parse.model import ParseError
from parse.software.question_rows import fields

POSTS, COMMENTS, USERS = "Posts.xml", "Comments.xml", "Users.xml"
OTHERS = ("Badges.xml", "PostHistory.xml", "PostLinks.xml", "Tags.xml", "Users.xml", "Votes.xml")
"""What is not read by itself; of people, the names are."""
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>)?\s*<(?:posts|comments)\b")
_END = re.compile(rb"</(?:posts|comments)>\s*\Z|<(?:posts|comments)\s*/>\s*\Z")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+\Z", re.I)
_PEOPLE = re.compile(rb'\b(?:OwnerUserId|LastEditorUserId|UserId)="(-?\d+)"')
_PLACES = re.compile(rb'\bPostId="(\d+)"')
_NUMBER = re.compile(rb'<row Id="(-?\d+)"')
_HEAD = 400
"""Bytes of a row in which its kind, its question and its accepted answer stand."""
_ANSWER = re.compile(rb'\bPostTypeId="2"')
_PARENT = re.compile(rb'\bParentId="(\d+)"')
_ACCEPTED = re.compile(rb'\bAcceptedAnswerId="(\d+)"')
_STEP = 1 << 16
"""Bytes between two places in the list of people of which is kept who stands there."""


def is_table(path: Path) -> bool:
    """Whether the file is one of the two that tell what was said."""
    if path.name not in (POSTS, COMMENTS):
        return False
    with path.open("rb") as file:
        head = file.read(1000)
    return not head.strip() or _ROOT.match(head) is not None


def is_beside(path: Path) -> bool:
    """Whether the file belongs to a dump, and is none of those that tell what was said."""
    return path.name in OTHERS and (path.parent / POSTS).exists()


def is_ended(body: bytes) -> bool:
    return _END.search(body[-100:]) is not None


def address(path: Path) -> str:
    """Where the posts of the dump stood: its folder is called as the archive was, by the site's name."""
    folder = path.resolve().parent.name
    return f"https://{folder.lower()}/{path.name}" if _HOST.match(folder) else path.resolve().as_uri()


def beside(path: Path, body: bytes) -> bytes:
    """What the other files tell of the rows in `body`: names, the questions of answers, what was accepted."""
    users = path.parent / USERS
    wanted = {int(number) for number in _PEOPLE.findall(body)}
    told: dict[str, Any] = {"names": dict(_names(users, wanted)) if users.exists() else {}}
    posts = path.parent / POSTS
    if not posts.exists():
        raise ParseError(f"{path}: comments do not tell their questions; put {POSTS} of the dump beside it")
    answers, questions, accepted = _answers(posts, posts.stat().st_mtime_ns)
    if path.name == COMMENTS:
        places = {int(number) for number in _PLACES.findall(body)}
        told["questions"] = {n: questions[at] for n in places if (at := _place(answers, n)) is not None}
    else:
        own = (int(number) for number in _NUMBER.findall(body))
        told["accepted"] = [number for number in own if _place(accepted, number) is not None]
    return json.dumps(told).encode()


def _place(numbers: "array[int]", number: int) -> int | None:
    at = bisect_left(numbers, number)
    return at if at < len(numbers) and numbers[at] == number else None


@lru_cache(maxsize=1)
def _answers(path: Path, _modified: int) -> tuple["array[int]", "array[int]", "array[int]"]:
    """The numbers of all answers, beside each that of its question, and those of what was accepted."""
    answers, questions, accepted = array("q"), array("q"), array("q")
    with path.open("rb") as file:
        for line in file:
            head = line[:_HEAD]
            number = _NUMBER.search(head)
            if number and _ANSWER.search(head) and (parent := _PARENT.search(head)):
                answers.append(int(number[1]))
                questions.append(int(parent[1]))
            elif chosen := _ACCEPTED.search(head):
                accepted.append(int(chosen[1]))
    return answers, questions, array("q", sorted(accepted))


def _names(path: Path, wanted: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The names of these people, by their numbers."""
    starts, firsts = _marks(path, path.stat().st_mtime_ns)
    at: dict[int, set[int]] = {}
    for number in wanted:
        at.setdefault(bisect_right(firsts, number) - 1, set()).add(number)
    with path.open("rb") as file:
        for mark in sorted(mark for mark in at if mark >= 0):
            file.seek(starts[mark])
            end = starts[mark + 1] if mark + 1 < len(starts) else -1
            for line in file.read(end - starts[mark] if end >= 0 else -1).split(b"\n"):
                m = _NUMBER.search(line[:60])
                if m and int(m[1]) in at[mark]:
                    yield int(m[1]), fields(line.decode("utf-8", "replace")).get("DisplayName", "")


@lru_cache(maxsize=1)
def _marks(path: Path, _modified: int) -> tuple["array[int]", "array[int]"]:
    """Where lines of the list of people begin, one every few of them, and whose they are."""
    starts, firsts = array("q"), array("q")
    with path.open("rb") as file:
        for step in range(0, path.stat().st_size, _STEP):
            if (found := _row_behind(file, step)) and (not starts or found[0] > starts[-1]):
                starts.append(found[0])
                firsts.append(found[1])
    return starts, firsts


def _row_behind(file: BinaryIO, place: int) -> tuple[int, int] | None:
    """Where the first row that begins behind a place begins, and its number."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    while True:
        start = file.tell()
        line = file.readline()
        if m := _NUMBER.search(line[:60]):
            return start, int(m[1])
        if not line:
            return None
