"""The bundled community as data: who is there, what they say, and what is true of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    id: str
    platform: str
    """`khoros` or `discourse`."""
    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    id: str
    site: str
    title: str
    description: str
    is_for_ideas: bool = False
    """People vote on its threads, and the team says what became of each (only Khoros has these)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    """What the threads call them; shown nowhere."""
    name: str
    login: str
    role: str
    """As shown under the name: "Community Manager", "Member"."""
    staff: bool
    joined: str
    """A date, 2021-04-17."""
    user_id: int
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    by: str
    at: datetime
    reason: str = ""
    """Empty where the editor gave none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedProposal:
    """Truth: a passage of a post that proposes, discusses or advises something."""

    id: str
    """A codebook id, or `other`: a proposal no code covers."""
    act: str
    """`propose`, `discuss` or `advise`."""
    excerpt: str
    """Verbatim from the author's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedStance:
    """Truth: where the author stands, toward a post or toward a proposal (one of the two).

    A coded proposal is the change that is asked for, so to support `arbitration_fee` is to want that fee
    lowered, shared otherwise or dropped, and to oppose it is to defend the fee as it is.
    """

    stance: str
    """`support`, `oppose`, `mixed` or `neutral`."""
    toward: int | None = None
    proposal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedEvent:
    """Truth: something a moderator did.

    A deed that shows in two ways (announced in a post, displayed by the platform) stands here twice, once for
    each `method`; both tell of one deed.
    """

    kind: str
    """One of the contract's kinds."""
    method: str
    """`notice` (a post says so), `redaction` (a token in the text), `platform` or `recrawl`."""
    about: int | None = None
    """The post moderated; None where it is the thread, or posts that cannot be known."""
    by: str | None = None
    """The person, where a reader can know."""
    week: int = 1
    """The crawl that first shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    text: str
    votes: int
    votes_in_week2: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A question put to the vote in a post (only Discourse has these)."""

    question: str
    choices: tuple[Choice, ...]
    voters: int
    voters_in_week2: int
    max_choices: int
    closes_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChange:
    """What the second week makes of a post. None = as it was."""

    body: str | None = None
    edited: Edit | None = None
    likes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    id: int
    by: str
    at: datetime
    body: str
    """In the markup of `folkmoot.demo.markup`."""
    body_before_edit: str | None = None
    """What it said before a moderator redacted it, where somebody quoted that. Never served."""
    reply_to: int | None = None
    """The parent the platform displays; None where it displays none."""
    likes: int = 0
    solution: bool = False
    edited: Edit | None = None
    week: int = 1
    """2 = written between the two crawls."""
    removed_in_week: int | None = None
    """2 = there at the first crawl, gone at the second."""
    week2: PostChange | None = None
    poll: Poll | None = None
    answers: tuple[int, ...] = ()
    """Truth: the posts it answers (a vanished one included), the primary one first. Empty when opening."""
    proposals: tuple[MarkedProposal, ...] = ()
    stances: tuple[MarkedStance, ...] = ()
    moderation: tuple[MarkedEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VanishedPost:
    """A post removed before the first crawl, of which only quotes by others are left. Never served."""

    id: int
    by: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    id: int
    """Khoros: the id of the opening post. Discourse: the topic's own."""
    file: str
    site: str
    board: str
    title: str
    views: int
    labels: tuple[str, ...]
    layout: str
    """`linear` or `threaded` (only Khoros has the latter)."""
    posts: tuple[Post, ...]
    """Oldest first, those of the second week included."""
    week: int = 1
    """2 = opened between the two crawls."""
    sticky: bool = False
    solved: bool = False
    status: str | None = None
    """What became of the idea, as shown."""
    status_in_week2: str | None = None
    """The same at the second crawl, where it is another."""
    locked_by: str | None = None
    locked_at: datetime | None = None
    locked_in_week: int = 1
    moved_from: str | None = None
    """The board it stood in before."""
    moved_by: str | None = None
    moved_at: datetime | None = None
    vanished: tuple[VanishedPost, ...] = ()
    moderation: tuple[MarkedEvent, ...] = ()

    def posts_in(self, week: int) -> tuple[Post, ...]:
        """The posts there are to see at the first (1) or the second (2) crawl."""
        return tuple(p for p in self.posts if p.week <= week and not (p.removed_in_week or 9) <= week)

    def status_in(self, week: int) -> str | None:
        return (week >= 2 and self.status_in_week2) or self.status

    def locked_in(self, week: int) -> bool:
        return self.locked_at is not None and self.locked_in_week <= week


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    sites: tuple[Site, ...]
    boards: tuple[Board, ...]
    people: Mapping[str, Person]
    """By the id the threads use."""
    threads: tuple[Thread, ...]
    """In the order of their files."""
    crawled_at: tuple[datetime, datetime]
    """When the two crawls of the demo take place, for relative times and for what is new."""
