"""The markup of a page as text and as a tree, and what need not be looked for in it.

Most of what a platform's tables ask for is not on a given page: a lock, a wall, a second layout. To see that
a name is in none of the tags costs a thirtieth of a search through the tree; and what is nowhere in the tree
need not be looked for in each post.
"""

import re
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborHTMLParser

_INSIDE = r"(?:[^()]|\((?:[^()]|\([^()]*\))*\))*"
"""What may stand between two parentheses, with two more levels of them in it."""
_PART = re.compile(rf"(?:\[[^\]]*\]|\({_INSIDE}\)|[^,(\[])+")
_OPTIONAL = re.compile(rf":not\({_INSIDE}\)|:(?:has|is|where)\((?=[^)]*,){_INSIDE}\)|\[[^\]]*\bi\]")
"""What is denied, what is one of several, and what may be written with other letters."""
_NAMES = re.compile(r"""=["']?([^"'\]]+)|[.#](-?[A-Za-z_][\w-]*)""")
_LOOKS_INSIDE = ":has("
"""Costs most, so that it is worth a look at the page whether it ever applies."""
_TAG = re.compile(r"<[^<]*>|<[^<>]*(?=<)")
"""Rather too much than too little: attributes may hold `>` and `<`."""


class Markup:
    """The text of a page as far as it is tags."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._possible: dict[str, str] = {}

    @cached_property
    def tags(self) -> str:
        """Every tag of the page, once."""
        return "".join(set(_TAG.findall(self._html)))

    def possible(self, selector: str) -> str:
        """The alternatives of a selector whose names all occur."""
        found = self._possible.get(selector)
        if found is None:
            tags, alternatives = self.tags, _alternatives(selector)
            left = [part for part, names in alternatives if all(name in tags for name in names)]
            found = selector if len(left) == len(alternatives) else ", ".join(left)
            self._possible[selector] = found
        return found


class Tree(LexborHTMLParser):
    """A page's tree. Its nodes find it as their `parser`."""

    def __init__(self, html: str, markup: Markup) -> None:
        super().__init__(html)
        self._markup = markup
        self._worth: dict[str, str] = {}
        self._ids: dict[str, frozenset[int]] = {}

    def ids(self, selector: str) -> frozenset[int]:
        """The `mem_id`s of all nodes that match: for questions to be asked of every node on the page."""
        found = self._ids.get(selector)
        if found is None:
            wanted = self._markup.possible(selector)
            found = frozenset(node.mem_id for node in self.css(wanted)) if wanted else frozenset()
            self._ids[selector] = found
        return found

    def worth(self, selector: str) -> str:
        """What is left of a selector without what is nowhere on the page; empty when that is all of it."""
        found = self._worth.get(selector)
        if found is None:
            found = self._markup.possible(selector)
            if _LOOKS_INSIDE in found:
                left = alternatives(found)
                found = ", ".join(part for part in left if _LOOKS_INSIDE not in part or self._has(part))
            if found and not self._has(found):
                found = ""
            self._worth[selector] = found
        return found

    def _has(self, selector: str) -> bool:
        return self.css_first(selector) is not None


def alternatives(selector: str) -> list[str]:
    """The parts of a selector of which any may match, in the order written."""
    return [part for part, _ in _alternatives(selector)]


@lru_cache(maxsize=1024)
def _alternatives(selector: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each alternative of a selector, with the classes, ids and attribute values that it needs."""
    parts = [part.strip() for part in _PART.findall(selector) if part.strip()]
    needed = (_OPTIONAL.sub("", part) for part in parts)
    names = (tuple(filter(None, (a or b for a, b in _NAMES.findall(part)))) for part in needed)
    return tuple(zip(parts, names, strict=True))
