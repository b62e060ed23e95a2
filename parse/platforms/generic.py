"""The reader for forums nobody has written an adapter for: what a page declares, else what repeats on it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from bs4 import BeautifulSoup
from bs4.element import Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parse import structured_data
from parse.body import QuoteMarkup, untangle
from parse.dates import day_first, parse_time
from parse.edit_notices import Notice
from parse.html_fields import attribute, text_of
from parse.html_site import site_title
from parse.model import Author, Link, LinkKind, PageKind, ParseError, Post, Reading, Thread
from parse.outline import attribute as tag_attribute
from parse.outline import clean
from parse.page import Document
from parse.repeated import Block, find_blocks
from parse.structured_data import Item
from parse.unknown_bodies import cut_copies, cut_notice, cut_refrains, cut_signature, mark_quotes
from parse.urls import absolute, tidy

TRUST = 0.2
"""Below this the repeated-structure reader is not believed and the page is reported instead."""
QUOTES = QuoteMarkup(
    block="blockquote, .quote, .quotebox, .bbcode_quote",
    drop=("button", ".reactions", ".actions", ".signature", ".post-links", ".share", "[data-nosnippet]"),
)
_PAGER = re.compile(r"[?&](?:page|p|start|offset|st|pg|seite)=\d+|/(?:page|seite|p)[-/]?\d+(?=/|$)", re.I)
_SILENT = ", ".join(
    (
        "script, style, svg, iframe, template",
        "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]",
        "[id*=onetrust], [id*=cookie-consent], [class*=cookie-consent], [id*=CybotCookiebot], [id*=didomi]",
    )
)
"""Neither shown nor said by anybody; the texts of consent dialogs are longer than most posts."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d+[./-]\d")
_ID = re.compile(r"(\d{2,})")
_ID_PLACES = ("id", "data-id", "data-post-id", "data-post", "data-comment-id", "name")
_PERMALINK = re.compile(r"(?:#[a-z_-]*|[?&/](?:p|pid|post|comment|msg)[=/_-]?)(\d{2,})\b", re.I)


class Generic:
    """Claims any HTML page, but only just: every platform that recognises its own goes first."""

    name = "generic"

    def detect(self, doc: Document) -> float:
        return 0.5 if b"<" in doc.page.body[:2000] and doc.json is None else 0.0

    def canonical(self, url: str) -> str:
        return tidy(url)

    def read(self, doc: Document) -> Reading:
        declared = self.declared(doc)
        repeated, trust = self.repeated(doc)
        if declared and len(declared) >= len(repeated) and _words(declared) >= 0.8 * _words(repeated):
            posts, trust = declared, 0.9
        else:
            posts = repeated
        if not posts:
            raise ParseError(
                f"{doc.page.url}: no platform we know, and no blocks that look like posts; "
                "name the platform with --platform"
            )
        if trust < TRUST:
            raise ParseError(
                f"{doc.page.url}: no platform we know, and what looks like posts here is too doubtful "
                f"(confidence {trust:.2f}, {TRUST:.2f} is needed); name the platform with --platform"
            )
        return self.reading(doc, posts, trust)

    def reading(self, doc: Document, posts: Sequence[Post], trust: float) -> Reading:
        url = tidy(doc.page.url)
        heading = doc.tree.css_first("h1") or doc.tree.css_first("title")
        thread = Thread(
            id=_digest(_PAGER.sub("", url)),
            title=text_of(heading),
            url=_PAGER.sub("", url),
            started_at=posts[0].posted_at,
            posts=tuple(posts),
        )
        nexts = [attribute(n, "href") for n in doc.tree.css('link[rel~="next"], a[rel~="next"]')]
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=url,
            confidence=trust,
            site_title=site_title(doc),
            threads=(thread,),
            links=tuple(
                Link(url=tidy(absolute(_base(doc), href)), kind=LinkKind.PAGE)
                for href in dict.fromkeys(nexts)
                if href
            ),
        )

    def declared(self, doc: Document) -> list[Post]:
        """The posts that the page declares as schema.org data."""
        items = [item for item in structured_data.items(doc.tree) if item.text]
        posts = [self._declared_post(doc, item) for item in items]
        return list({post.id: post for post in posts}.values())

    def _declared_post(self, doc: Document, item: Item) -> Post:
        node = item.node or LexborHTMLParser(f"<div>{item.text}</div>").body
        body = untangle(node, QUOTES) if node else None
        full = body.full_text if body else item.text
        number = _PERMALINK.search(item.url)
        now = doc.page.fetched_at
        return Post(
            id=number[1] if number else _digest(f"{item.author}\n{item.published}\n{full}"),
            text=body.text if body else item.text,
            full_text=full,
            quotes=body.quotes if body else (),
            author=_author(item.author, absolute(_base(doc), item.author_url) if item.author_url else None),
            author_method="byline" if item.author else None,
            author_confidence=0.95 if item.author else None,
            posted_at=parse_time(item.published, now=now),
            edited_at=None,
            url=absolute(_base(doc), item.url) if item.url else None,
            like_count=item.likes,
            is_solution=item.is_solution,
        )

    def repeated(self, doc: Document) -> tuple[list[Post], float]:
        """The posts that repeat on the page, and how far to believe it."""
        blocks, trust = find_blocks(BeautifulSoup(_shown_markup(doc), "html.parser"))
        order = day_first(_shown(block.date) for block in blocks)
        ids = _block_ids(blocks)
        cut_refrains([(clean(b.person) if b.person else "", b.body) for b in blocks])
        posts = [
            self._repeated_post(doc, block, number, order) for block, number in zip(blocks, ids, strict=True)
        ]
        by_block = {id(block.element): post.id for block, post in zip(blocks, posts, strict=True)}
        tied = [
            replace(post, reply_to=by_block.get(id(block.answers))) if block.answers else post
            for block, post in zip(blocks, posts, strict=True)
        ]
        return list({post.id: post for post in tied if post.full_text}.values()), trust

    def _repeated_post(self, doc: Document, block: Block, number: str | None, order: bool | None) -> Post:
        notice = cut_notice(block.body) or cut_notice(block.element) or Notice()
        cut_signature(block.body)
        mark_quotes(block.body)
        cut_copies(block.body)
        body = untangle(_body_node(block.body), QUOTES)
        name = clean(block.person) if block.person else ""
        href = tag_attribute(block.person, "href") if block.person else ""
        shown = _shown(block.date)
        return Post(
            id=number or _digest(f"{name}\n{_lasting(shown)}\n{body.full_text}"),
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            author=_author(name, tidy(absolute(_base(doc), href)) if href else None),
            author_method="byline" if name else None,
            author_confidence=0.8 if name else None,
            posted_at=parse_time(shown, now=doc.page.fetched_at, day_first=order),
            edited_at=parse_time(notice.at, now=doc.page.fetched_at, day_first=order),
            edited_by=notice.by,
            edited_by_staff=bool(notice.by and name and notice.by.casefold() != name.casefold()),
            edit_reason=notice.reason,
        )


