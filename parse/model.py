"""What a page says once it has been read: threads, posts, quotes, and who answered whom.

Ids here are the platform's own ("848751"); the warehouse puts the site before them. All times are aware
and UTC, all offsets are Unicode code points, all confidences lie in [0, 1].
"""

import copyreg
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

_Made = TypeVar("_Made")
_SETTERS: dict[type, list[Callable[[Any, Any], None]]] = {}
_VALUES: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def _by_slots(cls: type[_Made]) -> type[_Made]:
    """For what there is in thousands: pickled and copied by its slots, in half the time that dataclasses
    take, which look every field up by name."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    _VALUES[cls] = attrgetter(*names)
    _SETTERS[cls] = [getattr(cls, name).__set__ for name in names]
    copyreg.pickle(cls, lambda thing: (_made, (cls, _VALUES[cls](thing))))
    return cls


def _made(cls: type[_Made], values: tuple[Any, ...]) -> _Made:
    thing = object.__new__(cls)
    for put, value in zip(_SETTERS[cls], values, strict=True):
        put(thing, value)
    return thing


def changed(thing: _Made, **values: Any) -> _Made:
    """A post, quote, author or reply with other values in some fields: what `dataclasses.replace` does."""
    made = _made(type(thing), _VALUES[type(thing)](thing))
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


class ParseError(Exception):
    """A page could not be read. The message says what was wrong, where, and what to do."""


class PageKind(StrEnum):
    THREAD = "thread"
    BOARD = "board"
    INDEX = "index"
    FEED = "feed"
    LOGIN = "login"
    """A login or permission wall, whatever its status code."""
    MISSING = "missing"
    """A soft 404: "the requested topic does not exist" with status 200."""
    PAST_END = "past_end"
    """A page number beyond the last one."""
    NO_TALK = "no_talk"
    """An article of a site where others are talked about, below which nobody said anything and nobody can."""
    SCRIPT_ONLY = "script_only"
    """Nothing here without JavaScript."""
    OTHER = "other"


class LinkKind(StrEnum):
    BOARD = "board"
    THREAD = "thread"
    PAGE = "page"
    """Another page of the same thread or the same board listing."""
    POSTS = "posts"
    """More posts of the same thread by another way (an API chunk)."""
    FEED = "feed"


class PostState(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    REMOVED = "removed"
    GHOST = "ghost"


class ThreadState(StrEnum):
    VISIBLE = "visible"
    REMOVED = "removed"
    MOVED = "moved"


@_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    name: str
    """As shown."""
    user_id: str | None = None
    """The platform's id of the account, where the markup has one."""
    login: str | None = None
    profile_url: str | None = None
    role: str | None = None
    """As shown: "Community Manager"."""
    is_staff: bool = False

    @property
    def key(self) -> str:
        """What identifies the account within its site, as stably as the page allows."""
        return self.user_id or self.called

    @property
    def called(self) -> str:
        """What identifies the person where no account is known: the login, else the name."""
        return (self.login or self.name).casefold()


@_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation in a post. A post holds them flat, in document order; `parent` makes them a tree."""

    ordinal: int
    """1, 2, … in document order within the post."""
    depth: int
    """1 = outermost."""
    text: str
    """The quoted words, without the words of deeper quotes and without the head ("X wrote:")."""
    parent: int | None = None
    """Ordinal of the enclosing quote."""
    attributed_to: str | None = None
    source_ref: str | None = None
    """The id the markup gives for the quoted post: a post id or one of its aliases."""
    source_post_id: str | None = None
    source_thread_id: str | None = None
    """The thread of the source where it is another one."""
    source_method: str | None = None
    """`link`, `text`, `author` or `ghost`."""
    source_confidence: float | None = None


@_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    id: str
    text: str
    """The author's own words: no quotes, no signature, no edit notice. Paragraphs end in a blank line."""
    full_text: str
    """As shown, quotes included."""
    aliases: tuple[str, ...] = ()
    """Other ids by which links and quotes of this platform refer to this post."""
    author: Author | None = None
    author_method: str | None = None
    """`byline`, `quoted`, `addressed`, or None while unknown."""
    author_confidence: float | None = None
    position: int | None = None
    """1 = the opening post, as the platform orders them; None while unknown."""
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    edited_by: str | None = None
    edited_by_staff: bool = False
    """The page shows that the editor is not the author."""
    edit_reason: str | None = None
    url: str | None = None
    like_count: int | None = None
    dislike_count: int | None = None
    """Votes, thumbs or reactions against, where the platform shows them apart from those for."""
    is_solution: bool = False
    declared_stance: str | None = None
    """`support`, `oppose` or `neutral` toward the opening post, where people say so beside their words."""
    state: PostState = PostState.VISIBLE
    reply_to: str | None = None
    """The native parent, where the platform says: a post id or alias."""
    reply_to_name: str | None = None
    """The person answered, where the platform names one but no post ("in reply to: Ann")."""
    quotes: tuple[Quote, ...] = ()
    is_copy: bool = False
    """A second showing (an accepted solution repeated under the topic): complements the real one."""
    page_id: str | None = None


