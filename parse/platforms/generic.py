"""The reader for forums nobody has written an adapter for: what a page declares, else what repeats on it."""

from collections.abc import Sequence
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.data.posts import Talk, talks
from parse.data.rows import in_list
from parse.data.rows import talks as talks_of_rows
from parse.data.table import is_of_cells, is_of_lines, tabled
from parse.data.threads import kept_talks, thread_of
from parse.dates import parse_time
from parse.html_site import site_title
from parse.model import (
    A_LATER_PAGE,
    Link,
    LinkKind,
    PageKind,
    ParseError,
    PlatformEvent,
    Post,
    Reading,
    Thread,
    ThreadRow,
)
from parse.page import Document
from parse.unknown.acts import without_acts
from parse.unknown.block import Block
from parse.unknown.clock import without_clock
from parse.unknown.depths import with_depths
from parse.unknown.guests import with_guests
from parse.unknown.ids import is_permalink
from parse.unknown.listed import (
    BY_COUNTS,
    BY_WHAT_ELSE_IS_THERE,
    BY_WHAT_REPEATS,
    Listed,
    listed,
    look,
    without_silence,
)
from parse.unknown.listings import Row
from parse.unknown.locks import is_locked
from parse.unknown.pager import Place, place
from parse.unknown.pages import (
    address_by_title,
    board_above,
    board_at,
    has_pages,
    heading,
    is_about_member,
    is_short_for,
    thread_id,
)
from parse.unknown.posts import declared_posts, repeated_posts
from parse.unknown.repeated import find_blocks
from parse.unknown.shown import shown
from parse.unknown.shown_dates import order_of_day, shown_date
from parse.unknown.tags import attribute, called, count_words
from parse.unknown.talk import is_slight
from parse.unknown.trust import TRUST, is_said, trust_in_few
from parse.urls import absolute, tidy


class Generic:
    """Claims any HTML page and any JSON, but only just: every platform that recognises its own goes first."""

    name = "generic"

    def detect(self, doc: Document) -> float:
        if is_of_cells(doc):
            return 0.95
        is_page = b"<" in doc.page.body[:2000] or isinstance(doc.json, (dict, list))
        return 0.5 if is_page or is_of_lines(doc) else 0.0

    def canonical(self, url: str) -> str:
        return tidy(url)

    def read(self, doc: Document) -> Reading:
        if doc.json is not None:
            return self.answer(doc)
        if is_of_cells(doc) or is_of_lines(doc):
            found, warnings = tabled(doc)
            return replace(self.talked(doc, found), warnings=warnings)
        return self.page(doc)

    def answer(self, doc: Document) -> Reading:
        """What an interface that nobody has described answers in JSON, or a table that is written so."""
        rows, now = in_list(doc.json), doc.page.fetched_at
        found = talks_of_rows(rows, now, doc.json) if rows else talks(doc.json, now)
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
        _refuse_frames(doc)
        if declared := declared_posts(doc):
            return self.declared(doc, declared)
        seen = look(shown(doc), doc.page.url, bool(place(doc).others))
        seen = replace(seen, blocks=without_clock(doc, seen.blocks))
        if found := listed(BY_WHAT_REPEATS, seen):
            return self.listing(doc, found)
        seen = without_silence(seen)
        if found := listed(BY_COUNTS, seen):
            return self.listing(doc, found)
        trust = _trust(doc, seen.page, seen.blocks, seen.trust)
        said, acts = without_acts(doc, with_depths(with_guests(seen.blocks)))
        # Posts are taken apart as they are read: if they are not believed, the page stays whole for its rows.
        posts = repeated_posts(doc, said) if trust >= TRUST else []
        if not posts and (kept := kept_talks(doc)):
            return self.talked(doc, kept)
        if found := listed(BY_WHAT_ELSE_IS_THERE, replace(seen, trust=trust, has_posts=bool(posts))):
            return self.listing(doc, found)
        _refuse_doubtful(doc, bool(seen.blocks if trust < TRUST else posts), trust)
        return self.reading(doc, posts, trust, acts, is_locked(seen.page, posts))

    def declared(self, doc: Document, declared: Sequence[Post]) -> Reading:
        """A page that says of itself what its posts are; what repeats there may be more."""
        page = shown(doc)
        blocks, trust = find_blocks(page)
        blocks, trust = (blocks, trust) if is_said(blocks) else ([], 0.0)
        trust = _trust(doc, page, blocks, trust)
        said, acts = without_acts(doc, with_depths(with_guests(blocks)))
        posts: Sequence[Post] = repeated_posts(doc, said)
        if len(declared) >= len(posts) and _words(declared) >= 0.8 * _words(posts):
            posts, trust = declared, 0.9
        elif trust < TRUST and (kept := kept_talks(doc)):
            return self.talked(doc, kept)
        _refuse_doubtful(doc, bool(posts), trust)
        return self.reading(doc, posts, trust, acts, is_locked(page, posts))

    def reading(
        self,
        doc: Document,
        posts: Sequence[Post],
        trust: float,
        acts: Sequence[PlatformEvent],
        is_locked: bool,
    ) -> Reading:
        url = tidy(doc.page.url)
        if is_about_member(url):
            return Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=url)
        here = _place_in_thread(doc, posts)
        thread = Thread(
            id=thread_id(here.start),
            title=heading(doc),
            url=here.start,
            board=board_above(doc, here.start),
            started_at=posts[0].posted_at if here.is_first else None,
            page_number=here.number,
            is_locked=is_locked,
            posts=tuple(posts),
            events=tuple(acts),
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=url,
            confidence=round(trust, 2),
            site_title=site_title(doc),
            threads=(thread,),
            links=_pages(here),
        )

    def listing(self, doc: Document, found: Listed) -> Reading:
        """A page of titles, of threads or of the boards inner to it, none of them what somebody said."""
        order = order_of_day(doc, [shown_date(date) for row in found.rows for date in row.dates])
        threads = {row.id: row for row in (_row(doc, each, order) for each in found.rows)}
        boards = [board_at(_address(doc, each.link), called(each.link)) for each in found.boards]
        url, here = tidy(doc.page.url), place(doc)
        return Reading(
            platform=self.name,
            kind=PageKind.BOARD if threads else PageKind.INDEX,
            canonical_url=url,
            confidence=round(found.trust, 2),
            site_title=site_title(doc),
            boards=tuple(boards),
            board=board_at(here.start, heading(doc)) if threads else None,
            rows=tuple(threads.values()),
            links=(
                *(Link(url=board.url, kind=LinkKind.BOARD) for board in boards),
                *(Link(url=row.url, kind=LinkKind.THREAD) for row in threads.values()),
                *_pages(here),
            ),
        )


