"""Polls of an HTML page, by the table of an adapter: what was put to the vote, and how the vote stands."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.html_fields import ancestors, count_in, every, find_all, first, shown_time, text_of
from parse.html_table import PollSelectors, Sight
from parse.model import Poll, PollOption, Post

_SHARE = re.compile(r"\d+(?:[.,]\d+)?\s*%|%\s*\d+(?:[.,]\d+)?")
_FEWEST = 2
"""Options of a poll."""


def read_polls(
    sight: Sight, table: PollSelectors, posts: Sequence[tuple[LexborNode, Post]]
) -> Iterator[Poll]:
    """The polls of a page, in its order; each belongs to the post that it stands in, else to the thread.

    Of boxes within one another the innermost is the poll.
    """
    owners = {node.mem_id: post.id for node, post in posts}
    asked: Counter[str | None] = Counter()
    for box in _innermost(find_all(sight.doc, table.box)):
        options = tuple(_options(table, box))
        if len(options) >= _FEWEST:
            owner = next((owners[above.mem_id] for above in ancestors(box) if above.mem_id in owners), None)
            asked[owner] += 1
            number = f"{owner}.{asked[owner]}" if owner else str(asked[owner])
            yield replace(_poll(sight, table, box), id=number, post_id=owner, options=options)


def _innermost(boxes: Sequence[LexborNode]) -> Iterator[LexborNode]:
    around: set[int] = set()
    for box in boxes:
        for above in ancestors(box):
            if above.mem_id in around:
                break
            around.add(above.mem_id)
    return (box for box in {box.mem_id: box for box in boxes}.values() if box.mem_id not in around)


def _poll(sight: Sight, table: PollSelectors, box: LexborNode) -> Poll:
    """The poll but for its options, and for which of its thread's it is."""
    ends, asked = first(box, table.closes), _question(table, box)
    closes_at = sight.time(shown_time(ends)) if ends else None
    has_ended = closes_at <= sight.doc.page.fetched_at if closes_at else None
    return Poll(
        id="",
        question=re.sub(table.lead, "", asked) if table.lead else asked,
        options=(),
        voters=count_in(text_of(first(box, table.voters))),
        is_closed=True if first(box, table.closed) else has_ended,
        closes_at=closes_at,
    )


def _question(table: PollSelectors, box: LexborNode) -> str:
    node = first(box, table.question)
    if node is None:
        return ""
    beside = {part.mem_id for part in every(node, table.drop)}
    words = [
        part.text()
        for part in node.traverse(include_text=True)
        if part.is_text_node and not any(above.mem_id in beside for above in ancestors(part))
    ]
    return " ".join(" ".join(words).split())


def _options(table: PollSelectors, box: LexborNode) -> Iterator[PollOption]:
    """Names and votes stand in the same order; a poll that shows no votes, or not all, tells none."""
    names = [words for node in every(box, table.name) if (words := text_of(node))]
    votes = [count_in(_SHARE.sub(" ", text_of(node))) for node in every(box, table.votes)]
    if len(votes) != len(names):
        votes = [None] * len(names)
    for name, count in zip(names, votes, strict=True):
        yield PollOption(text=name, votes=count)
