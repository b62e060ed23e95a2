"""What the counts of a thread are made of: the posts of each kind, so that a number can lead to them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports import links, words
from reports.sections.highlight import TagRow
from reports.sections.moderation_events import named
from reports.sections.thread_rows import Content, PostRow, number

OPPOSE, SUPPORT, STAFF, MODERATION, PEOPLE = (
    "at-oppose",
    "at-support",
    "at-staff",
    "at-moderation",
    "at-people",
)
"""Places that the index of every thread has."""


@dataclass(frozen=True, slots=True)
class Place:
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    """Empty where an entry has one part only."""
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    anchor: str
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    anchor: str
    title: str
    entries: tuple[Entry, ...]


def of_proposal(proposal_id: str) -> str:
    return f"of-{links.file_name(proposal_id)}"


def by_person(author_id: str) -> str:
    return f"by-{links.file_name(author_id)}"


def act(at: int) -> str:
    """The place of an event, by its place among those of the thread."""
    return f"act-{at}"


def index(content: Content) -> tuple[Group, ...]:
    """The posts within the period that each count of the thread is made of."""
    rows = [row for row in content.posts if row.is_in_period]
    tags = [(row, tag) for row in rows for tag in content.tags.get(row.post_id, ()) if tag.is_counted]
    groups = (
        Group("at-replies", "Replies", tuple(_replies(tags))),
        Group("at-staff-moderation", "Staff and moderation", tuple(_staff(content, rows))),
        Group("at-proposals", "Proposals", tuple(_proposals(tags))),
        Group(PEOPLE, "People", tuple(_people(rows))),
    )
    return tuple(group for group in groups if group.entries or group.anchor == PEOPLE)


def _replies(tags: Sequence[tuple[PostRow, TagRow]]) -> Iterator[Entry]:
    names = (("oppose", "against the post answered"), ("support", "in support of it"), ("mixed", "in part"))
    for side, name in names:
        posts = (row for row, tag in tags if tag.target_post_id and tag.value == side)
        yield Entry(f"at-{side}", name, (_part("", posts),))


def _staff(content: Content, rows: Sequence[PostRow]) -> Iterator[Entry]:
    yield Entry(STAFF, "posts by staff", (_part("", (row for row in rows if row.is_staff)),))
    acts = tuple(
        Place(named(event.kind, event.maybe_by_author), act(at)) for at, event in enumerate(content.events)
    )
    yield Entry(MODERATION, "acts of moderation", (Part("", acts),))


def _proposals(tags: Sequence[tuple[PostRow, TagRow]]) -> Iterator[Entry]:
    found: dict[str, list[tuple[PostRow, TagRow]]] = {}
    for row, tag in tags:
        if tag.proposal_id:
            found.setdefault(tag.proposal_id, []).append((row, tag))
    for proposal_id, said in found.items():
        parts = (
            _part("spoken of in", (row for row, tag in said if tag.tag == "proposal")),
            *(
                Part(
                    name,
                    tuple(_voices(row for row, tag in said if tag.tag == "stance" and tag.value == side)),
                )
                for side, name in (("support", "for"), ("oppose", "against"), ("mixed", "for in part"))
            ),
        )
        shown = tuple(part for part in parts if part.places)
        yield Entry(of_proposal(proposal_id), words.title(said[0][1].label), shown)


def _people(rows: Sequence[PostRow]) -> Iterator[Entry]:
    found: dict[str, list[PostRow]] = {}
    for row in rows:
        if row.author_id:
            found.setdefault(row.author_id, []).append(row)
    for author_id, wrote in sorted(found.items(), key=lambda item: -len(item[1])):
        parts = (
            _part("", (row for row in wrote if row.state != "ghost")),
            _part("known from quotes", (row for row in wrote if row.state == "ghost")),
        )
        shown = tuple(part for part in parts if part.places)
        yield Entry(by_person(author_id), words.person(wrote[0].author), shown)


def _part(name: str, rows: Iterable[PostRow]) -> Part:
    """The posts of these rows, each once and how often: a post may hold several passages."""
    found: dict[str, list[PostRow]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return Part(name, tuple(_place(same[0], len(same)) for same in found.values()))


def _place(row: PostRow, often: int) -> Place:
    return Place(number(row) + (f" ×{often}" if often > 1 else ""), links.anchor(row.post_id))


def _voices(rows: Iterable[PostRow]) -> Iterator[Place]:
    """The people known by name who wrote these, each with the first of them."""
    first: dict[str, PostRow] = {}
    for row in rows:
        if row.author_id:
            first.setdefault(row.author_id, row)
    for row in first.values():
        yield Place(words.person(row.author), links.anchor(row.post_id))
