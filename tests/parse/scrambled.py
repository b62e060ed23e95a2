"""Pages of platforms we know, made unknown: how well does the generic reader read what the adapter reads?

`scrambled` renames every class and id on a page and drops generator marks, `data-` attributes and declared
structure; what is left is what a forum nobody has seen would show: how elements repeat, where links lead,
what dates look like. The adapter's reading of the page as it was is the truth.

    python tests/parse/scrambled.py [FILE ...]    a line a page; without files, over the golden pages

A file may be anything that `folkmoot parse` reads, a WARC or a folder among them.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from folkmoot.pages import saved_sources
from parse.model import PageKind, ParseError, Post, PostState
from parse.page import Document, Page
from parse.registry import read

_SYLLABLES = [consonant + vowel for consonant in "bcdfglm" for vowel in "aeio"]
_KEPT = {"href", "src", "alt", "title", "datetime", "rel", "colspan", "rowspan", "lang", "name"}
_LETTERS = re.compile(r"[A-Za-z][A-Za-z_-]*")
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Score:
    """How many posts the adapter reads and how the generic reader fares on the same page."""

    posts: int
    found: int
    matched: int
    authors: int
    times: int

    @property
    def f1(self) -> float:
        return 2 * self.matched / max(1, self.posts + self.found)


def scrambled(page: Page) -> Page:
    """The page without a name by which any reader could know it."""
    tree = Document(page).tree
    for node in tree.css("meta[name=generator], script, style, link[rel=stylesheet]"):
        node.decompose()
    for node in tree.css("*"):
        for name in list(node.attributes):
            if name in ("class", "id"):
                node.attrs[name] = _LETTERS.sub(lambda m: _word(m[0]), node.attributes[name] or "")
            elif name not in _KEPT or (name == "name" and node.tag != "a"):
                del node.attrs[name]
    return replace(page, body=(tree.html or "").encode(), content_type="text/html; charset=utf-8")


def _word(name: str) -> str:
    digest = blake2b(name.encode(), digest_size=4).digest()
    return "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in digest)


def compared(page: Page) -> Score | None:
    """The score of a thread page; None where it is none, shows no posts, or is JSON."""
    if Document(page).json is not None:
        return None
    try:
        known = read(page)
    except ParseError:
        return None
    if known.kind is not PageKind.THREAD or known.platform == "generic":
        return None
    truth = [p for t in known.threads for p in t.posts if p.state is PostState.VISIBLE and p.full_text]
    if not truth:
        return None
    try:
        posts = [p for t in read(scrambled(page), "generic").threads for p in t.posts]
    except ParseError:
        posts = []
    return _score(truth, posts)


def _score(truth: list[Post], posts: list[Post]) -> Score:
    left, pairs = list(posts), []
    for post in truth:
        best = max(left, key=lambda p: likeness(p, post), default=None)
        if best and likeness(best, post) >= _SAME:
            left.remove(best)
            pairs.append((post, best))
    return Score(
        posts=len(truth),
        found=len(posts),
        matched=len(pairs),
        authors=sum(bool(_names(a) & _names(b)) for a, b in pairs),
        times=sum(_same_day(a.posted_at, b.posted_at) for a, b in pairs),
    )


def likeness(one: Post, other: Post) -> float:
    """Dice of the words, of the better of own words and whole text."""
    texts = ((one.full_text, other.full_text), (one.text, other.text))
    return max(_dice(Counter(a.casefold().split()), Counter(b.casefold().split())) for a, b in texts)


def _dice(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _names(post: Post) -> set[str]:
    """Sites show the name to call somebody by, or the name to log in with."""
    author = post.author
    return {name.casefold() for name in (author.name, author.login) if name} if author else {""}


def _same_day(true: datetime | None, found: datetime | None) -> bool:
    """What is left of a page may show the day only."""
    return true is None or (found is not None and abs(true - found) < timedelta(hours=36))


def _files(paths: list[str]) -> Iterator[tuple[str, Page]]:
    named = [Path(path) for path in paths]
    for source in saved_sources(named, platform=None, url=None, site=None, failed=print):
        yield source.page.url, source.page


def report(pages: Iterator[tuple[str, Page]]) -> None:
    """A line a page on standard output, and one for all of them."""
    scores = []
    for name, page in pages:
        if score := compared(page):
            scores.append(score)
            print(f"{score.f1:.2f} {score} {name}")
    matched = max(1, sum(s.matched for s in scores))
    print(f"{len(scores)} pages, posts F1 {sum(s.f1 for s in scores) / max(1, len(scores)):.3f}", end=", ")
    print(f"authors {sum(s.authors for s in scores) / matched:.3f}", end=", ")
    print(f"times {sum(s.times for s in scores) / matched:.3f}")


if __name__ == "__main__":
    report(_files(sys.argv[1:] or [str(Path(__file__).parents[1] / "golden")]))
