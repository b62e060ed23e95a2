"""What thread pages of forums have in common: an adapter is a table of selectors and a few functions.

It subclasses `HtmlPlatform`, fills the tables, and overrides the methods in which its platform differs.
Posts are found once a page; every field is then looked up within its post.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from selectolax.lexbor import LexborNode

from parse import second_way
from parse.dates import order_told, usual_order
from parse.feedback import is_done
from parse.html_fields import attribute, captured, find, find_all, first, text_of
from parse.html_polls import read_polls
from parse.html_post import HtmlPost
from parse.html_site import language, site_title
from parse.html_table import Sight
from parse.model import (
    Author,
    Link,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    PostState,
    Reading,
    Thread,
    changed,
)
from parse.page import Document
from parse.tree import alternatives


class HtmlPlatform(HtmlPost):
    """Reads a page by the tables of its subclass."""

    def read(self, doc: Document) -> Reading:
        sight = self.sight(doc)
        nodes = self.post_nodes(doc)
        if not nodes and self.shows_thread(doc):
            nodes, sight = self.unnamed_posts(sight), replace(sight, is_renamed=True)
        kind = self.kind(sight, nodes)
        if kind in (PageKind.OTHER, PageKind.INDEX) and self.thread_url.search(doc.page.url):
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
        sight = self.ordered(sight, None)
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
        sight = replace(self.ordered(sight, told), body_slot=self.body_slot(nodes))
        numbered = [(node, post) for node in nodes if (post := self.post(node, sight))]
        found = self.guests_named(numbered or self.unnumbered_posts(nodes, sight))
        posts = self.numbered(self.settled(found, sight), sight)
        thread = self.thread(sight, posts, reading.canonical_url)
        if self.table.poll:
            thread = replace(thread, polls=tuple(read_polls(sight, self.table.poll, found)))
        links = [*self.page_links(sight)]
        if thread.board:
            links.append(Link(url=thread.board.url, kind=LinkKind.BOARD))
        return replace(
            reading,
            threads=(thread,),
            boards=(thread.board,) if thread.board else (),
            links=_once(links, reading.canonical_url),
            warnings=(*renamed(sight), *missing_fields(posts)),
            day_first=told,
        )

    def body_slot(self, nodes: Sequence[LexborNode]) -> str:
        """Where the words of posts stand when none has what should hold them; empty when one has."""
        if len(nodes) < 2 or any(first(node, self.table.body) for node in nodes):
            return ""
        marks = ((self.signed(node), first(node, self.table.time)) for node in nodes)
        return second_way.body_slot(tuple(zip(nodes, marks, strict=True)))

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """In document order; a node that several alternatives match is found several times."""
        return tuple({node.mem_id: node for node in find_all(doc, self.table.post)}.values())

    def shows_thread(self, doc: Document) -> bool:
        return bool(self.thread_url.search(doc.page.url)) or find(doc, self.table.thread_page) is not None

    def unnamed_posts(self, sight: Sight) -> Sequence[LexborNode]:
        """Posts whose own name a theme has changed: what stands around the bodies."""

        def is_whole(node: LexborNode) -> bool:
            return self.signed(node) is not None and bool(self.dated(node, sight))

        named = (find_all(sight.doc, name) for name in alternatives(self.table.body))
        return second_way.around_bodies(next(filter(None, named), []), is_whole)

    def unnumbered_posts(self, nodes: Sequence[LexborNode], sight: Sight) -> list[tuple[LexborNode, Post]]:
        """Posts in a theme that hides their ids: of what looks like posts, what is signed and dated."""
        renamed = replace(sight, is_renamed=True)
        found = [(node, post) for node in nodes if (post := self.post(node, renamed))]
        return [(node, post) for node, post in found if post.author and post.posted_at]

    def day_first(self, sight: Sight, nodes: Sequence[LexborNode]) -> bool | None:
        """Whether numeric dates here put the day first; None when the page does not tell."""
        for node in nodes:
            sight.shown[node.mem_id] = self.dated(node, sight)
        return order_told(sight.shown.values(), sight.doc.page.fetched_at)

    def ordered(self, sight: Sight, told: bool | None) -> Sight:
        """With the order of numeric dates: by this page, else by others of the site, else as is usual."""
        known = sight.doc.day_first if told is None else told
        return replace(sight, day_first=self.usual_day_first(sight.doc) if known is None else known)

    def usual_day_first(self, doc: Document) -> bool | None:
        """Whether the day comes first in numeric dates, where no date tells."""
        return usual_order(language(doc))

    # The thread

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        number, count = self.paging(sight)
        doc, table = sight.doc, self.table
        status = text_of(find(doc, table.status))
        return Thread(
            id=self.thread_id(sight, posts, url),
            title=self.title(sight),
            url=self.first_page(sight, url, number),
            board=self.crumb_board(sight),
            started_at=posts[0].posted_at if posts and number == 1 else None,
            is_locked=find(doc, table.locked) is not None if table.locked else None,
            is_sticky=find(doc, table.sticky) is not None if table.sticky else None,
            is_solved=find(doc, table.solved) is not None or is_done(status),
            status=status or None,
            page_number=number,
            page_count=count,
            posts=tuple(posts),
            events=self.events(sight),
        )

    def first_page(self, sight: Sight, url: str, number: int) -> str:
        """The URL of the thread; by the pager where that of a later page does not tell."""
        start = self.thread_start(url)
        if number == 1 or start != url:
            return start
        return next((self.canonical(there) for n, there in self.pager(sight) if n == 1), url)

    def thread_id(self, sight: Sight, posts: Sequence[Post], url: str) -> str:
        """From the URL; from the page where that is only a permalink; a hash where nothing tells."""
        for candidate in self.thread_urls(sight, posts, url):
            if m := self.thread_url.search(candidate):
                return captured(m)
        stated = attribute(find(sight.doc, self.table.thread_number), "value")
        if stated.isdecimal():
            return stated
        seed = posts[0].id if posts else url
        return blake2b(f"{url.partition('?')[0]}\n{seed}".encode(), digest_size=8).hexdigest()

    def thread_urls(self, sight: Sight, posts: Sequence[Post], url: str) -> Iterator[str]:
        """What may name the thread, the surest first."""
        yield url
        yield self.stated_url(sight.doc)
        yield from (link.url for link in self.page_links(sight))
        yield from (post.url for post in posts if post.url)

    def title(self, sight: Sight) -> str:
        return text_of(find(sight.doc, self.table.title)) or heading(sight.doc)

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        """Moderation that the page displays beside the posts."""
        locked = find(sight.doc, self.table.locked)
        return (PlatformEvent(kind="thread_locked"),) if locked else ()

    def guests_named(self, found: Sequence[tuple[LexborNode, Post]]) -> Sequence[tuple[LexborNode, Post]]:
        """Guests have no profile to link to: their names stand where those of members do."""
        nameless = {post.id for _, post in found if not post.author and post.state is PostState.VISIBLE}
        if not nameless:
            return found
        links = (self.signed(node) for node, post in found if post.author)
        slots = Counter(second_way.slot_of(link.parent) for link in links if link and link.parent)
        slot = next((slot for slot, _ in slots.most_common(1)), "")
        return [(n, self.guest_named(n, post, slot) if post.id in nameless else post) for n, post in found]

    def guest_named(self, node: LexborNode, post: Post, slot: str) -> Post:
        name = second_way.unlinked_name(node, first(node, self.table.body), slot)
        if name is None:
            return post
        return replace(post, author=Author(name=name), author_method="byline", author_confidence=1.0)

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
        return [changed(post, position=offset + number) for number, post in enumerate(posts, 1)]


def heading(doc: Document) -> str:
    """The longest heading that the browser's title repeats; that title as it is where there is none."""
    shown = text_of(doc.tree.css_first("title"))
    headings = (text_of(node) for node in doc.tree.css("h1, h2, h3, h4"))
    return max((words for words in headings if words in shown), key=len, default="") or shown


def renamed(sight: Sight) -> tuple[str, ...]:
    """What a theme calls by another name, so that it was found by what stands around it."""
    ways = {
        "posts stand where no post is known to; they were found around their words": sight.is_renamed,
        "no words stand where they are known to; they were found by where most words are": bool(
            sight.body_slot
        ),
    }
    return tuple(f"{way}. Has the theme changed?" for way, taken in ways.items() if taken)


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
