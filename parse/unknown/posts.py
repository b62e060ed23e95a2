"""Posts of unknown forums: those that a page declares, and those that the blocks which repeat on it hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bs4.element import Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

from parse import structured_data
from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.edit_notices import Notice
from parse.model import Author, Post
from parse.page import Document
from parse.structured_data import Item
from parse.unknown.account_lines import cut_accounts
from parse.unknown.block import Block
from parse.unknown.bodies import (
    cut_anchors,
    cut_colon,
    cut_controls,
    cut_copies,
    cut_invitation,
    cut_notice,
    cut_permalink,
    cut_refrains,
    cut_signature,
    cut_subject,
    cut_title,
    cut_way,
)
from parse.unknown.byline_text import BY, DEEDS
from parse.unknown.ids import PERMALINK, block_ids
from parse.unknown.marks import PERSON_LABEL, is_date
from parse.unknown.pager import first_page, place
from parse.unknown.pages import digest, heading
from parse.unknown.quote_boxes import mark_quotes
from parse.unknown.quote_lines import mark_heads, take_in_heads
from parse.unknown.quoted_posts import describer
from parse.unknown.reply_links import answered, answered_places, numbered, references, referred
from parse.unknown.shown_dates import lasting, order_of_day, shown_date
from parse.unknown.tags import attribute, clean, inside, own_text
from parse.unknown.typed_lines import break_lines
from parse.urls import absolute, tidy

QUOTES = QuoteMarkup(
    block="blockquote:not(.quote > blockquote, .quotebox > blockquote), "
    ".quote:not(blockquote > .quote), .quotebox, .bbcode_quote",
    head="cite, [class*=quote-author], [class*=quote-user], [class*=quote_author], [class*=quoteauthor], "
    ".quote-header, .quote_header, .quoteheader, blockquote > footer",
    head_before="cite:has(+ blockquote)",
    drop=(
        "button",
        "a[role=button]",
        "a.btn",
        "a.button",
        "[onclick*=copy i]",
        ".reactions",
        ".actions",
        "[class*=signature i]",
        ".sig",
        ".usersig",
        ".post-links",
        ".share",
        "[data-nosnippet]",
        "nav",
        "[class*=topic-nav i]",
        "[class*=topic-navigation i]",
        "[id*=topic-navigation i]",
    ),
)


_MARKED = replace(QUOTES, block="blockquote", head_before=None)
"""What a body is once its quotes are marked and their heads taken in."""
_BESIDE_NAME = re.compile(
    rf"^\W*(?:(?:{DEEDS}) )?(?:{BY})\s*:?\s+"
    r"|^from\s*:\s+"
    r"|\s+(?:says|said|wrote|schrieb|sagt|a écrit|dit|dice|escribió|ha scritto|escreveu)?"
    r"\s*(?::|\.{3}|…)?\s*$"
    r"|\s+(?:asked|posted|replied|commented|answered)(?: in| on| this)?\s*$"
    r"|\s[·⋅∙‧•|]\s*$",
    re.I,
)
"""What an element with a name in it may say beside: "by Jane", "Jane says:", "Jane ·".

