"""What a post says that it answers, with a link to it: "in reply to #12" beside its words, ">>12" or "#12" in
them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bs4.element import NavigableString, Tag

from parse.model import Post
from parse.unknown.block import Block
from parse.unknown.ids import links_beside, numbers_in
from parse.unknown.tags import attribute, clean, inside
from parse.urls import split

_SAYS = (
    r"(?:in (?:reply|response|answer) to|(?:replie[ds]|replying|responded|responding) to|reply to|"
    r"(?:als )?antwort (?:auf|an)|antwortete? auf|en réponse à|a répondu à|en respuesta a|respondió a|"
    r"(?:in )?risposta a|em resposta a|respondeu a|in antwoord op|svar till|som svar på)"
)
_BEFORE = re.compile(rf"(?<!\w){_SAYS}\W*\Z", re.I)
_WITHIN = re.compile(
    rf"\W*(?:{_SAYS}\b.*|re\s*:\s*\w.*|(?:show |view |see )?parent(?: (?:post|comment|message))?\W*)",
    re.I | re.S,
)
_REFERENCE = re.compile(r">>\s?(\d+)(?:\s?\((?:OP|You)\))?")
_PLACE = re.compile(r"#\s?(\d{1,5})\.?")
_DIGITS_OF_A_KEY = 5
"""What is longer is no place in a thread."""
_NEAR = 60
"""Characters before a link that may tell where it leads."""


def answered(blocks: Sequence[Block], numbers: Sequence[str | None]) -> list[str | None]:
    """The number of the post on the page that each says it answers; None where it says nothing.

    `numbers` are what the posts go by. A button to reply leads to its own post, and says nothing.
    """
    known = set(filter(None, numbers))
    return [
        next((n for link in _saying(block) if (n := _target(link, known - {own or ""}))), None)
        for block, own in zip(blocks, numbers, strict=True)
    ]


def references(blocks: Sequence[Block]) -> list[str | None]:
    """What the first link like ">>12" in each post says: the number of a post, or its place in the thread."""
    said = ((_REFERENCE.fullmatch(clean(link)) for link in inside(b.element, "a")) for b in blocks)
    return [next((m[1] for m in found if m), None) for found in said]


def referred(number: str | None, at: int, posts: Sequence[Post], is_first_page: bool) -> str | None:
    """The post that a reference in the post at a place leads to; by its place, only to one above it."""
    if number is None or any(post.id == number for post in posts):
        return number
    place = int(number) if is_first_page and len(number) < _DIGITS_OF_A_KEY else 0
    return posts[place - 1].id if 0 < place <= at else None


def numbered(blocks: Sequence[Block]) -> list[int | None]:
    """The place in its thread that each post shows, in a link such as "#12", where those of most count up.

    A number that opens the words of a post is taken out of them: nobody says it.
    """
    links = [_places(b.element) for b in blocks]
    own = [(block, *each[0]) for block, each in zip(blocks, links, strict=True) if each]
    places = [place for _, _, place in own]
    if 2 * len(own) < len(blocks) or not all(one < other for one, other in pairwise(places)):
        return [None] * len(blocks)
    for block, link, _ in own:
        if clean(block.body).startswith(clean(link)) and any(above is block.body for above in link.parents):
            link.extract()
    return [each[0][1] if each else None for each in links]


def answered_places(blocks: Sequence[Block], numbers: Sequence[int | None]) -> list[int | None]:
    """Of each post which of those above it the first number in its words leads to: "#7" is what goes by 7."""
    at = {number: index for index, number in enumerate(numbers) if number is not None}
    first = [next(iter(_places(b.body)), None) if at else None for b in blocks]
    told = [at.get(link[1]) if link else None for link in first]
    return [found if found is not None and found < index else None for index, found in enumerate(told)]


def _places(tag: Tag) -> list[tuple[Tag, int]]:
    """The links in an element that say nothing but a number: "#12"."""
    found = ((link, _PLACE.fullmatch(clean(link))) for link in inside(tag, "a"))
    return [(link, int(m[1])) for link, m in found if m]


def _saying(block: Block) -> Iterator[Tag]:
    for link in links_beside(block):
        if _WITHIN.fullmatch(clean(link)) or _BEFORE.search(_before(link)):
            yield link


def _before(link: Tag) -> str:
    """What stands right before a link, in its own element or beside that."""
    said = ""
    for node in link.previous_elements:
        if isinstance(node, Tag):
            continue
        if type(node) is NavigableString:
            said = f"{node} {said}"
        if len(said.strip()) > _NEAR:
            break
    return " ".join(said.split())


def _target(link: Tag, others: set[str]) -> str | None:
    """The one post among the others that a link leads to."""
    parts = split(attribute(link, "href"))
    places = (parts.fragment, f"{parts.path}?{parts.query}")
    found = (others & set(numbers_in(place)) for place in places)
    return next((number for each in found if len(each) == 1 for number in each), None)
