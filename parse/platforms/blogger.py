"""Blogger (Blogspot): articles with the comments below them, in its looks since 2004, and lists of articles.

Known from its templates: lists of terms until 2011, threaded comments since, which nest one level deep. What
is relied on are the ids and classes that its parts need themselves; blogs change all else. A comment's link
has the moment of the comment in it, whatever form of dates the blog shows. Who writes the articles speaks for
the blog.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, find, find_all, first, has_class, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    Post,
    PostState,
    Reading,
    Thread,
    ThreadRow,
    changed,
)
from parse.page import Document
from parse.quotes.plain import EMPTY, Body

_COMMENT = re.compile(r"c(\d+)\Z")
_ARTICLE = ".post-body"
_ARTICLES = ".post, .hentry, .post-outer"
_COMMENTS = (
    "#top-ra li[id^=c], li.comment[id^=c]",
    "#comments-block dt[id^=c], .comments-block dt[id^=c], dl dt.comment-author[id^=c]",
)
"""Of threads, and of the lists of terms before them."""
_FORM = (
    "#comment-editor, .comment-form, #comment-form, iframe#comment-editor-src, a#comment-editor-src, "
    '#comments a[href*="comment.g?"], #comments a[href*="/comment/fullpage/"]'
)
_REMOVED = ".deleted-comment"
_OLDER = "a.blog-pager-older-link[href]"
_MOMENT = re.compile(r"[?&]showComment=(\d{12,13})\b")
_SAID = re.compile(
    r"\s+(?:said|says|hat gesagt|schrieb|dijo|disse|ha detto|a dit|zei|sa|sagde|pisze|sanoi|dedi ki|"
    r"комментирует|mondta|a spus|řekl\w*)?\s*(?:\.{2,}|…|:)\s*\Z"
)
"""Behind a name in the lists of terms."""
_POSTED_BY = re.compile(r"\A\s*posted by\s+(.+?)\s+(?:@|at|on)\s", re.I)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?", re.I)


class Blogger(HtmlPlatform):
    name = "blogger"
    marks = (
        Mark("top-ra", "ol#top-ra > li.comment[id^=c] > .comment-block", 0.95),
        Mark("comments-block", "#comments-block dt[id^=c] + dd.comment-body", 0.92),
        Mark('"Blog1"', ".widget.Blog#Blog1", 0.9),
        Mark("logger", 'meta[name=generator][content="blogger" i]', 0.9),
    )
    table = Selectors(
        post=", ".join(_COMMENTS),
        body=f".comment-content, .comment-body, {_ARTICLE}",
        author=".comment-header .user, .comment-author, .comment-poster, .comment-data",
        time=".comment-header .datetime a, .comment-timestamp a, .comment-data a[title]",
        title=".post-title, .entry-title",
        crumbs=".post-labels a[rel~=tag]",
        row=_ARTICLES,
        row_link=":is(.post-title, .entry-title) a[href]",
        row_replies=".comment-link",
        missing=".status-msg-wrap:not(:has(a))",
    )
    quotes = QuoteMarkup(
        block="blockquote", drop=("script", "style", ".post-footer", ".post-share-buttons", "a[name=more]")
    )
    thread_url = re.compile(r"/(\d{4}/\d{2}/[^/?#]+?)\.html|/(p/[^/?#]+?)\.html")
    board_url = re.compile(r"/search/label/([^/?#]+)")
    offset_url = re.compile(r"[?&]commentPage=(\d+)")
    significant: ClassVar[tuple[str, ...]] = ("updated-max", "max-results", "start", "by-date", "commentPage")
    user_url = re.compile(r"blogger\.com/profile/(\d+)")

    def read(self, doc: Document) -> Reading:
        """An article below which nothing was said and nothing can be is no thread."""
        is_talk = _comments(doc) or find(doc, _FORM) is not None
        if _article(doc) is None or is_talk:
            return super().read(doc)
        own = self.sight(doc).own
        return Reading(platform=self.name, kind=PageKind.NO_TALK, canonical_url=own)

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """The article, by what holds its words, and the comments; none in a list of articles."""
        article = _article(doc)
        return (article, *_comments(doc)) if article is not None else ()

    def unnamed_posts(self, sight: Sight) -> Sequence[LexborNode]:
        return ()

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """The newest articles of all labels are the blog itself."""
        found = super().kind(sight, posts)
        is_front = found is PageKind.BOARD and self.board_url.search(sight.own) is None
        return PageKind.INDEX if is_front else found

    # One post

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        post = super().post(node, sight)
        if post is None or _is_comment(node):
            return post
        is_later = self.paging(sight)[0] > 1
        return changed(post, position=1, is_copy=is_later, url=self.thread_start(sight.own))

    def post_id(self, node: LexborNode) -> str | None:
        m = _COMMENT.match(node.id or "")
        return m[1] if m else "article"

    def body(self, node: LexborNode) -> Body:
        if not _is_comment(node):
            return untangle(node, self.quotes)
        words = _in(node, ".comment-content, .comment-body")
        return untangle(words, self.quotes) if words is not None and not _is_removed(node) else EMPTY

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.REMOVED if _is_comment(node) and _is_removed(node) else PostState.VISIBLE

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        if not _is_comment(node):
            return self.blogger(sight)
        named = first(node, ".comment-header .user") if node.tag == "li" else node
        link = first(named, 'a[href]:not([title="comment permalink"]):not(:has(img))') if named else None
        name = text_of(link) or _unlinked(named)
        if not name:
            return None
        is_staff = any(has_class(each, "blog-author") for each in (node, named))
        return replace(self.account(name, link, sight), is_staff=is_staff)

    def account(self, name: str, link: LexborNode | None, sight: Sight) -> Author:
        """Who commented may link anywhere; what leads to Blogger is an account."""
        url = sight.url(attribute(link, "href")) if link is not None else ""
        m = self.user_url.search(url)
        return Author(name=name, user_id=m[1] if m else None, profile_url=url or None)

    def blogger(self, sight: Sight) -> Author | None:
        """Who wrote the article."""
        link = find(sight.doc, ".post-author a[href], .post-author-link a[href]")
        name = text_of(find(sight.doc, ".post-author .fn, .post-author [itemprop=name]")) or text_of(link)
        told = _POSTED_BY.match(text_of(find(sight.doc, ".post-footer")))
        name = name or (told[1] if told else "")
        return replace(self.account(name, link, sight), is_staff=True) if name else None

    def linked_author(self, node: LexborNode, sight: Sight) -> Author | None:
        return None

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        link = _in(node, ".datetime a, .comment-timestamp a, a[title='comment permalink']")
        m = _MOMENT.search(attribute(link, "href")) if _is_comment(node) else None
        return datetime.fromtimestamp(int(m[1][:10]), UTC) if m else super().posted_at(node, sight)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        if _is_comment(node):
            places = ".datetime a, .comment-timestamp a, a[title='comment permalink'], .comment-timestamp"
            return text_of(_in(node, places))
        exact = find(sight.doc, ":is(abbr, time).published")
        if exact is not None:
            return attribute(exact, "datetime") or attribute(exact, "title") or text_of(exact)
        clock = _CLOCK.search(text_of(find(sight.doc, ".post-footer")))
        return f"{text_of(find(sight.doc, '.date-header'))} {clock[0] if clock else ''}".strip()

    def posted_beside(self, node: LexborNode, sight: Sight) -> datetime | None:
        return None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        return f"{sight.own}#c{post_id}"

    def reply_to(self, node: LexborNode) -> str | None:
        """The comment in whose branch it stands."""
        above = node.parent
        while above is not None and above.is_element_node:
            if above.tag == "li" and (m := _COMMENT.match(above.id or "")):
                return m[1]
            above = above.parent
        return None

    # The thread

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """What begins a branch answers the article; in a list nobody can tell."""
        opening = f"post-{self.thread_id(sight, (), sight.own)}"
        return [
            changed(post, id=opening)
            if not _is_comment(node)
            else changed(post, reply_to=post.reply_to or (opening if node.tag == "li" else None))
            for node, post in found
        ]

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        return replace(super().thread(sight, posts, url), is_locked=find(sight.doc, _FORM) is None)

    def crumb_board(self, sight: Sight) -> Board | None:
        """An article may have several labels; the first stands for them."""
        link = find(sight.doc, self.table.crumbs)
        return self.board_in(link, sight) if link is not None else None

    def board_here(self, sight: Sight) -> Board | None:
        m = self.board_url.search(sight.own)
        return Board(id=m[1], title=m[1].replace("%20", " "), url=sight.own.partition("?")[0]) if m else None

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Older articles of a list; further comments of an article, which links to older articles as well."""
        is_article = _article(sight.doc) is not None
        for link in find_all(sight.doc, 'a[href*="commentPage="]' if is_article else _OLDER):
            url = self.canonical(sight.url(attribute(link, "href")))
            if not is_article or self.thread_start(url) == self.thread_start(sight.own):
                yield Link(url=url, kind=LinkKind.PAGE)

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """An article is a box in a box in some looks; without a count nobody has commented."""
        row, counter = super().row(node, sight), first(node, self.table.row_replies)
        if row is None or not row.title or counter is None:
            return row if row and row.title else None
        return replace(row, reply_count=count_in(text_of(counter)) or 0)