A link holds the name alone.
"""
_LOGIN = re.compile(r"(.+?)\s*\(([^()]+)\)$")
"""The same name again as it is typed: "Jane D (JANE_D)"."""
_HANDLE = re.compile(r"(?<=\S)\s+@[\w.-]+(?:@[\w-]+(?:\.[\w-]+)+)?\Z")
"""How a name is typed to call somebody, and on which server of many: "Jane D @jane@forum.example"."""
_TELLING = 6
"""Words that nobody says twice in the same order."""
_COUNT = re.compile(
    r"(?<=\S)\s*\((?:\d+|not verified|unverified|nicht überprüft|non vérifié|no verificado|non verificato|"
    r"niet gecontroleerd|não verificado|не проверено)\)$",
    re.I,
)
"""What stands in brackets behind a name: how many posts, that it is but what a guest has typed."""


def declared_posts(doc: Document) -> list[Post]:
    """The posts that the page declares as schema.org data."""
    items = structured_data.items(doc.tree)
    posts = [_declared_post(doc, item) if item.text else None for item in items]
    return list({post.id: post for post in _tied(items, posts)}.values())


def _declared_post(doc: Document, item: Item) -> Post:
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


def repeated_posts(doc: Document, blocks: Sequence[Block]) -> list[Post]:
    """The posts that the blocks which repeat on the page hold."""
    _take_apart(blocks)
    order = order_of_day(doc, [shown_date(block.date) for block in blocks])
    here = place(doc)
    ids = block_ids(blocks, doc.page.url, here)
    above = answered_places(blocks, numbered(blocks))
    linked, said = answered(blocks, ids), references(blocks)
    cut_accounts([block.body for block in blocks])
    cut_refrains([(clean(b.person) if b.person else "", b.body) for b in blocks])
    marked = replace(_MARKED, describe=describer(QUOTES.head or "cite", {number for number in ids if number}))
    posts = [
        _repeated_post(doc, block, number, order, marked) for block, number in zip(blocks, ids, strict=True)
    ]
    by_block = {id(block.element): post.id for block, post in zip(blocks, posts, strict=True)}
    named = [n or referred(said[at], at, posts, here.is_first) for at, n in enumerate(linked)]
    named = [n or (posts[at].id if at is not None else None) for n, at in zip(named, above, strict=True)]
    tied = [
        replace(post, reply_to=by_block.get(id(block.answers)) if block.answers else number)
        for block, post, number in zip(blocks, posts, named, strict=True)
    ]
    return list({post.id: post for post in tied if post.full_text}.values())


def _repeated_post(
    doc: Document, block: Block, number: str | None, order: bool | None, marked: QuoteMarkup
) -> Post:
    name = _name(block.person) if block.person else ""
    cut_colon(block.body, block.person)
    break_lines(block.body)
    notice = cut_notice(block.body) or cut_notice(block.element) or Notice()
    cut_signature(block.body)
    cut_anchors(block.body)
    cut_controls(block.body)
    cut_invitation(block.body)
    cut_subject(block.body)
    cut_permalink(block.body)
    cut_way(block.body, heading(doc))
    cut_title(block.body, heading(doc), name)
    mark_quotes(block.body)
    take_in_heads(block.body)
    mark_heads(block.body)
    cut_copies(block.body)
    body = untangle(_body_node(block.body), marked)
    href = attribute(block.person, "href") if block.person else ""
    shown = shown_date(block.date)
    return Post(
        id=number or digest(f"{name}\n{lasting(shown) or _thread(doc, body.full_text)}\n{body.full_text}"),
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


def _thread(doc: Document, said: str) -> str:
    """The thread, where a post says so little that its author may say just that in the next one, too."""
    return first_page(tidy(doc.page.url)) if len(said.split()) < _TELLING else ""


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


def _author(name: str, url: str | None) -> Author | None:
    """Scripts that open a profile are no address of one."""
    known = url if url and url.startswith("http") else None
    return Author(name=name.removeprefix("@"), profile_url=known) if name else None


def _same(name: str, login: str) -> bool:
    one, other = ("".join(filter(str.isalnum, text)).casefold() for text in (name, login))
    return one == other


def _without_date(person: Tag) -> str:
    """What an element says but when: "Jane <small>3 weeks ago</small>"."""
    words = clean(person)
    for tag in inside(person):
        if is_date(tag, own_text(tag)):
            words = " ".join(words.replace(clean(tag), "", 1).split())
    return words or clean(person)


def _pictured(person: Tag) -> str:
    """The name in a link that holds a rank, too: what its picture is called and one of its elements says."""
    names = {attribute(picture, "alt") for picture in inside(person, "img")} - {""}
    return next((words for tag in inside(person) if (words := clean(tag)) in names), "") if names else ""


def _name(person: Tag) -> str:
    words = _pictured(person) or _COUNT.sub("", _without_date(person))
    words = words if (m := _LOGIN.match(words)) is None or not _same(m[1], m[2]) else m[1]
    words = _HANDLE.sub("", words)
    return words if person.name == "a" else _BESIDE_NAME.sub("", PERSON_LABEL.sub("", words)) or words