def _shown_markup(doc: Document) -> str:
    """The page without what nobody reads; what is there for want of scripts counts where it is the page."""
    tree = LexborHTMLParser(doc.tree.html or "")
    for node in tree.css(_SILENT):
        node.decompose()
    words = len(tree.body.text()) if tree.body else 0
    for node in tree.css("noscript"):
        if 2 * len(node.text()) > words:
            node.unwrap()
        else:
            node.decompose()
    return tree.html or ""


def _body_node(body: Tag) -> LexborNode:
    """The body as a tree of its own: a cell or a row alone would not survive parsing."""
    markup = (
        f"<table>{body}</table>" if body.name in ("tr", "tbody") else f"<div>{body.decode_contents()}</div>"
    )
    node = LexborHTMLParser(markup).body
    assert node is not None
    return node


def _base(doc: Document) -> str:
    """What relative links on the page start from."""
    return absolute(doc.page.url, attribute(doc.tree.css_first("base[href]"), "href"))


def _author(name: str, url: str | None) -> Author | None:
    """Scripts that open a profile are no address of one."""
    known = url if url and url.startswith("http") else None
    return Author(name=name.removeprefix("@"), profile_url=known) if name else None


def _shown(date: Tag | None) -> str:
    """A machine value first, then the text, then the title."""
    if date is None:
        return ""
    places = (tag_attribute(date, "datetime"), tag_attribute(date, "content"), clean(date))
    return next((text for text in places if text), tag_attribute(date, "title"))


def _lasting(shown: str) -> str:
    """The date if it will read the same on the next visit: "5 months ago" would make another post of it."""
    return shown if _YEAR.search(shown) else ""


def _block_ids(blocks: Sequence[Block]) -> list[str | None]:
    """The posts' ids, from the first kind of place that gives most blocks one and no two blocks the same."""
    for found in ([_own_id(b.element) for b in blocks], [_linked_id(b) for b in blocks]):
        shown = [number for number in found if number]
        if 2 * len(shown) > len(blocks) and len(set(shown)) == len(shown) and not _only_count(shown, blocks):
            return found
    return [None] * len(blocks)


def _only_count(numbers: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Numbers that run from 1 on every page are no ids: the next page would have the same."""
    return all(int(number) <= len(blocks) for number in numbers)


def _own_id(element: Tag) -> str | None:
    """The number that the block, an element it opens with, or an anchor in it goes by."""
    first, anchor = element.find(True), element.find("a", attrs={"name": _ID})
    for tag in filter(None, (element, first, anchor)):
        for place in _ID_PLACES:
            if number := _ID.search(tag_attribute(tag, place)):
                return number[1]
    return None


def _linked_id(block: Block) -> str | None:
    """The number in the permalink: the first that stands outside the words, which may link to other posts."""
    inside = {id(link) for link in block.body.find_all("a", href=True)}
    links = (a for a in block.element.find_all("a", href=True, limit=60) if id(a) not in inside)
    return next((m[1] for a in links if (m := _PERMALINK.search(tag_attribute(a, "href")))), None)


def _words(posts: Sequence[Post]) -> int:
    return sum(len(post.full_text.split()) for post in posts)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


platform = Generic()
