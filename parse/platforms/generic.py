"""The reader for forums nobody has written an adapter for: what a page declares, else what repeats on it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bs4.element import Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parse import structured_data
from parse.body import QuoteMarkup, untangle
from parse.dates import day_first, parse_time, usual_order
from parse.edit_notices import Notice
from parse.html_site import language, site_title
from parse.model import Author, Link, LinkKind, PageKind, ParseError, Post, Reading, Thread, ThreadRow
from parse.page import Document
from parse.structured_data import Item
from parse.unknown.bodies import (
    cut_copies,
    cut_notice,
    cut_refrains,
    cut_signature,
    cut_subject,
    mark_heads,
    mark_quotes,
    take_in_heads,
)
from parse.unknown.ids import PERMALINK, block_ids
from parse.unknown.index import BoardRow, board_rows
from parse.unknown.json_posts import Talk, talks
from parse.unknown.json_threads import kept_talks, thread_of
from parse.unknown.listings import Row, last_rows, rows, rows_beside
from parse.unknown.pages import (
    board_above,
    board_at,
    digest,
    first_page,
    heading,
    page_links,
    page_number,
    thread_id,
)
from parse.unknown.repeated import Block, find_blocks
from parse.unknown.shown import shown
from parse.unknown.tags import attribute as tag_attribute
from parse.unknown.tags import clean
from parse.unknown.talk import is_slight, is_talk
from parse.urls import absolute, tidy

TRUST = 0.2
"""Below this the repeated-structure reader is not believed and the page is reported instead."""
UNLIKELY = 0.15
"""How much is left of trust in a lone post where nothing on the page says that people talk there."""
_ASIDE = 2
"""How many words of talk may stand beside each word about boards on a page that lists boards."""
QUOTES = QuoteMarkup(
    block="blockquote:not(.quote > blockquote, .quotebox > blockquote), "
    ".quote:not(blockquote > .quote), .quotebox, .bbcode_quote",
    head="cite, [class*=quote-author], [class*=quote-user], [class*=quote_author], [class*=quoteauthor], "
    ".quote-header, .quote_header, .quoteheader",
    head_before="cite:has(+ blockquote)",
    drop=(
        "button",
        ".reactions",
        ".actions",
        "[class*=signature i]",
        ".sig",
        ".usersig",
        ".post-links",
        ".share",
        "[data-nosnippet]",
        "[class*=topic-nav i]",
        "[class*=topic-navigation i]",
    ),
)
_BESIDE_NAME = re.compile(
    r"^\W*(?:(?:posted|submitted|written|geschrieben|verfasst|publicado|posté|inviato) )?"
    r"(?:by|von|par|por|da|door|av|af)\s*:?\s+"
    r"|\s+(?:says|said|wrote|schrieb|sagt|a écrit|dit|dice|escribió|ha scritto|escreveu)?\s*:?\s*$",
    re.I,
)
"""What an element with a name in it may say beside: "by Jane", "Jane says:". A link holds the name alone."""
_LOGIN = re.compile(r"(.+?)\s*\(([^()]+)\)$")
"""The same name again as it is typed: "Jane D (JANE_D)"."""
_COUNT = re.compile(r"(?<=\S)\s*\(\d+\)$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d+[./-]\d")


class Generic:
    """Claims any HTML page and any JSON, but only just: every platform that recognises its own goes first."""

    name = "generic"

    def detect(self, doc: Document) -> float:
        return 0.5 if b"<" in doc.page.body[:2000] or isinstance(doc.json, (dict, list)) else 0.0

    def canonical(self, url: str) -> str:
        return tidy(url)

    def read(self, doc: Document) -> Reading:
        return self.page(doc) if doc.json is None else self.answer(doc)

    def answer(self, doc: Document) -> Reading:
        """What an interface that nobody has described answers in JSON."""
        found = talks(doc.json, doc.page.fetched_at)
        if not found:
            raise ParseError(
                f"{doc.page.url}: no known platform; if you know what made it, say --platform NAME "
                "(no object in this JSON has words, an author and a date)"
            )
        return self.talked(doc, found)

    def talked(self, doc: Document, found: Sequence[Talk]) -> Reading:
        url = tidy(doc.page.url)
        threads = tuple(thread_of(talk, url) for talk in found)
        return Reading(
            platform=self.name, kind=PageKind.THREAD, canonical_url=url, confidence=0.8, threads=threads
        )

    def page(self, doc: Document) -> Reading:
        declared = self.declared(doc)
        page = shown(doc)
        boards = [] if declared else board_rows(page, doc.page.url)
        for each in boards:
            each.row.extract()
        blocks, trust = find_blocks(page)
        if not declared and (listed := rows(blocks, doc.page.url)):
            return self.listing(doc, listed, len(listed) / len(blocks), boards)
        if boards and _is_all(boards, blocks):
            return self.listing(doc, (), 1.0, boards)
        may_be_last = trust < TRUST and not declared and (page_number(doc.page.url) or 1) > 1
        if may_be_last and (few := last_rows(page, doc.page.url)):
            return self.listing(doc, few, TRUST, boards)
        if is_slight(blocks) and not is_talk(page, blocks, doc.page.url):
            trust *= UNLIKELY
        repeated = self.repeated(doc, blocks)
        if declared and len(declared) >= len(repeated) and _words(declared) >= 0.8 * _words(repeated):
            posts, trust = declared, 0.9
        else:
            posts = repeated
        if (not posts or trust < TRUST) and (found := kept_talks(doc)):
            return self.talked(doc, found)
        if not declared and (beside := rows_beside(page, blocks, doc.page.url)):
            return self.listing(doc, beside, 0.5, boards)
        if not posts:
            raise ParseError(
                f"{doc.page.url}: no platform we know, and no blocks that look like posts; "
                "name the platform with --platform"
            )
        if trust < TRUST:
            raise ParseError(
                f"{doc.page.url}: no platform we know, and what looks like posts here is too doubtful, "
                "or nothing on the page says that people talk there "
                f"(confidence {trust:.2f}, {TRUST:.2f} is needed); name the platform with --platform"
            )
        return self.reading(doc, posts, trust)

    def reading(self, doc: Document, posts: Sequence[Post], trust: float) -> Reading:
        url = tidy(doc.page.url)
        thread = Thread(
            id=thread_id(url),
            title=heading(doc),
            url=first_page(url),
            board=board_above(doc),
            started_at=posts[0].posted_at if page_number(url) in (None, 1) else None,
            page_number=page_number(url),
            posts=tuple(posts),
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=url,
            confidence=trust,
            site_title=site_title(doc),
            threads=(thread,),
            links=page_links(doc),
        )

    def listing(
        self, doc: Document, found: Sequence[Row], trust: float, inner: Sequence[BoardRow]
    ) -> Reading:
        """A page of titles, of threads or of the boards `inner` to it, none of them what somebody said."""
        order = _order(doc, [_shown(date) for row in found for date in row.dates])
        threads = {row.id: row for row in (_row(doc, each, order) for each in found)}
        boards = [board_at(_address(doc, each.link), clean(each.link)) for each in inner]
        url = tidy(doc.page.url)
        return Reading(
            platform=self.name,
            kind=PageKind.BOARD if threads else PageKind.INDEX,
            canonical_url=url,
            confidence=trust,
            site_title=site_title(doc),
            boards=tuple(boards),
            board=board_at(url, heading(doc)) if threads else None,
            rows=tuple(threads.values()),
            links=(
                *(Link(url=board.url, kind=LinkKind.BOARD) for board in boards),
                *(Link(url=row.url, kind=LinkKind.THREAD) for row in threads.values()),
                *page_links(doc),
            ),
        )

    def declared(self, doc: Document) -> list[Post]:
        """The posts that the page declares as schema.org data."""
        items = structured_data.items(doc.tree)
        posts = [self._declared_post(doc, item) if item.text else None for item in items]
        return list({post.id: post for post in _tied(items, posts)}.values())

    def _declared_post(self, doc: Document, item: Item) -> Post:
        node = item.node or LexborHTMLParser(f"<div>{item.text}</div>").body
        body = untangle(node, QUOTES) if node else None
        full = body.full_text if body else item.text
        number = PERMALINK.search(item.url)
        now = doc.page.fetched_at
        return Post(
            id=number[1] if number else digest(f"{item.author}\n{item.published}\n{full}"),
            text=body.text if body else item.text,
            full_text=full,
            quotes=body.quotes if body else (),
            author=_author(item.author, absolute(doc.base, item.author_url) if item.author_url else None),
            author_method="byline" if item.author else None,
            author_confidence=0.95 if item.author else None,
            posted_at=parse_time(item.published, now=now),
            edited_at=None,
            url=absolute(doc.base, item.url) if item.url else None,
            like_count=item.likes,
            is_solution=item.is_solution,
        )

    def repeated(self, doc: Document, blocks: Sequence[Block]) -> list[Post]:
        """The posts that the blocks which repeat on the page hold."""
        _take_apart(blocks)
        order = _order(doc, [_shown(block.date) for block in blocks])
        ids = block_ids(blocks)
        cut_refrains([(clean(b.person) if b.person else "", b.body) for b in blocks])
        posts = [
            self._repeated_post(doc, block, number, order) for block, number in zip(blocks, ids, strict=True)
        ]
        by_block = {id(block.element): post.id for block, post in zip(blocks, posts, strict=True)}
        tied = [
            replace(post, reply_to=by_block.get(id(block.answers))) if block.answers else post
            for block, post in zip(blocks, posts, strict=True)
        ]
        return list({post.id: post for post in tied if post.full_text}.values())

    def _repeated_post(self, doc: Document, block: Block, number: str | None, order: bool | None) -> Post:
        notice = cut_notice(block.body) or cut_notice(block.element) or Notice()
        cut_signature(block.body)
        cut_subject(block.body)
        mark_quotes(block.body)
        take_in_heads(block.body)
        mark_heads(block.body)
        cut_copies(block.body)
        body = untangle(_body_node(block.body), QUOTES)
        name = _name(block.person) if block.person else ""
        href = tag_attribute(block.person, "href") if block.person else ""
        shown = _shown(block.date)
        return Post(
            id=number or digest(f"{name}\n{_lasting(shown)}\n{body.full_text}"),
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            author=_author(name, tidy(absolute(doc.base, href)) if href else None),
            author_method="byline" if name else None,
            author_confidence=0.8 if name else None,
            posted_at=parse_time(shown, now=doc.page.fetched_at, day_first=order),
            edited_at=parse_time(notice.at, now=doc.page.fetched_at, day_first=order),
            edited_by=notice.by,
            edited_by_staff=bool(notice.by and name and notice.by.casefold() != name.casefold()),
            edit_reason=notice.reason,
        )


def _take_apart(blocks: Sequence[Block]) -> None:
    """Posts that stand in other posts out of them, the innermost first: each is read alone."""
    for block in reversed(blocks):
        for inner in block.nested:
            if inner.parent is not None:
                inner.extract()


def _tied(items: Sequence[Item], posts: Sequence[Post | None]) -> Iterator[Post]:
    """The posts with what they answer; that all answer the first is how lists of comments are written."""
    for item, post in zip(items, posts, strict=True):
        if post is None:
            continue
        above = items[item.parent] if item.parent is not None else None
        answered = posts[item.parent] if item.parent is not None else None
        nested = above is not None and above.parent is not None
        yield replace(post, reply_to=answered.id) if answered and nested else post


def _body_node(body: Tag) -> LexborNode:
    """The body as a tree of its own: a cell alone would not survive parsing, nor lines outside a `<pre>`."""
    whole = str(body) if body.name == "pre" else f"<div>{body.decode_contents()}</div>"
    markup = f"<table>{body}</table>" if body.name in ("tr", "tbody") else whole
    node = LexborHTMLParser(markup).body
    assert node is not None
    return node


def _is_all(boards: Sequence[BoardRow], blocks: Sequence[Block]) -> bool:
    """Whether boards are what a page is about: beside the talk of a thread they are a menu."""
    said = sum(len(clean(block.body).split()) for block in blocks)
    return said <= _ASIDE * sum(len(clean(board.row).split()) for board in boards)


def _row(doc: Document, row: Row, order: bool | None) -> ThreadRow:
    url = _address(doc, row.link)
    told = (parse_time(_shown(date), now=doc.page.fetched_at, day_first=order) for date in row.dates)
    return ThreadRow(
        id=thread_id(url),
        title=clean(row.link),
        url=url,
        last_post_at=max(filter(None, told), default=None),
    )


def _address(doc: Document, link: Tag) -> str:
    return tidy(absolute(doc.base, tag_attribute(link, "href")))


def _author(name: str, url: str | None) -> Author | None:
    """Scripts that open a profile are no address of one."""
    known = url if url and url.startswith("http") else None
    return Author(name=name.removeprefix("@"), profile_url=known) if name else None


def _same(name: str, login: str) -> bool:
    one, other = ("".join(filter(str.isalnum, text)).casefold() for text in (name, login))
    return one == other


def _name(person: Tag) -> str:
    words = _COUNT.sub("", clean(person))
    words = words if (m := _LOGIN.match(words)) is None or not _same(m[1], m[2]) else m[1]
    return words if person.name == "a" else _BESIDE_NAME.sub("", words) or words


def _order(doc: Document, dates: Sequence[str]) -> bool | None:
    """Whether the day comes first: by what the dates say, the site's other pages, the language."""
    told = day_first(dates)
    known = doc.day_first if told is None else told
    return usual_order(language(doc)) if known is None else known


def _shown(date: Tag | None) -> str:
    """A machine value first, then the text, then the title; of two of these, the one with a year."""
    if date is None:
        return ""
    machine = tag_attribute(date, "datetime") or tag_attribute(date, "content")
    shown = [text for text in (clean(date), tag_attribute(date, "title")) if text]
    return machine or next((text for text in shown if _YEAR.search(text)), next(iter(shown), ""))


def _lasting(shown: str) -> str:
    """The date if it will read the same on the next visit: "5 months ago" would make another post of it."""
    return shown if _YEAR.search(shown) else ""


def _words(posts: Sequence[Post]) -> int:
    return sum(len(post.full_text.split()) for post in posts)


platform = Generic()
