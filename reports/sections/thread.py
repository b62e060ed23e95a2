"""One thread: the reply graph, then the posts in reading order with what was found in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports import graph, links, words
from reports.numbers import counted, grouped, noun
from reports.sections.highlight import SHOWN, Segment, Tag, TagRow, segments, tag
from reports.sections.moderation_events import named
from reports.sections.thread_index import Group, act, index
from reports.sections.thread_rows import Content, EventRow, Head, PostRow, QuoteRow, number

QUOTE, QUOTES = 1200, 40
"""Characters of one quote, quotes of one post; more stands at the original."""
PAIRS = 12
NAME = 12
"""Letters of a name under its dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    depth: int
    head: str
    text: str
    anchor: str | None
    """The quoted post, where it stands on the same page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    anchor: str
    text: str
    when: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    number: str
    author: str
    anchor: str
    stance: str
    spirit: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    anchor: str
    number: str
    author_id: str | None
    author: str
    author_note: str
    """Where the author is not from a byline: how we know, and how sure."""
    role: str
    is_staff: bool
    when: str
    url: str | None
    page_id: str | None
    state: str
    edited: str
    is_solution: bool
    answers: Answered | None
    quotes: tuple[Quoted, ...]
    more_quotes: str
    """How many are not shown; empty where all are."""
    segments: tuple[Segment, ...]
    tags: tuple[Tag, ...]
    cut: str
    """How many characters are not shown; empty where all are."""
    events: tuple[Happened, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A node of the drawing with its words."""

    node: graph.Node
    anchor: str
    name: str
    """Short enough to stand under the dot."""
    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Who answered whom, how often, in which spirit."""

    answering: str
    answered: str
    replies: int
    supports: int
    opposes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    thread_id: str
    page: str
    title: str
    url: str | None
    board: str
    sentence: str
    extent: str
    """Which of its posts the page shows, and which the report counts; empty where all."""
    marks: tuple[str, ...]
    posts: tuple[Post, ...]
    left_out: str
    """How many posts are not shown; empty where all are."""
    drawing: graph.Drawing
    dots: tuple[Dot, ...]
    pairs: tuple[Pair, ...]
    first_events: tuple[Happened, ...]
    """What happened to the thread before its first post that has a time."""
    index: tuple[Group, ...]


def page_of(thread_id: str) -> str:
    return f"threads/{links.file_name(thread_id)}.html"


def thread(content: Content) -> Thread:
    """The page of one thread."""
    head, rows = content.head, content.posts
    by_id = {row.post_id: row for row in rows}
    stances = {row.post_id: _stance(content.tags.get(row.post_id, ()), row.parent_post_id) for row in rows}
    drawn = graph.drawing([_link(row, stances[row.post_id]) for row in rows])
    placed = _placed(content.events, rows)
    return Thread(
        thread_id=head.thread_id,
        page=page_of(head.thread_id),
        title=words.title(head.title),
        url=links.outward(head.url),
        board=words.clip(head.board, 60),
        sentence=_sentence(head),
        extent=_extent(head, len(rows)),
        marks=_marks(head),
        posts=tuple(_post(row, content, by_id, stances, placed.get(row.post_id, ())) for row in rows),
        left_out=counted(head.rows - len(rows), "more post") if head.rows > len(rows) else "",
        drawing=drawn,
        dots=tuple(_dot(node, by_id, stances) for node in drawn.nodes),
        pairs=_pairs(rows, by_id, stances),
        first_events=placed.get("", ()),
        index=index(content),
    )


def _stance(tags: Sequence[TagRow], parent: str | None) -> str:
    for row in tags:
        if row.tag == "stance" and row.target_post_id and row.target_post_id == parent:
            return row.value
    return ""


def _link(row: PostRow, stance: str) -> graph.Link:
    return graph.Link(
        post_id=row.post_id,
        parent_id=row.parent_post_id,
        stance=stance,
        is_guess=row.reply_method == "sequence",
    )


def _post(
    row: PostRow,
    content: Content,
    by_id: dict[str, PostRow],
    stances: dict[str, str],
    events: Sequence[Happened],
) -> Post:
    found = content.tags.get(row.post_id, [])
    quotes = content.quotes.get(row.post_id, [])
    return Post(
        anchor=links.anchor(row.post_id),
        number=number(row),
        author_id=row.author_id,
        author=words.person(row.author),
        author_note=_author_note(row),
        role=words.clip(row.role, 40),
        is_staff=row.is_staff,
        when=words.minute(row.stamp),
        url=links.outward(row.url),
        page_id=row.page_id,
        state=row.state,
        edited=_edited(row),
        is_solution=row.is_solution,
        answers=_answered(row, by_id, stances[row.post_id]),
        quotes=tuple(_quoted(quote, by_id) for quote in quotes[:QUOTES]),
        more_quotes=counted(len(quotes) - QUOTES, "more quote") if len(quotes) > QUOTES else "",
        segments=segments(row.text, found),
        tags=tuple(tag(one, row.text) for one in found),
        cut=grouped(len(row.text) - SHOWN) if len(row.text) > SHOWN else "",
        events=tuple(events),
    )


def _place(row: PostRow) -> str:
    said = number(row)
    return said if row.state == "ghost" else f"post {said}"


def _author_note(row: PostRow) -> str:
    how = {"quoted": "named by those who quote it", "addressed": "named by those who answer it"}
    if row.author_method not in how:
        return ""
    sure = "" if row.author_confidence is None else f", confidence {row.author_confidence:.2f}"
    return how[row.author_method] + sure


def _edited(row: PostRow) -> str:
    if not row.edited_at and not row.edited_by:
        return ""
    by = f" by {words.person(row.edited_by)}" if row.edited_by else ""
    return f"edited{by}{', ' + words.minute(row.edited_at) if row.edited_at else ''}"


_METHODS = {
    "native": "says the forum",
    "quote": "known by its quote",
    "address": "known by the name it calls",
    "sequence": "a guess by its place",
}
_SPIRIT = {"support": "agrees", "oppose": "disagrees", "mixed": "agrees in part", "neutral": "takes no side"}


def _answered(row: PostRow, by_id: dict[str, PostRow], stance: str) -> Answered | None:
    parent = by_id.get(row.parent_post_id or "")
    if parent is None:
        return None
    sure = "" if row.reply_confidence is None else f", confidence {row.reply_confidence:.2f}"
    return Answered(
        number=number(parent),
        author=words.person(parent.author),
        anchor=links.anchor(parent.post_id),
        stance=stance,
        spirit=_SPIRIT.get(stance, ""),
        how=_METHODS.get(row.reply_method or "", "") + sure,
    )


def _quoted(row: QuoteRow, by_id: dict[str, PostRow]) -> Quoted:
    source = by_id.get(row.source_post_id or "")
    name = words.person(row.attributed_to or (source.author if source else ""))
    place = f", {_place(source)}" if source else ""
    return Quoted(
        depth=min(row.depth, 6),
        head=f"quotes {name}{place}",
        text=row.text if len(row.text) <= QUOTE else row.text[:QUOTE] + " …",
        anchor=links.anchor(source.post_id) if source else None,
    )


def _placed(events: Sequence[EventRow], rows: Sequence[PostRow]) -> dict[str, tuple[Happened, ...]]:
    """Events by the post after which they stand: their own, else the last one written before them."""
    own = {row.post_id for row in rows}
    timed = sorted((row.stamp, at, row.post_id) for at, row in enumerate(rows) if row.stamp)
    placed: dict[str, tuple[Happened, ...]] = {}
    for at, event in enumerate(events):
        key = event.post_id if event.post_id in own else _last_before(event.stamp, timed)
        placed[key or ""] = (*placed.get(key or "", ()), _happened(event, act(at)))
    return placed


def _last_before(when: datetime | None, timed: Sequence[tuple[datetime, int, str]]) -> str:
    earlier = [post_id for at, _, post_id in timed if when is None or at <= when]
    return earlier[-1] if earlier else ""


def _happened(event: EventRow, anchor: str) -> Happened:
    by = f" by {words.person(event.actor)}" if event.actor else ""
    return Happened(
        anchor=anchor,
        text=f"{named(event.kind, event.maybe_by_author)}{by} ({', '.join(event.methods)})",
        when=("noticed " if event.is_detection else "") + words.minute(event.stamp),
        excerpt=words.clip(event.excerpt, 160),
    )


def _dot(node: graph.Node, by_id: dict[str, PostRow], stances: dict[str, str]) -> Dot:
    row = by_id[node.post_id]
    parent = by_id.get(row.parent_post_id or "")
    spirit = _SPIRIT.get(stances[node.post_id], "")
    to = f", answers {number(parent)} by {words.person(parent.author)}" if parent else ""
    return Dot(
        node=node,
        anchor=links.anchor(node.post_id),
        name=words.clip(words.person(row.author), NAME),
        label=f"{_place(row).capitalize()} by {words.person(row.author)}{to}{spirit and ': ' + spirit}",
        says=words.clip(row.text, 140),
    )


def _pairs(rows: Sequence[PostRow], by_id: dict[str, PostRow], stances: dict[str, str]) -> tuple[Pair, ...]:
    """The table beside the drawing: who answers whom most."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if parent := by_id.get(row.parent_post_id or ""):
            key = (words.person(row.author), words.person(parent.author))
            found.setdefault(key, []).append(stances[row.post_id])
    most = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:PAIRS]
    return tuple(
        Pair(
            answering=key[0],
            answered=key[1],
            replies=len(spirits),
            supports=spirits.count("support"),
            opposes=spirits.count("oppose"),
        )
        for key, spirits in most
    )


def _sentence(head: Head) -> str:
    """The whole thread, as the list of threads has it."""
    lost = f" (and {counted(head.ghosts, 'lost post')}, known from quotes)" if head.ghosts else ""
    return (
        f"{counted(head.posts, 'post')}{lost} by {counted(head.people, 'known person', 'known people')}; "
        f"{_replies(head.supports)} {noun(head.supports, 'supports', 'support')} the post answered, "
        f"{head.opposes or 'none'} {noun(head.opposes, 'opposes', 'oppose')} it."
    )


def _replies(number: int) -> str:
    """Not posts: one that answers two may take the same side toward both."""
    return counted(number, "reply", "replies") if number else "no replies"


def _extent(head: Head, shown: int) -> str:
    first = f"This page shows the first {grouped(shown)} of them." if head.rows > shown else ""
    counts = (
        ""
        if head.period_posts == head.posts
        else f"{counted(head.period_posts, 'post')} within the report's period."
    )
    return " ".join(part for part in (first, counts) if part)


def _marks(head: Head) -> tuple[str, ...]:
    marks = ((head.is_locked, "locked"), (head.is_solved, "solved"), (head.state != "visible", head.state))
    return tuple(name for is_set, name in marks if is_set)
