"""The notation in which lexicons and codebooks say what people write: `would be @good (to|if)`.

Words in lower case; `(a|b)` is one of several, `@good` one of a class, `word?` may be missing, `!word` must
not follow, `..` skips up to two words, `...` up to four, `word*` may go on, `*word` may have begun earlier,
`*` is any word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_GAPS = {"..": 2, "...": 4}
"""How many words are skipped at most."""
_ELEMENT = re.compile(
    r"(?P<gap>\.{2,3})|(?P<no>!)?(?:\((?P<any>[^()]+)\)|@(?P<cls>\w+)|(?P<word>[^\s?!]+))(?P<maybe>\?)?"
)

_LEFT_OVER = re.compile(r"[()|@]")

Words = Mapping[str, Sequence[str]]
"""Classes of words by name."""


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a pattern."""

    options: Sequence[str] = ()
    """Empty for a gap."""
    gap: int = 0
    """Words that may be skipped. Gaps in a row are one: trying each of their ends would take for ever."""
    no: bool = False
    maybe: bool = False

    @property
    def needed(self) -> bool:
        return bool(self.options) and not self.no and not self.maybe


def parsed(pattern: str, words: Words) -> Iterator[Element]:
    """The parts of a pattern in their order.

    Raises ValueError for a class that is none of `words`, and for a bracket that is no pair's.
    """
    gap = 0
    for found in _ELEMENT.finditer(pattern):
        if found["gap"]:
            gap += _GAPS[found["gap"]]
            continue
        if gap:
            yield Element(gap=gap)
        gap = 0
        options = _options(found, words)
        if not options or _LEFT_OVER.search("".join(options)):
            raise ValueError(
                f"a bracket is empty, is not closed or not opened, or stands in another one: {pattern}"
            )
        yield Element(options, no=bool(found["no"]), maybe=bool(found["maybe"]))
    if gap:
        yield Element(gap=gap)


def _options(element: re.Match[str], words: Words) -> Sequence[str]:
    """The words an element may be."""
    parts = (
        [part.strip() for part in element["any"].split("|")] if element["any"] else [element["word"] or ""]
    )
    names = [element["cls"]] if element["cls"] else [part[1:] for part in parts if part.startswith("@")]
    if unknown := set(names) - words.keys():
        raise ValueError(
            f"there is no word class @{unknown.pop()}; there are {', '.join(sorted(words)) or 'none'}."
        )
    listed = [word for name in names for word in words[name]]
    return listed + [part for part in parts if part and not part.startswith("@")]
