"""Posts in the JSON of an interface that nobody has described: objects with words, an author and a date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from parse.data.names import DEEPEST, first_text, flat, names, people, person, rendered, url_of
from parse.dates import parse_time
from parse.json_fields import epoch, mapping, text, whole
from parse.mail_fields import base_subject
from parse.model import Author
from parse.names import normal

_FIRST, _LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Between these a number may be a moment: other numbers are counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One post as found; its text may be HTML, Markdown or plain."""

    id: str
    text: str
    author: Author | None
    at: datetime | None
    url: str
    likes: int | None
    parent: str | None


@dataclass(slots=True)
class Talk:
    """What is said under one title, in the order of the document."""

    id: str = ""
    title: str = ""
    url: str = ""
    board: str = ""
    status: str = ""
    """What became of it, where it is an idea."""
    said: list[Said] = field(default_factory=list)
    opens: bool = False
    """The first of its posts is what the title stands over, the others were found inside it."""


@cache
def _answers() -> list[tuple[str, str]]:
    return list(zip(names()["answers"], names()["answered"], strict=True))


def talks(value: Any, now: datetime) -> list[Talk]:
    """The talks that a JSON document holds; none where too few of its objects have both author and date."""
    finder = _Finder(people=dict(people(value, 0)), now=now)
    finder.visit(value, None, None, 0)
    _join(finder.talks)
    said = [each for talk in finder.talks for each in talk.said]
    whole_ones = sum(1 for each in said if each.author and each.at)
    spoken = any(len(each.text.split()) > 2 for each in said)
    is_told = len(said) > 1 or any(t.title for t in finder.talks) or (whole_ones and said[0].id)
    is_talk = spoken and is_told and 2 * whole_ones >= len(said)
    return [talk for talk in finder.talks if talk.said] if is_talk else []


def _join(talks: Sequence[Talk]) -> None:
    """Puts what answers a post that stands under a title there as well."""
    home = {each.id: talk for talk in talks for each in talk.said if each.id and talk.title}
    for talk in talks:
        if not talk.title and home:
            left, talk.said = talk.said, []
            for each in left:
                there = home.get(each.parent or "", talk)
                there.said.append(each)
                home |= {each.id: there} if each.id and there is not talk else {}


def said_in(fields: dict[str, Any], now: datetime, day_first: bool | None = None) -> list[Said]:
    """The post that an object is by itself, by the plain names of its fields, and the answer that stands in
    them; none where it is no post."""
    finder = _Finder(people={}, now=now, day_first=day_first)
    said = finder.read(fields, None)
    return [said, *finder.answers(fields, said)] if said else []


def is_review(fields: dict[str, Any]) -> bool:
    """Whether an object is said about a product, and answers none of those beside it."""
    return any(key in fields for key in names()["review"])


