"""The tiny markup in which the demo's posts are written, read into blocks.

A body is paragraphs (a blank line between them), lines that begin with `* ` or `1) ` (lists), plain URLs,
`@login` mentions, and quotes that may nest:

    [quote=dana_r#61234]words[/quote]      the words of post 61234 by the person with the id dana_r
    [quote=Dana R]words[/quote]            a quote that names somebody and no post
    [quote]words[/quote]                   a quote that names nobody
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from folkmoot.demo.entry import ContentError

_TOKEN = re.compile(r"\[quote(?:=([^\]#\n]+)(?:#(\d+))?)?\]|(\[/quote\])")


class MarkupError(ContentError):
    """A body whose quotes do not open and close properly. The message says which one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text between quotes, stripped; blank lines part its paragraphs."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteBlock:
    """A quotation. With a post id the site links to the post; otherwise `name` is all a reader sees."""

    person: str | None
    """The id of the person quoted, where the quote names a post."""
    post: int | None
    name: str | None
    """The name as written, where the quote names no post; None for an anonymous quote."""
    blocks: tuple["Block", ...]

    @property
    def words(self) -> str:
        """The quoted words themselves, without the words of deeper quotes."""
        return own_words(self.blocks)


Block = Words | QuoteBlock


def read_body(body: str) -> tuple[Block, ...]:
    """The blocks of a body in order. Raises MarkupError when a quote is not closed or never opened."""
    levels: list[list[Block]] = [[]]
    heads: list[re.Match[str]] = []
    at = 0
    for token in _TOKEN.finditer(body):
        _add_words(levels[-1], body[at : token.start()])
        at = token.end()
        if token[3] is None:
            heads.append(token)
            levels.append([])
        elif not heads:
            raise MarkupError(f"a [/quote] closes nothing, near {body[max(0, at - 60) : at]!r}")
        else:
            inner = tuple(levels.pop())
            levels[-1].append(_quote(heads.pop(), inner))
    if heads:
        raise MarkupError(f"{heads[-1][0]} is never closed")
    _add_words(levels[0], body[at:])
    return tuple(levels[0])


def _add_words(level: list[Block], text: str) -> None:
    if text.strip():
        level.append(Words(text=text.strip()))


def _quote(head: re.Match[str], blocks: tuple[Block, ...]) -> QuoteBlock:
    if head[2] is None:
        return QuoteBlock(person=None, post=None, name=head[1], blocks=blocks)
    return QuoteBlock(person=head[1], post=int(head[2]), name=None, blocks=blocks)


def own_words(blocks: tuple[Block, ...]) -> str:
    """What stands outside the (deeper) quotes; a blank line where a quote stood between words."""
    return "\n\n".join(block.text for block in blocks if isinstance(block, Words))


def walk_quotes(blocks: tuple[Block, ...], depth: int = 1) -> Iterator[tuple[int, QuoteBlock]]:
    """Every quote in document order with its depth (1 = outermost)."""
    for block in blocks:
        if isinstance(block, QuoteBlock):
            yield depth, block
            yield from walk_quotes(block.blocks, depth + 1)
