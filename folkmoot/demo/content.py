"""Reads the demo community: its people, boards and threads, and the truth that is marked beside them.

The files are `people.toml`, `boards.toml` (with the sites and the times of the two crawls) and one file a
thread in `threads/`. Everything here is invented. `load()` gives the whole community; a mistake in a file is
a ContentError that names the file and the entry.

What a page shows and what is true are kept apart: `reply_to` is what the platform displays, `answers` is whom
the author really answers. The fields `answers`, `proposals`, `stances` and `moderation` are never served.
"""

from datetime import UTC, datetime
from pathlib import Path

from folkmoot.demo.entry import ContentError, Entry, open_file
from folkmoot.demo.model import (
    Board,
    Choice,
    Community,
    Edit,
    MarkedEvent,
    MarkedProposal,
    MarkedStance,
    Person,
    Poll,
    Post,
    PostChange,
    Site,
    Thread,
    VanishedPost,
)

FOLDER = Path(__file__).parent


def load(folder: Path = FOLDER) -> Community:
    """The whole community. Raises ContentError when a file is missing, malformed or unclear."""
    boards = open_file(folder / "boards.toml")
    people = open_file(folder / "people.toml")
    community = Community(
        sites=tuple(_site(entry) for entry in boards.entries("site")),
        boards=tuple(_board(entry) for entry in boards.entries("board")),
        people={person.id: person for person in map(_person, people.entries("person"))},
        threads=tuple(_thread(path) for path in sorted((folder / "threads").glob("*.toml"))),
        crawled_at=_crawls(boards),
    )
    boards.done()
    people.done()
    return community


def _crawls(boards: Entry) -> tuple[datetime, datetime]:
    times = boards.need("crawled_at", list)
    if len(times) != 2 or not all(isinstance(time, datetime) and time.tzinfo for time in times):
        raise ContentError(f"{boards.where}: 'crawled_at' should be two times with a zone")
    return times[0].astimezone(UTC), times[1].astimezone(UTC)


def _site(entry: Entry) -> Site:
    site = Site(**{key: entry.need(key, str) for key in ("id", "platform", "title", "description")})
    entry.done()
    return site


def _board(entry: Entry) -> Board:
    board = Board(
        **{key: entry.need(key, str) for key in ("id", "site", "title", "description")},
        is_for_ideas=entry.maybe("is_for_ideas", bool) or False,
    )
    entry.done()
    return board


def _person(entry: Entry) -> Person:
    person = Person(
        id=entry.need("id", str),
        name=entry.need("name", str),
        login=entry.need("login", str),
        role=entry.maybe("role", str) or "Member",
        staff=entry.maybe("staff", bool) or False,
        joined=entry.need("joined", str),
        user_id=entry.need("user_id", int),
        sites=entry.strings("sites"),
    )
    entry.done()
    return person


def _thread(path: Path) -> Thread:
    file = open_file(path)
    head = file.entry("thread")
    if head is None:
        raise ContentError(f"{path.name}: there is no [thread]")
    thread = Thread(
        id=head.need("id", int),
        file=path.name,
        site=head.need("site", str),
        board=head.need("board", str),
        title=head.need("title", str),
        views=head.need("views", int),
        labels=head.strings("labels"),
        layout=head.maybe("layout", str) or "linear",
        week=head.maybe("week", int) or 1,
        sticky=head.maybe("sticky", bool) or False,
        solved=head.maybe("solved", bool) or False,
        status=head.maybe("status", str),
        status_in_week2=head.maybe("status_in_week2", str),
        locked_by=head.maybe("locked_by", str),
        locked_at=head.maybe_time("locked_at"),
        locked_in_week=head.maybe("locked_in_week", int) or 1,
        moved_from=head.maybe("moved_from", str),
        moved_by=head.maybe("moved_by", str),
        moved_at=head.maybe_time("moved_at"),
        moderation=_events(head),
        posts=tuple(_post(entry) for entry in file.entries("post")),
        vanished=tuple(_vanished(entry) for entry in file.entries("vanished")),
    )
    head.done()
    file.done()
    return thread


def _post(entry: Entry) -> Post:
    post = Post(
        id=entry.need("id", int),
        by=entry.need("by", str),
        at=entry.time("at"),
        body=entry.need("body", str).strip(),
        body_before_edit=entry.maybe("body_before_edit", str),
        reply_to=entry.maybe("reply_to", int),
        likes=entry.maybe("likes", int) or 0,
        solution=entry.maybe("solution", bool) or False,
        edited=_edit(entry),
        week=entry.maybe("week", int) or 1,
        removed_in_week=entry.maybe("removed_in_week", int),
        week2=_change(entry),
        poll=_poll(entry),
        answers=entry.ints("answers"),
        proposals=tuple(_proposal(item) for item in entry.entries("proposal")),
        stances=tuple(_stance(item) for item in entry.entries("stance")),
        moderation=_events(entry),
    )
    entry.done()
    return post


def _poll(entry: Entry) -> Poll | None:
    asked = entry.entry("poll")
    if asked is None:
        return None
    voters = asked.need("voters", int)
    poll = Poll(
        question=asked.need("question", str),
        choices=tuple(_choice(item) for item in asked.entries("choice")),
        voters=voters,
        voters_in_week2=asked.maybe("voters_in_week2", int) or voters,
        max_choices=asked.maybe("max_choices", int) or 1,
        closes_at=asked.maybe_time("closes_at"),
    )
    asked.done()
    return poll


def _choice(entry: Entry) -> Choice:
    votes = entry.need("votes", int)
    later = entry.maybe("votes_in_week2", int)
    choice = Choice(
        text=entry.need("text", str), votes=votes, votes_in_week2=votes if later is None else later
    )
    entry.done()
    return choice


def _vanished(entry: Entry) -> VanishedPost:
    post = VanishedPost(
        id=entry.need("id", int),
        by=entry.need("by", str),
        at=entry.time("at"),
        body=entry.need("body", str).strip(),
    )
    entry.done()
    return post


def _change(entry: Entry) -> PostChange | None:
    week2 = entry.entry("week2")
    if week2 is None:
        return None
    body = week2.maybe("body", str)
    change = PostChange(body=body and body.strip(), edited=_edit(week2), likes=week2.maybe("likes", int))
    week2.done()
    return change


def _edit(entry: Entry) -> Edit | None:
    item = entry.entry("edited")
    if item is None:
        return None
    edit = Edit(by=item.need("by", str), at=item.time("at"), reason=item.maybe("reason", str) or "")
    item.done()
    return edit


def _proposal(entry: Entry) -> MarkedProposal:
    mark = MarkedProposal(**{key: entry.need(key, str) for key in ("id", "act", "excerpt")})
    entry.done()
    return mark


def _stance(entry: Entry) -> MarkedStance:
    mark = MarkedStance(
        stance=entry.need("stance", str),
        toward=entry.maybe("toward", int),
        proposal=entry.maybe("proposal", str),
    )
    entry.done()
    return mark


def _events(entry: Entry) -> tuple[MarkedEvent, ...]:
    return tuple(_event(item) for item in entry.entries("moderation"))


def _event(entry: Entry) -> MarkedEvent:
    mark = MarkedEvent(
        kind=entry.need("kind", str),
        method=entry.need("method", str),
        about=entry.maybe("about", int),
        by=entry.maybe("by", str),
        week=entry.maybe("week", int) or 1,
    )
    entry.done()
    return mark
