"""One thread: the reply graph, then the posts in reading order with what was found in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import graph, links, words
from reports.numbers import approval, counted, grouped, noun
from reports.sections.highlight import SHOWN, Segment, Tag, TagRow, segments, tag
from reports.sections.polls import Poll, poll
from reports.sections.thread_drawing import SPIRIT, Dot, Pair, dot, link, pairs
from reports.sections.thread_events import Happened, placed
from reports.sections.thread_index import Group, index
from reports.sections.thread_rows import Content, Head, PostRow, QuoteRow, number, place

QUOTE, QUOTES = 1200, 40
"""Characters of one quote, quotes of one post; more stands at the original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    depth: int
    head: str
    text: str
    anchor: str | None
    """The quoted post, where it stands on the same page."""


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
    approval: str
    """Its likes and dislikes; empty where nobody gave any."""
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
    polls: tuple[Poll, ...]
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
    drawn = graph.drawing([link(row, stances[row.post_id]) for row in rows])
    events = placed(content.events, content.statuses, rows)
    return Thread(
        thread_id=head.thread_id,
        page=page_of(head.thread_id),
        title=words.title(head.title),
        url=links.outward(head.url),
        board=words.clip(head.board, 60),
        sentence=_sentence(head),
        extent=_extent(head, len(rows)),
        marks=_marks(head),
        polls=tuple(map(poll, content.polls)),
        posts=tuple(_post(row, content, by_id, stances, events.get(row.post_id, ())) for row in rows),
        left_out=counted(head.rows - len(rows), "more post") if head.rows > len(rows) else "",
        drawing=drawn,
        dots=tuple(dot(node, by_id, stances) for node in drawn.nodes),
        pairs=pairs(rows, by_id, stances),
        first_events=events.get("", ()),
        index=index(content),
    )


def _stance(tags: Sequence[TagRow], parent: str | None) -> str:
    for row in tags:
        if row.tag == "stance" and row.target_post_id and row.target_post_id == parent:
            return row.value
    return ""


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
        approval=approval(row.like_count, row.dislike_count),
        is_solution=row.is_solution,
        answers=_answered(row, by_id, stances[row.post_id]),
        quotes=tuple(_quoted(quote, by_id) for quote in quotes[:QUOTES]),
        more_quotes=counted(len(quotes) - QUOTES, "more quote") if len(quotes) > QUOTES else "",
        segments=segments(row.text, found),
        tags=tuple(tag(one, row.text) for one in found),
        cut=grouped(len(row.text) - SHOWN) if len(row.text) > SHOWN else "",
        events=tuple(events),
    )


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
        spirit=SPIRIT.get(stance, ""),
        how=_METHODS.get(row.reply_method or "", "") + sure,
    )


def _quoted(row: QuoteRow, by_id: dict[str, PostRow]) -> Quoted:
    source = by_id.get(row.source_post_id or "")
    name = words.person(row.attributed_to or (source.author if source else ""))
    where = f", {place(source)}" if source else ""
    return Quoted(
        depth=min(row.depth, 6),
        head=f"quotes {name}{where}",
        text=row.text if len(row.text) <= QUOTE else row.text[:QUOTE] + " …",
        anchor=links.anchor(source.post_id) if source else None,
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
    status = words.clip(head.status or "", 40)
    return tuple(name for is_set, name in (*marks, (status, status)) if is_set)
