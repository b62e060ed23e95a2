"""Posts in the JSON of an interface that nobody has described: objects with words, an author and a date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from parse.data.authors import author, people, title
from parse.data.names import DEEPEST, first_text, flat, names, rendered, url_of
from parse.data.under import all_over, named_by, numbers, opening_of, parted, title_of
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


@dataclass(frozen=True, slots=True)
class Around:
    """What a document tells of its posts outside of them."""

    people: dict[str, Author]
    """By their numbers."""
    over: dict[str, dict[str, Any]]
    """What posts may be said under, by its numbers."""


def around(value: Any) -> Around:
    return Around(dict(people(value)), dict(all_over(value)))


@cache
def _answers() -> list[tuple[str, str]]:
    return list(zip(names()["answers"], names()["answered"], strict=True))


def talks(value: Any, now: datetime) -> list[Talk]:
    """The talks that a JSON document holds; none where too few of its objects have both author and date."""
    finder = _Finder(around=around(value), now=now)
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


def said_in(
    fields: dict[str, Any], around: Around, now: datetime, day_first: bool | None = None
) -> list[Said]:
    """The post that an object is by itself, by the plain names of its fields, and the answer that stands in
    them; none where it is no post."""
    finder = _Finder(around=around, now=now, day_first=day_first)
    said = finder.read(fields, None)
    return [said, *finder.answers(fields, said)] if said else []


def is_review(fields: dict[str, Any]) -> bool:
    """Whether an object is said about a product, and answers none of those beside it."""
    return any(key in fields for key in names()["review"])


@dataclass(slots=True)
class _Finder:
    around: Around
    now: datetime
    day_first: bool | None = None
    talks: list[Talk] = field(default_factory=list)
    by_title: dict[str, Talk] = field(default_factory=dict)
    by_number: dict[str, Talk] = field(default_factory=dict)

    def visit(self, value: Any, talk: Talk | None, above: Said | None, depth: int) -> None:
        """All posts in a value; they belong to `talk` and answer `above`, where there is one."""
        if depth > DEEPEST:
            return
        if isinstance(value, list):
            for each in value:
                self.visit(each, talk, above, depth + 1)
        elif isinstance(value, dict):
            self.enter(value, talk, above, depth)

    def enter(self, value: dict[str, Any], talk: Talk | None, above: Said | None, depth: int) -> None:
        over, own = parted(value)
        fields = flat(own)
        if fields.get("system") is True:  # "changed the label", not what somebody said
            return
        is_below = talk is not None and not (talk.opens and above is talk.said[0])
        said = self.read(fields, above if is_below else None)
        called = title(fields) if said else first_text(fields, "title")
        if said and above is None and (over := over or named_by(fields, self.around.over)):
            talk = self.under(over, depth)
        elif said and is_review(fields):
            talk = self.begun(fields, called)
        elif called and above is None and (said or talk is None or not talk.said):
            talk = self.titled(called, fields, said)
        if said:
            talk = talk or self.untitled()
            talk.said += [said] if said not in talk.said[:1] else []
            talk.opens = talk.opens or (len(talk.said) == 1 and _opens(called))
            talk.said.extend(self.answers(fields, said))
        if _is_keyed(fields):
            for key, each in fields.items():
                self.visit(each, self.begun({"id": key}, ""), None, depth + 1)
        else:
            self.look_into(fields, said, talk, above, depth)

    def look_into(
        self, fields: dict[str, Any], said: Said | None, talk: Talk | None, above: Said | None, depth: int
    ) -> None:
        """Goes on with what stands in an object, but for the words that are read, and who said them."""
        for key, each in fields.items():
            is_read = said and isinstance(each, dict) and rendered(each, 0) == said.text
            if isinstance(each, (dict, list)) and not is_read and not _is_aside(key):
                self.visit(each, talk, said or above, depth + 1)

    def begun(self, fields: dict[str, Any], called: str) -> Talk:
        number = first_text(fields, "thread") or first_text(fields, "id")
        self.talks.append(Talk(number, called, url_of(fields)))
        return self.talks[-1]

    def under(self, over: dict[str, Any], depth: int) -> Talk:
        """The talk under an object, which opens it where it has words of its own."""
        known = next((self.by_number[number] for number in numbers(over) if number in self.by_number), None)
        if known:
            return known
        opening = self.read(opening_of(over), None)
        made = Talk(next(numbers(over), ""), title_of(over), url_of(over), opens=opening is not None)
        made.said += [opening] if opening else []
        self.talks.append(made)
        self.by_number.update(dict.fromkeys(numbers(over), made))
        self.look_into(over, opening, made, None, depth + 1)
        return made

    def titled(self, called: str, fields: dict[str, Any], said: Said | None) -> Talk:
        """The talk under a title; "Re: ..." is said in the one that it answers."""
        known = self.by_number.get(first_text(fields, "id"))
        if known and known.title == base_subject(called):
            return known
        key = normal(base_subject(called))
        if said is None or key not in self.by_title or key == normal(called):
            self.by_title[key] = self.begun(fields, base_subject(called))
        return self.by_title[key]

    def untitled(self) -> Talk:
        if not self.talks or self.talks[0].title:
            self.talks.insert(0, Talk())
        return self.talks[0]

    def read(self, fields: dict[str, Any], above: Said | None) -> Said | None:
        """The post that an object is; None where it holds no words, or neither author nor date."""
        words = next(filter(None, (rendered(fields.get(key), 0) for key in names()["text"])), "")
        by, at = author(fields, self.around.people), self.moment(fields)
        if not words or not (by or at) or _is_thing(fields):
            return None
        return Said(
            id=first_text(fields, "id"),
            text=words,
            author=by,
            at=at,
            url=url_of(fields),
            likes=next((n for key in names()["likes"] if (n := whole(fields.get(key))) is not None), None),
            parent=self.parent(fields) or (above.id if above else None) or None,
        )

    def moment(self, fields: dict[str, Any]) -> datetime | None:
        for key in (*filter(fields.__contains__, names()["date"]), *dates(fields)):
            value = fields[key]
            shown = text(value) or (rendered(value, 0) if isinstance(value, dict) else "")
            number = epoch(shown or value)
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
        for key in filter(fields.__contains__, names()["parent"]):
            value = fields[key]
            number = text(value) or first_text(flat(mapping(value)), "id")
            if number not in ("", "0", own) and not _is_told_to_all(number):
                return number
        way = text(fields.get("path")).split(".")  # "0.12.34" answers 12
        return way[-2] if len(way) > 2 and all(map(str.isdecimal, way)) else ""


def dates(fields: dict[str, Any]) -> list[str]:
    """Fields that are called after a date, but not of something that came later."""
    ends, others = tuple(names()["date_ends"]), tuple(names()["date_not"])
    return [key for key in fields if key.endswith(ends) and not key.startswith(others)]


def _opens(called: str) -> bool:
    """Whether what is called so has a title of its own: "Re: ..." names what it answers."""
    return bool(called) and base_subject(called) == called


def _is_told_to_all(parent: str) -> bool:
    """Whether a field says where answers go and not what is answered: "replyTo": "LIST"."""
    return parent.isalpha() and parent.isupper()


def _is_thing(fields: dict[str, Any]) -> bool:
    """Whether an object is a project, a label: it has a name, and a description that nobody said. For an idea
    people vote."""
    is_said = any(key in fields for key in names()["text"] if key != "description")
    return "name" in fields and not is_said and not _is_idea(fields)


def _is_idea(fields: dict[str, Any]) -> bool:
    return any("vote" in key for key in fields)


def _is_keyed(fields: dict[str, Any]) -> bool:
    """Whether an object lists objects by their numbers."""
    return bool(fields) and all(key.isdecimal() and isinstance(each, dict) for key, each in fields.items())


def _is_aside(key: str) -> bool:
    """Whether a field holds neither the post nor what answers it: people, what it answers, and the like."""
    return any(key in names()[kind] for kind in ("author", "people", "parent", "not_said"))