@_by_slots
@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An edge of the reply graph: `post` answers `parent`."""

    post: str
    parent: str
    method: str
    """`native`, `quote`, `address` or `sequence`."""
    confidence: float
    is_primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformEvent:
    """Moderation that the platform itself displays (a lock, a move, "closed by X")."""

    kind: str
    """One of the contract's moderation kinds."""
    post_id: str | None = None
    actor: Author | None = None
    occurred_at: datetime | None = None
    excerpt: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOption:
    text: str
    votes: int | None = None
    """None where the page keeps them to itself: until one has voted, or until the poll ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A question put to the vote, and how the vote stood when the page was fetched."""

    id: str
    """Unique within its thread."""
    question: str
    options: tuple[PollOption, ...]
    """As the page orders them."""
    post_id: str | None = None
    """The post that asks; None: that which opens the thread, until the thread is assembled."""
    voters: int | None = None
    """People who have voted, where the page says how many."""
    max_choices: int | None = None
    """How many options one may choose; None where the page does not say."""
    is_closed: bool | None = None
    """None where the page does not say."""
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    id: str
    title: str
    url: str


A_LATER_PAGE = 2
"""The number of any page without the post that opens its thread, where pages are not numbered: it may be read
after this one, or, as in the talk of a channel, nothing opens it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What one page shows of a thread; after `parse.threads.assemble`, all that is known of it."""

    id: str
    title: str
    url: str
    board: Board | None = None
    started_at: datetime | None = None
    stated_reply_count: int | None = None
    view_count: int | None = None
    is_locked: bool | None = False
    """None where pages of this kind do not tell, but the listings that lead to them may."""
    is_sticky: bool | None = False
    is_solved: bool = False
    status: str | None = None
    """What became of an idea or a bug, in the community's word ("Planned"); None where it says nothing."""
    state: ThreadState = ThreadState.VISIBLE
    page_number: int | None = None
    page_count: int | None = None
    posts: tuple[Post, ...] = ()
    replies: tuple[Reply, ...] = ()
    events: tuple[PlatformEvent, ...] = ()
    polls: tuple[Poll, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """What a board listing says about one of its threads."""

    id: str
    title: str
    url: str
    reply_count: int | None = None
    last_post_at: datetime | None = None
    last_post_id: str | None = None
    is_sticky: bool = False
    is_locked: bool = False
    is_moved: bool = False
    """A stub left behind in the old board; `id` is the thread it leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    url: str
    """Canonical: no session id, no tracking, no fragment."""
    kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one page said."""

    platform: str
    kind: PageKind
    canonical_url: str
    confidence: float = 1.0
    """How far the reader believes itself (the generic reader); 1 for a known platform."""
    site_title: str | None = None
    boards: tuple[Board, ...] = ()
    board: Board | None = None
    """The board whose listing this is, or whose threads all stand on this page."""
    rows: tuple[ThreadRow, ...] = ()
    threads: tuple[Thread, ...] = ()
    """One for a forum page; several for input such as an mbox or a corpus in JSON Lines."""
    links: tuple[Link, ...] = ()
    day_first: bool | None = None
    """Whether numeric dates on this page put the day first, where they tell: evidence for the whole site."""
    warnings: tuple[str, ...] = ()
    """What looked wrong: a field that should be there and is not."""

    @property
    def is_board_whole(self) -> bool:
        """Whether all threads of a board stand here with all their posts, as on a wiki's talk page. There may
        be none."""
        return self.kind is PageKind.THREAD and self.board is not None
