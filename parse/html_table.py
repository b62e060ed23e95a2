"""The tables that an adapter for HTML pages fills in, and what its functions are given and give back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborNode

from parse.dates import parse_time
from parse.page import Document
from parse.urls import absolute

CALLED_A_POLL = r"\A[^:]{0,40}:\s*"
"""What many platforms write before the question of a poll, "Poll: ", in any language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSelectors:
    """Where a platform shows a poll, as CSS selectors."""

    box: str
    """What holds one poll; of several within one another the innermost."""
    name: str
    """The words of each option."""
    votes: str = ""
    """The votes of each option, in the order of the names: its first number that is no percentage."""
    question: str = ""
    drop: str = ""
    """What stands in the question beside its words."""
    lead: str = ""
    """A regular expression of what the platform writes before the question ("Poll: ")."""
    voters: str = ""
    """Its first number is that of the people who have voted."""
    closed: str = ""
    """There in (or at) a poll that has ended."""
    closes: str = ""
    """When it ends, or has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """Where a platform shows what, as CSS selectors; an empty one means that it does not."""

    post: str
    body: str
    author: str
    """The name, and the profile link where it is one."""
    time: str
    role: str = ""
    staff: str = ""
    """There in a post whose author is staff."""
    position: str = ""
    """Its first number is the post's position."""
    permalink: str = ""
    edited: str = ""
    """The edit notice."""
    likes: str = ""
    dislikes: str = ""
    """Votes or reactions against, where they are counted apart."""
    solution: str = ""
    hidden: str = ""
    """There in (or at) a post that is only a placeholder for one hidden or deleted."""

    title: str = "h1"
    crumbs: str = ""
    """Breadcrumb links; the last that leads to a board is the thread's board."""
    locked: str = ""
    sticky: str = ""
    solved: str = ""
    status: str = ""
    """What became of an idea or a bug, in the community's own word."""
    poll: PollSelectors | None = None
    pager: str = ""
    """Links to the other pages of a thread or a board."""
    current_page: str = ""
    """Its number is the page shown."""
    thread_page: str = ""
    """There on every thread page, even when nothing else is recognised."""

    row: str = ""
    """A thread in a board's listing."""
    row_link: str = ""
    row_replies: str = ""
    row_time: str = ""
    row_last: str = ""
    """Link to the last post."""
    row_locked: str = ""
    row_sticky: str = ""
    row_moved: str = ""
    boards: str = ""
    """Links to boards on an index page, or to the sub-boards of a board."""
    named_boards: str = ""
    """Those of them whose place says that they lead to a board, whatever their URL was rewritten to."""
    row_number: str = ""
    """Its id ends in the number of a row's thread, where URLs do not tell it."""
    thread_number: str = ""
    """A field of a form on a thread page, whose value is the thread's number."""
    board_page: str = ""
    """There on every board page, even an empty board's."""
    login: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of a platform. `hint` is looked for in the raw text: what the selector alone would mistake."""

    hint: str
    selector: str
    weight: float

    def is_hinted_at(self, text: str) -> bool:
        """Whether the hint is in the text of a page; what shrinks pages takes quotes off, or turns them."""
        spelt = (self.hint, self.hint.replace('"', ""), self.hint.replace('"', "'"))
        return any(hint in text for hint in dict.fromkeys(spelt))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One page, and what its fields are read with."""

    doc: Document
    base: str
    """What relative links start from."""
    zone: tzinfo
    """Of times that the page shows without one."""
    day_first: bool | None = None
    own: str = ""
    """Where the content shown lives, canonical."""
    is_renamed: bool = False
    """Nothing on the page has the name that this platform gives to posts; they were found another way."""
    body_slot: str = ""
    """Where the words of its posts stand, if nothing has the name that this platform gives to them."""
    shown: dict[int, str] = field(default_factory=dict)
    """The time of each post as shown, by node: read once for the order of its numbers, once for itself."""
    pagers: list[Sequence[LexborNode]] = field(default_factory=list)
    """The links to other pages, once they were looked for."""

    def time(self, text: str) -> datetime | None:
        return parse_time(text, now=self.doc.page.fetched_at, zone=self.zone, day_first=self.day_first)

    def url(self, href: str) -> str:
        return absolute(self.base, href)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an edit notice says."""

    at: datetime | None = None
    by: str | None = None
    by_staff: bool = False
    reason: str | None = None


UNEDITED = Edit()
