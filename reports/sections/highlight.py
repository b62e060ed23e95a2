"""A post's words cut at the bounds of what was found in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports import words

SHOWN = 20_000
"""Characters of one post; more stands at the original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """One finding in a post; its fields are the columns of `report_thread_tags.sql`."""

    post_id: str
    tag: str
    value: str
    start_offset: int | None
    end_offset: int | None
    confidence: float
    rule: str
    label: str
    target_post_id: str | None
    proposal_id: str | None
    is_counted: bool
    """Sure enough to count (`counted_stances`), and about a proposal or a post."""
    is_sure: bool
    """Else it is shown as a guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A finding as a reader sees it."""

    style: str
    """`proposal`, `support`, `oppose`, `mixed`, `neutral` or `moderation`."""
    name: str
    rule: str
    confidence: str
    quoted: str
    """The words that carry it; empty where none do."""

    @property
    def tip(self) -> str:
        return f"{self.name}\nrule {self.rule}, confidence {self.confidence}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words under the same tags."""

    text: str
    style: str
    """That of the tag that gives the colour; with `guess` where no tag is sure."""
    tip: str


def tag(row: TagRow, text: str) -> Tag:
    """A row as a reader sees it; `text` is the post's own words."""
    carried = text[row.start_offset : row.end_offset] if row.start_offset is not None else ""
    return Tag(
        style=row.value if row.tag == "stance" else row.tag,
        name=_name(row),
        rule=words.clip(row.rule, 90),
        confidence=f"{row.confidence:.2f}",
        quoted=words.clip(carried, 120),
    )


_ACTS = {"propose": "asks for", "discuss": "speaks of", "advise": "advises others about"}
_SIDES = {"support": "for", "oppose": "against", "mixed": "for in part:", "neutral": "takes no side on"}
_TOWARD = {
    "support": "agrees with",
    "oppose": "disagrees with",
    "mixed": "agrees in part with",
    "neutral": "takes no side toward",
}


def _name(row: TagRow) -> str:
    """What was found, in words: “asks for Disclose client metrics”, “agrees with the post answered”."""
    if row.tag == "moderation":
        return f"moderation: {words.kind(row.value)}"
    if row.tag == "proposal":
        aim = words.named(words.title(row.label)) if row.label else "something that no code covers yet"
        return f"{_ACTS.get(row.value, row.value)} {aim}"
    if row.label:
        return f"{_SIDES.get(row.value, row.value)} {words.named(words.title(row.label))}"
    return f"{_TOWARD.get(row.value, row.value)} the post answered"


def segments(text: str, rows: Sequence[TagRow]) -> tuple[Segment, ...]:
    """The words in order, cut where tags begin and end; the shortest that is sure gives the colour."""
    shown = text[:SHOWN]
    spans = [
        (max(0, row.start_offset), min(row.end_offset, len(shown)), row)
        for row in rows
        if row.start_offset is not None and row.end_offset is not None
    ]
    spans = [span for span in spans if span[0] < span[1]]
    cuts = sorted({0, len(shown), *(span[0] for span in spans), *(span[1] for span in spans)})
    return tuple(
        _segment(shown[start:end], [span for span in spans if span[0] <= start and end <= span[1]])
        for start, end in pairwise(cuts)
    )


def _segment(text: str, over: Sequence[tuple[int, int, TagRow]]) -> Segment:
    if not over:
        return Segment(text, "", "")
    first, *_ = by_length = sorted(over, key=lambda span: (not span[2].is_sure, span[1] - span[0]))
    tags = [tag(span[2], "") for span in by_length]
    style = tags[0].style if first[2].is_sure else f"{tags[0].style} guess"
    return Segment(text, style, "\n".join(found.tip for found in tags))