def _article(doc: Document) -> LexborNode | None:
    """What holds the words of the article that a page shows; None on a page with a list of them."""
    if find(doc, "#comments") is None:
        return None
    bodies = find_all(doc, _ARTICLE)
    return bodies[0] if len(bodies) == 1 else None


def _comments(doc: Document) -> Sequence[LexborNode]:
    found = next(filter(None, (find_all(doc, place) for place in _COMMENTS)), [])
    return list({node.mem_id: node for node in found if _COMMENT.match(node.id or "")}.values())


def _is_comment(node: LexborNode) -> bool:
    return _COMMENT.match(node.id or "") is not None


def _parts(node: LexborNode) -> Iterator[LexborNode]:
    """A comment, and where it is a term of a list, what is said to it."""
    yield node
    after = node.next
    while node.tag == "dt" and after is not None and after.tag != "dt":
        if after.is_element_node:
            yield after
        after = after.next


def _in(node: LexborNode, selector: str) -> LexborNode | None:
    """The first element in a comment that matches, or a part of it that does."""
    return next((found for part in _parts(node) if (found := part.css_first(selector)) is not None), None)


def _is_removed(node: LexborNode) -> bool:
    words = _in(node, ".comment-content, .comment-body")
    return words is not None and words.css_first(_REMOVED) is not None


def _unlinked(named: LexborNode | None) -> str:
    """A name that leads nowhere: in a list it has a line to itself, or "said..." behind it."""
    if named is None:
        return ""
    shown = named.text().strip()
    return _SAID.sub("", shown.splitlines()[0] if shown else "").strip()


platform = Blogger()
