"""Findings: spans of an author's own words with what they mean, how sure we are, and which rule said so."""

from dataclasses import dataclass
from datetime import datetime


class AnalyzeError(Exception):
    """Text could not be analyzed. The message says what was wrong, where, and what to do."""


class CodebookError(AnalyzeError):
    """A codebook is unusable. The message names file, entry and key."""


PROPOSALS, STANCE, MODERATION = "proposals", "stance", "moderation"
TASKS = (PROPOSALS, STANCE, MODERATION)
REFUSED = ".refused"
"""How the rule of a mention ends where what is asked is to be spared the entry: "no late fee, please"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Code points into a post's own words, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A post that another one answers beside others."""

    post_id: str
    text: str
    """Its own words; empty where they are not held."""
    quoted: tuple[str, ...] = ()
    """What of it is quoted, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One text to tag: a post's own words and what the tagger may know around them."""

    id: str
    text: str
    reply_to: str | None = None
    """The words answered or quoted; None where the post answers nothing known."""
    reply_to_id: str | None = None
    author: str | None = None
    author_role: str | None = None
    is_staff: bool = False
    is_opening: bool = False
    topic: str | None = None
    """The title of its thread."""
    declared: str | None = None
    """The stance toward the post answered that its author declared beside the words; None without one."""
    answers: tuple[tuple[str, float], ...] = ()
    """(post id, confidence) of every post this one answers, the primary one first."""
    several: tuple[Answered, ...] = ()
    """The posts answered that are known well enough, the primary one first; empty unless there are two."""
    full_text: str | None = None
    """As shown, quotes included; None unless several posts are answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMention:
    start: int
    end: int
    proposal_id: str | None
    """The codebook entry; None = a proposal no code covers yet."""
    act: str
    """`propose`, `discuss` or `advise`."""
    confidence: float
    rule: str
    facets: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.rule.endswith(REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    stance: str
    """`support`, `oppose`, `mixed` or `neutral`."""
    confidence: float
    rule: str
    score: float = 0.0
    """-1 (oppose) to 1 (support)."""
    target_post_id: str | None = None
    proposal_id: str | None = None
    evidence: tuple[Span, ...] = ()
    """The spans that show it, strongest first; empty only for a neutral one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationEvent:
    kind: str
    start: int
    end: int
    confidence: float
    rule: str
    method: str = "notice"
    """`notice` or `redaction` (the platform's own and those of recrawls come from elsewhere)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found in one statement. A task that was not asked for leaves its defaults."""

    id: str
    language: str | None = None
    """ISO 639 code where it is surely not English: then only phrases of the codebook are looked for."""
    proposals: tuple[ProposalMention, ...] = ()
    is_proposal: bool = False
    proposal_score: float = 0.0
    stance: Stance | None = None
    """Toward the post answered; None where nothing is answered."""
    other_stances: tuple[Stance, ...] = ()
    """Toward the other posts that it answers."""
    positions: tuple[Stance, ...] = ()
    """Toward proposals."""
    moderation: tuple[ModerationEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UncodedMention:
    """A mention of a proposal that no code covers yet, as the warehouse holds it."""

    mention_id: str
    post_id: str
    thread_id: str
    author_id: str | None
    excerpt: str
    topic: str = ""
    """The title of its thread."""
    place: str = ""
    """The names of its community and board."""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A proposal found by grouping uncoded mentions."""

    id: str
    """Stable for the same mentions, and not an id of the codebook."""
    label: str
    description: str
    mention_ids: tuple[str, ...]