def _refuse_frames(doc: Document) -> None:
    frames = [absolute(doc.base, node.attrs.get("src") or "") for node in doc.tree.css("frameset frame[src]")]
    if frames:
        raise ParseError(f"{doc.page.url}: made of frames; what they show is at {', '.join(frames)}")


def _refuse_doubtful(doc: Document, is_anything_found: bool, trust: float) -> None:
    if not is_anything_found:
        raise ParseError(
            f"{doc.page.url}: no platform we know, and no blocks that look like posts; "
            "name the platform with --platform"
        )
    if trust < TRUST:
        raise ParseError(
            f"{doc.page.url}: no platform we know, and what looks like posts here is too doubtful, "
            "or nothing on the page says that people talk there "
            f"(confidence {trust:.2f}, {TRUST:.2f} is needed); name the platform with --platform, "
            "generic where it is a forum of no known one"
        )


def _trust(doc: Document, page: BeautifulSoup, blocks: Sequence[Block], trust: float) -> float:
    is_known = doc.platform_hint == Generic.name
    return trust_in_few(trust, page, blocks, doc.page.url, is_known) if is_slight(blocks) else trust


def _place_in_thread(doc: Document, posts: Sequence[Post]) -> Place:
    """Where a page stands in its thread; by the address that its title leads to, where it was asked for by
    that of one of its posts, or by a shorter one: "/post/13" and "/topic/1" for "/topic/1-late-seeds"."""
    here, titled = place(doc), address_by_title(doc)
    if titled and is_permalink(tidy(doc.page.url), posts):
        is_paged = has_pages(doc, titled)
        return replace(here, start=titled, number=A_LATER_PAGE if is_paged else None, is_first=not is_paged)
    return replace(here, start=titled) if titled and is_short_for(here.start, titled) else here


def _pages(here: Place) -> tuple[Link, ...]:
    return tuple(Link(url=url, kind=LinkKind.PAGE) for url in here.others)


def _words(posts: Sequence[Post]) -> int:
    return sum(count_words(post.full_text) for post in posts)


def _row(doc: Document, row: Row, order: bool | None) -> ThreadRow:
    url = _address(doc, row.link)
    told = (parse_time(shown_date(date), now=doc.page.fetched_at, day_first=order) for date in row.dates)
    return ThreadRow(
        id=thread_id(url),
        title=called(row.link),
        url=url,
        reply_count=row.answers,
        last_post_at=max(filter(None, told), default=None),
    )


def _address(doc: Document, link: Tag) -> str:
    return tidy(absolute(doc.base, attribute(link, "href")))


platform = Generic()
