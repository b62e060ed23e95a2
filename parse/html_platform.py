"""What thread pages of forums have in common: an adapter is a table of selectors and a few functions.

It subclasses `HtmlPlatform`, fills the tables, and overrides the methods in which its platform differs.
Posts are found once a page; every field is then looked up within its post.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import ClassVar

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.dates import day_first, usual_order
from parse.edit_notices import Notice, read_notice
from parse.html_fields import attribute, captured, count_in, find, find_all, first, number_in, text_of
from parse.html_site import HtmlSite, language, site_title
from parse.html_table import Edit, Sight
from parse.model import Author, Link, LinkKind, PageKind, PlatformEvent, Post, PostState, Reading, Thread
from parse.page import Document
from parse.plain_quotes import Body
from parse.urls import tidy

STAFF = re.compile(
    r"\b(?:moderators?|mods?|(?:community|forum|site|product|program) (?:managers?|lead)|"
    r"admin(?:istrator)?s?|staff|employee|"
    r"official|support|techsupport|team|keymaster|moderador(?:a|es)?|modérat(?:eur|rice)|administrateur|"
    r"administrador|moderatore|amministratore)\b",
    re.I,
)
"""Ranks that speak for whoever runs the place; gurus, leaders and experts are volunteers."""

_EMPTY = Body(text="", full_text="", quotes=())


class HtmlPlatform(HtmlSite):
    """Reads a page by the tables of its subclass."""

    quotes: ClassVar[QuoteMarkup]
    user_url: ClassVar[re.Pattern[str]] = re.compile(r"\b(?:u|uid|userid|user)=(\d+)")
    """Its group is the account's id in a profile link."""
    edit_notice: ClassVar[re.Pattern[str] | None] = None
    """Named groups `by`, `at`, `reason` (any may be missing), where `parse.edit_notices` does not read it."""

    def read(self, doc: Document) -> Reading:
        sight = self.sight(doc)
        nodes = self.post_nodes(doc)
        kind = self.kind(sight, nodes)
        if kind is PageKind.OTHER and self.thread_url.search(doc.page.url):
            kind = PageKind.THREAD  # with nothing on it that explains why there are no posts
        reading = Reading(
            platform=self.name,
            kind=kind,
            canonical_url=sight.own,
            site_title=site_title(doc),
        )
        if kind is PageKind.THREAD:
            return self.thread_reading(reading, sight, nodes)
        if kind in (PageKind.BOARD, PageKind.INDEX):
            return self.listing_reading(reading, sight)
        if kind is PageKind.OTHER:
            return replace(reading, warnings=("neither posts nor threads nor boards were found here",))
        return reading

    def listing_reading(self, reading: Reading, sight: Sight) -> Reading:
        rows, boards = self.rows(sight), self.boards(sight)
        links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
        links += [Link(url=board.url, kind=LinkKind.BOARD) for board in boards]
        return replace(
            reading,
            board=self.board_here(sight),
            boards=boards,
            rows=rows,
            links=_once([*links, *self.page_links(sight)], reading.canonical_url),
        )

    def thread_reading(self, reading: Reading, sight: Sight, nodes: Sequence[LexborNode]) -> Reading:
        told = self.day_first(sight, nodes)
        known = sight.doc.day_first if told is None else told
        sight = replace(sight, day_first=usual_order(language(sight.doc)) if known is None else known)
        found = [(node, post) for node in nodes if (post := self.post(node, sight))]
        posts = self.numbered(self.settled(found, sight), sight)
        thread = self.thread(sight, posts, reading.canonical_url)
        links = [*self.page_links(sight)]
        if thread.board:
            links.append(Link(url=thread.board.url, kind=LinkKind.BOARD))
        return replace(
            reading,
            threads=(thread,),
            boards=(thread.board,) if thread.board else (),
            links=_once(links, reading.canonical_url),
            warnings=missing_fields(posts),
            day_first=told,
        )

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """In document order; a node that several alternatives match is found several times."""
        return tuple({node.mem_id: node for node in find_all(doc, self.table.post)}.values())

    def day_first(self, sight: Sight, nodes: Sequence[LexborNode]) -> bool | None:
        """Whether numeric dates here put the day first; None when the page does not tell."""
        for node in nodes:
            sight.shown[node.mem_id] = self.time_shown(first(node, self.table.time))
        return day_first(sight.shown.values())

    # The thread

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        number, count = self.paging(sight)
        doc, table = sight.doc, self.table
        return Thread(
            id=self.thread_id(sight, posts, url),
            title=self.title(sight),
            url=self.thread_start(url),
            board=self.crumb_board(sight),
            started_at=posts[0].posted_at if posts and number == 1 else None,
            is_locked=find(doc, table.locked) is not None,
            is_sticky=find(doc, table.sticky) is not None,
            is_solved=find(doc, table.solved) is not None,
            page_number=number,
            page_count=count,
            posts=tuple(posts),
            events=self.events(sight),
        )

    def thread_id(self, sight: Sight, posts: Sequence[Post], url: str) -> str:
        """From the URL; from the page where that is only a permalink; a hash where nothing tells."""
        for candidate in self.thread_urls(sight, posts, url):
            if m := self.thread_url.search(candidate):
                return captured(m)
        seed = posts[0].id if posts else url
        return blake2b(f"{url.partition('?')[0]}\n{seed}".encode(), digest_size=8).hexdigest()

    def thread_urls(self, sight: Sight, posts: Sequence[Post], url: str) -> Iterator[str]:
        """What may name the thread, the surest first."""
        yield url
        yield self.stated_url(sight.doc)
        yield from (link.url for link in self.page_links(sight))
        yield from (post.url for post in posts if post.url)

    def title(self, sight: Sight) -> str:
        doc = sight.doc
        return text_of(find(doc, self.table.title)) or text_of(doc.tree.css_first("title"))

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """Moderation that the page displays beside the posts."""
        locked = find(sight.doc, self.table.locked)
        return (PlatformEvent(kind="thread_locked"),) if locked else ()

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """The posts once all of the page are read: each once, copies told apart, parents tied."""
        return tuple({post.id: post for _, post in reversed(found)}.values())[::-1]

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        """Positions where the platform shows none: by the offset in the URL, or 1, 2, … on page 1."""
        if any(post.position for post in posts):
            return posts
        offset = 0 if self.first_offset else self.offset_at(sight.own)
        if not offset and self.paging(sight)[0] != 1:
            return posts
        return [replace(post, position=offset + number) for number, post in enumerate(posts, 1)]

    # A post

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """The post in the node, or None when the node turns out to be none."""
        post_id = self.post_id(node)
        if post_id is None:
            return None
        author = self.author(node, sight)
        edit = self.edit(node, sight, author)
        body = self.body(node)
        return Post(
            id=post_id,
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            aliases=self.aliases(node),
            author=author,
            author_method="byline" if author else None,
            author_confidence=1.0 if author else None,
            position=self.position(node),
            posted_at=self.posted_at(node, sight),
            edited_at=edit.at,
            edited_by=edit.by,
            edited_by_staff=edit.by_staff,
            edit_reason=edit.reason,
            url=self.post_url(node, post_id, sight),
            like_count=self.likes(node),
            is_solution=first(node, self.table.solution) is not None,
            state=self.state(node, body),
            reply_to=self.reply_to(node),
        )

    def post_id(self, node: LexborNode) -> str | None:
        return number_in(node.id or "")

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        return ()

    def body(self, node: LexborNode) -> Body:
        content = node.css_first(self.table.body)
        return untangle(content, self.quotes) if content else _EMPTY

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        link = self.author_node(node)
        name = text_of(link)
        if link is None or not name:
            return None
        href = attribute(link, "href")
        known = self.user_url.search(href) if href else None
        role = text_of(first(node, self.table.role)) or None
        return Author(
            name=name,
            user_id=captured(known) if known else None,
            profile_url=tidy(sight.url(href)) if href else None,
            role=role,
            is_staff=is_staff(role) or first(node, self.table.staff) is not None,
        )

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The element that holds the name and, mostly, links to the profile."""
        return node.css_first(self.table.author)

    def position(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.position)))

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        shown = sight.shown.get(node.mem_id)
        return sight.time(self.time_shown(first(node, self.table.time)) if shown is None else shown)

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        href = attribute(first(node, self.table.permalink), "href")
        if not href:
            shown_at = sight.doc.page.url
            return f"{tidy(shown_at)}#{node.id}" if node.id and shown_at.startswith("http") else None
        url, mark, anchor = sight.url(href).partition("#")
        return tidy(url) + mark + anchor

    def likes(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.likes)))

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.HIDDEN if first(node, self.table.hidden) else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        """The post that this one answers, where the platform says."""
        return None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        notice = first(node, self.table.edited)
        words = text_of(notice)
        if notice is None or not words:
            return Edit()
        said, exact = self.read_notice(words), notice.css_first("time[datetime], [data-time]")
        other = bool(said.by and author and said.by.casefold() != author.name.casefold())
        return Edit(
            at=sight.time(self.time_shown(exact) if exact else said.at),
            by=said.by,
            by_staff=said.by_moderator or other,
            reason=said.reason,
        )

    def read_notice(self, text: str) -> Notice:
        m = self.edit_notice.search(text) if self.edit_notice else None
        if m is None:
            return read_notice(text)
        said = {name: (words or "").strip() for name, words in m.groupdict().items()}
        return Notice(at=said.get("at", ""), by=said.get("by") or None, reason=said.get("reason") or None)


@lru_cache(maxsize=1024)
def is_staff(role: str | None) -> bool:
    """Whether a rank, as shown, speaks for whoever runs the place."""
    return bool(role and STAFF.search(role))


def missing_fields(posts: Sequence[Post]) -> tuple[str, ...]:
    """What most posts of the page should have and do not: the sign of a theme that has changed."""
    lacking = {
        "author": sum(post.author is None for post in posts),
        "time": sum(post.posted_at is None for post in posts),
        "text": sum(not post.full_text for post in posts if post.state is PostState.VISIBLE),
    }
    return tuple(
        f"no {field} was found in {count} of {len(posts)} posts"
        for field, count in lacking.items()
        if count * 2 > len(posts)
    )


def _once(links: Iterable[Link], own: str) -> tuple[Link, ...]:
    """Each URL once, the page's own not at all."""
    found: dict[str, Link] = {}
    for link in links:
        if link.url != own:
            found.setdefault(link.url, link)
    return tuple(found.values())