@dataclass(slots=True)
class _Finder:
    people: dict[str, Author]
    now: datetime
    day_first: bool | None = None
    talks: list[Talk] = field(default_factory=list)
    by_title: dict[str, Talk] = field(default_factory=dict)

    def visit(self, value: Any, talk: Talk | None, above: Said | None, depth: int) -> None:
        """All posts in a value; they belong to `talk` and answer `above`, where there is one."""
        if depth > DEEPEST:
            return
        if isinstance(value, list):
            for each in value:
                self.visit(each, talk, above, depth + 1)
        elif isinstance(value, dict):
            self.enter(flat(value), talk, above, depth)

    def enter(self, fields: dict[str, Any], talk: Talk | None, above: Said | None, depth: int) -> None:
        if fields.get("system") is True:  # "changed the label", not what somebody said
            return
        is_below = talk is not None and not (talk.opens and above is talk.said[0])
        said = self.read(fields, above if is_below else None)
        title = first_text(fields, "title")
        if said and is_review(fields):
            talk = Talk(first_text(fields, "id"), title)
            self.talks.append(talk)
        elif title and above is None and (said or talk is None or not talk.said):
            talk = self.titled(title, fields, said)
        if said:
            talk = talk or self.untitled()
            talk.said.append(said)
            talk.opens = talk.opens or (len(talk.said) == 1 and bool(title))
            talk.said.extend(self.answers(fields, said))
        if _is_keyed(fields):
            for key, each in fields.items():
                self.talks.append(Talk(id=key))
                self.visit(each, self.talks[-1], None, depth + 1)
            return
        for key, each in fields.items():
            if isinstance(each, (dict, list)) and not _is_aside(key):
                self.visit(each, talk, said or above, depth + 1)

    def titled(self, title: str, fields: dict[str, Any], said: Said | None) -> Talk:
        """The talk under a title; "Re: ..." is said in the one that it answers."""
        key = normal(base_subject(title))
        if said is None or key not in self.by_title or key == normal(title):
            self.by_title[key] = Talk(first_text(fields, "id"), base_subject(title), url_of(fields))
            self.talks.append(self.by_title[key])
        return self.by_title[key]

    def untitled(self) -> Talk:
        if not self.talks or self.talks[0].title:
            self.talks.insert(0, Talk())
        return self.talks[0]

    def read(self, fields: dict[str, Any], above: Said | None) -> Said | None:
        """The post that an object is; None where it holds no words, or neither author nor date."""
        words = next(filter(None, (rendered(fields.get(key), 0) for key in names()["text"])), "")
        author, at = self.author(fields), self.moment(fields)
        if not words or not (author or at) or _is_thing(fields):
            return None
        return Said(
            id=first_text(fields, "id"),
            text=words,
            author=author,
            at=at,
            url=url_of(fields),
            likes=next((n for key in names()["likes"] if (n := whole(fields.get(key))) is not None), None),
            parent=self.parent(fields) or (above.id if above else None) or None,
        )

    def author(self, fields: dict[str, Any]) -> Author | None:
        for key in (*names()["author"], "name"):
            value = fields.get(key)
            if isinstance(value, str) and value.strip() and not value.startswith("http"):
                return self.people.get(value) or Author(name=value.strip())
            if isinstance(value, dict) and (found := self.account(flat(value))):
                return found
        number = first_text(fields, "author_id").rstrip("/").rpartition("/")[2].removeprefix("~")
        return self.people.get(number) or (Author(name=number, user_id=number) if number else None)

    def account(self, fields: dict[str, Any]) -> Author | None:
        """Who an object is: an account, one that stands elsewhere by its number, or one of several kinds."""
        known = self.people.get(first_text(fields, "person_id"))
        kinds = (flat(mapping(fields.get(key))) for key in names()["author"])
        return known or person(fields) or next(filter(None, map(person, kinds)), None)

    def moment(self, fields: dict[str, Any]) -> datetime | None:
        for key in names()["date"]:
            shown = text(fields.get(key)) or rendered(fields.get(key), 0)
            number = epoch(shown or fields.get(key))
            if number and _FIRST < number < _LAST:
                return number
            if number is None and (at := parse_time(shown, now=self.now, day_first=self.day_first)):
                return at
        return None

    def answers(self, fields: dict[str, Any], said: Said) -> Iterator[Said]:
        """What was answered to a post in fields of its own."""
        for words, moment in _answers():
            if answer := rendered(fields.get(words), 0):
                at = self.moment({"created": fields.get(moment)})
                parent = said.id or None
                number = f"{said.id}-answer" if said.id else ""
                yield Said(id=number, text=answer, author=None, at=at, url="", likes=None, parent=parent)

    def parent(self, fields: dict[str, Any]) -> str:
        own = first_text(fields, "id")  # "pid" is a post's own number here and that of its parent there
        for key in names()["parent"]:
            value = fields.get(key)
            number = text(value) or first_text(flat(mapping(value)), "id")
            if number not in ("", "0", own):
                return number
        way = text(fields.get("path")).split(".")  # "0.12.34" answers 12
        return way[-2] if len(way) > 2 and all(map(str.isdecimal, way)) else ""


def _is_thing(fields: dict[str, Any]) -> bool:
    """Whether an object is a project, a label: it has a name, and a description that nobody said."""
    return "name" in fields and not any(key in fields for key in names()["text"] if key != "description")


def _is_keyed(fields: dict[str, Any]) -> bool:
    """Whether an object lists objects by their numbers."""
    return bool(fields) and all(key.isdecimal() and isinstance(each, dict) for key, each in fields.items())


def _is_aside(key: str) -> bool:
    return key in names()["author"] or key in names()["people"] or key in names()["not_said"]
