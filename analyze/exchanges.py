"""What a post says to each of several posts that it answers: the words behind a quote answer that quote."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analyze.model import Span, Statement


@dataclass(frozen=True, slots=True)
class Exchange:
    """Words of one post, and those of another that they answer."""

    post_id: str | None
    answered: str
    spans: tuple[Span, ...] = ()
    """Where the answer stands in its post; empty where all of the post is one."""


def exchanges(statement: Statement) -> list[Exchange]:
    """One for each post answered, the primary one first; none where nothing is answered."""
    if not statement.several:
        return [] if statement.reply_to is None else [Exchange(statement.reply_to_id, statement.reply_to)]
    places = _places(statement)
    made = []
    for one in statement.several:
        words = statement.reply_to if one.post_id == statement.reply_to_id else None
        answered = words or "\n\n".join(one.quoted) or one.text
        made.append(Exchange(one.post_id, answered, tuple(places.get(one.post_id, ()))))
    return made


def _places(statement: Statement) -> Mapping[str, list[Span]]:
    """The paragraphs of a post by what they answer: the posts quoted above them, the primary one at first.

    Empty where the paragraphs are not found again in the post as it is shown.
    """
    found: dict[str, list[Span]] = {}
    owners = [statement.several[0].post_id]
    quoting = False
    own = _paragraphs(statement.text)
    words, span = next(own, ("", None))
    for block in (statement.full_text or "").split("\n\n"):
        if span and block.strip() == words:
            for owner in owners:
                found.setdefault(owner, []).append(span)
            quoting = False
            words, span = next(own, ("", None))
        elif quoted := [one.post_id for one in statement.several if _quotes(one.quoted, block)]:
            # Quotes in a row are answered together.
            owners = [*owners, *quoted] if quoting else quoted
            quoting = True
    return {} if span else found


def _quotes(quoted: tuple[str, ...], block: str) -> bool:
    return any(block in words.split("\n\n") for words in quoted)


def _paragraphs(text: str) -> Iterator[tuple[str, Span]]:
    at = 0
    for words in text.split("\n\n"):
        if words.strip():
            yield words.strip(), Span(start=at, end=at + len(words))
        at += len(words) + 2
