"""Fossil: the forum that its repositories bring along; threads are asked for with the history of each post.

Known from Fossil 2.21; closed threads from the templates of 2.23. Each edit has an address of its own, so
that a post is called by its first version, and a thread by its first post; lists name it by its last. Without
the history an edited post shows when it was edited, not when it was written. From visitors whom a site does
not trust it hides its links, in `data-href` or altogether: crawling such lists takes the cookies of a login.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote_plus

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, find, find_all, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.model import Author, Board, PageKind, Post, PostState, Thread, ThreadRow, changed
from parse.page import Document
from parse.quotes.plain import Body
from parse.urls import tidy

_HEAD = re.compile(
    r"\((?P<number>\d+)(?:\.(?P<version>\d+))?\) (?:Originally by|By) (?P<author>.+?)"
    r"(?: with edits by (?P<editor>.+?))? on (?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
    r"(?:.*? in reply to (?P<parent>\d+))?"
)
"""(4.1) Originally by Jane Doe (jane) with edits by sam on 2026-03-10 21:25:00 from 4.0 in reply to 2.0"""
_NAMED = re.compile(r"(?P<name>.+) \((?P<login>[^()]+)\)")
_LINK = "h3.forumPostHdr a[href]"
_SHOWN = re.compile(r"(\d+)(?:\.(\d+))?")
_DIGITS = 10
"""Of a hash, as most links have it; others have 16."""
_USUAL_SIZE = re.compile(r"(?<=[?&])n=25(?:&|\Z)")
_EVERY_ROW = ".forumPosts tr:has(> td:nth-child(3))"


class Fossil(HtmlPlatform):
    name = "fossil"
    marks = (
        Mark("forumPostHdr", ".forumTime > h3.forumPostHdr", 0.95),
        Mark("rpage-forum", "body.rpage-forum, body.rpage-forummain, body.rpage-forumpost", 0.95),
        Mark("forumPosts", "div.forumPosts.fileage", 0.9),
        Mark("rpage-login", "body.rpage-login.cpage-login", 0.8),
    )
    table = Selectors(
        post=".forumTime:has(> h3.forumPostHdr)",
        body=".forumPostBody, .forumPostFullBody",
        author="h3.forumPostHdr a[href]",
        time="h3.forumPostHdr",
        title=".forumTime:not(.forumObs) > h1",
        hidden=".modpending",
        locked=".forumTime.forumClosed:has(> h1)",
        pager='.forumPosts td[colspan] a[href*="forum?"]',
        thread_page=".forumTime",
        row='.forumPosts tr:has(a[href*="/forumpost/"])',
        row_link='a[href*="/forumpost/"]',
        row_replies="td:nth-child(3)",
        row_time="td:first-child",
        row_last='a[href*="/forumpost/"]',
        board_page="body.rpage-forum, body.rpage-forummain",
        login=f"body.rpage-login, {_EVERY_ROW}",
        missing="body.enotfound",
    )
    quotes = QuoteMarkup()
    thread_url = re.compile(r"/forum(?:post|thread)(?:/|\?(?:[^#]*&)?name=)([0-9a-f]{6,64})\b")
    board_url = re.compile(r"/(forum)(?:main)?/?(?=[?#]|\Z)")
    offset_url = re.compile(r"[?&]x=(\d+)")
    first_offset = 0
    significant = ("x", "n")
    user_url = re.compile(r"/timeline\?(?:[^#]*&)?u=([^&#]+)")

    def sight(self, doc: Document) -> Sight:
        """Before any script has run, links may lead to a trap for robots, and to their end in `data-href`."""
        for link in find_all(doc, "a[data-href][href$='/honeypot']"):
            link.attrs["href"] = attribute(link, "data-href")
        return super().sight(doc)

    def canonical(self, url: str) -> str:
        """A thread with the history of its posts: that alone tells when an edited one was written."""
        m = self.thread_url.search(url)
        if m is None:
            return _USUAL_SIZE.sub("", super().canonical(url)).rstrip("?&")
        return f"{_thread_at(url[: m.start()], captured(m))}?hist"

    def post_id(self, node: LexborNode) -> str | None:
        """Until the page is read: which of the thread's posts it is, in which version."""
        number = _told(node, "number")
        return f"{number}.{_told(node, 'version') or 0}" if number else None

    def position(self, node: LexborNode) -> int | None:
        return int(_told(node, "number") or 0) or None

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        said, link = _told(node, "author"), first(node, self.table.author)
        named = _NAMED.fullmatch(said)
        account = self.user_url.search(attribute(link, "href"))
        login = unquote_plus(account[1]) if account else named and named["login"]
        return Author(
            name=named["name"] if named and named["login"] == login else said,
            login=login or None,
            profile_url=tidy(sight.url(attribute(link, "href"))) if account else None,
        )

    def time_shown(self, node: LexborNode | None) -> str:
        """Of a row, how long ago; of a post, what its head says."""
        m = _HEAD.match(text_of(node))
        return m["at"] if m else text_of(node)

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        if not int(_told(node, "version") or 0):
            return UNEDITED
        editor = _NAMED.sub(r"\g<name>", _told(node, "editor"))
        return Edit(at=sight.time(_told(node, "at")), by=editor or None, by_staff=bool(editor))

    def state(self, node: LexborNode, body: Body) -> PostState:
        """Of what was taken back, the words are replaced by one."""
        state = super().state(node, body)
        is_gone = state is PostState.VISIBLE and node.css_first(self.table.body) is None
        return PostState.REMOVED if is_gone else state

    def reply_to(self, node: LexborNode) -> str | None:
        return _told(node, "parent") or None

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Each post as it is now, called by the first of its versions that the page names."""
        if not all(post.position for _, post in found):
            return super().settled(found, sight)
        hashes = dict[int, dict[int, str]]()
        for number, version, there in sorted(self._named(found)):
            hashes.setdefault(number, {})[version] = there
        root = self._root(hashes, sight)
        ids = {post.position: f"{root}.{post.position}" for _, post in found if post.position}
        ids |= {number: next(iter(versions.values())) for number, versions in hashes.items()}
        merged = dict[str, Post]()
        for _, post in sorted(found, key=lambda pair: [int(part) for part in pair[1].id.split(".")]):
            number = post.position or 0
            now = changed(
                post,
                id=ids[number],
                aliases=tuple(h for h in hashes.get(number, {}).values() if h != ids[number]),
                posted_at=None if post.edited_at else post.posted_at,
                url=_thread_at(self._site(sight), ids[number]) if number in hashes else post.url,
                reply_to=ids.get(int(post.reply_to), f"{root}.{post.reply_to}") if post.reply_to else None,
            )
            before = merged.get(now.id)
            merged[now.id] = changed(now, posted_at=before.posted_at) if before else now
        return tuple(merged.values())

    def _named(self, found: Sequence[tuple[LexborNode, Post]]) -> Iterator[tuple[int, int, str]]:
        """Posts, versions, and the hashes that links give them: their own, and those of what they answer."""
        for node, post in found:
            number, version = map(int, post.id.split("."))
            if own := self.post_at(attribute(_own_link(node), "href")):
                yield number, version, own
            for link in node.css(_LINK):
                shown, there = _SHOWN.fullmatch(text_of(link)), self.post_at(attribute(link, "href"))
                if shown and there:
                    yield int(shown[1]), int(shown[2] or 0), there

    def _root(self, hashes: dict[int, dict[int, str]], sight: Sight) -> str:
        """The hash of the opening post; where links are hidden, that of the post whose page this is."""
        if 1 in hashes:
            return next(iter(hashes[1].values()))
        m = self.thread_url.search(sight.own)
        return captured(m) if m else ""

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        """Its address is that of the opening post, without the history, as people share it."""
        thread = super().thread(sight, posts, url)
        root = posts[0].id.partition(".")[0] if posts and posts[0].position == 1 else thread.id
        return replace(thread, id=root, url=_thread_at(self._site(sight), root))

    def title(self, sight: Sight) -> str:
        """That of a thread that was taken back stands with its history."""
        titles = [*find_all(sight.doc, self.table.title), *find_all(sight.doc, ".forumTime > h1")]
        return next(filter(None, map(text_of, titles)), "") or super().title(sight)

    def crumb_board(self, sight: Sight) -> Board | None:
        """A repository has one forum, which goes by the name of the project."""
        return self._forum(self._site(sight) + "/forum", sight)

    def board_here(self, sight: Sight) -> Board | None:
        m = self.board_url.search(sight.own)
        return self._forum(sight.own[: m.end(1)], sight) if m else None

    def _site(self, sight: Sight) -> str:
        """What the addresses of the repository begin with."""
        m = self.thread_url.search(sight.own)
        return sight.own[: m.start()] if m else ""

    def _forum(self, url: str, sight: Sight) -> Board:
        shown = text_of(find(sight.doc, "title")).partition(": ")[0]
        return Board(id="forum", title=shown, url=url)

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        found = super().kind(sight, posts)
        is_empty = found is PageKind.LOGIN and find(sight.doc, self.table.board_page) is not None
        return PageKind.BOARD if is_empty and not find(sight.doc, _EVERY_ROW) else found

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Counts the opening post as well; "no replies" has no number."""
        row = super().row(node, sight)
        return row and replace(row, reply_count=max(0, (row.reply_count or 1) - 1))

    def post_at(self, url: str) -> str | None:
        m = self.thread_url.search(url)
        return captured(m)[:_DIGITS] if m else None

    def row_id(self, node: LexborNode, url: str) -> str | None:
        return self.post_at(url)


def _thread_at(site: str, there: str) -> str:
    return f"{site}/forumpost/{there[:_DIGITS]}"


def _told(node: LexborNode, what: str) -> str:
    """What the head of a post says; empty where it does not."""
    m = _HEAD.match(text_of(node.css_first("h3.forumPostHdr")))
    return m[what] or "" if m else ""


def _own_link(node: LexborNode) -> LexborNode | None:
    """To the post itself, or, on its own page, to what was typed."""
    return next((link for link in node.css(_LINK) if text_of(link) in ("[link]", "[source]")), None)


platform = Fossil()
