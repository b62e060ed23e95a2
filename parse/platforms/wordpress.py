"""WordPress: articles of a blog with the comments below them, and the lists that lead to articles.

Known from WordPress 6.1, from themes for its block editor and from all kinds before. What is relied on comes
from the software and not from themes: the classes and ids that it gives to articles, comments and pages, the
links to a form or a comment. Who writes a blog's articles speaks for it. Where other pages link to an article
(pingbacks), nobody has said anything. What was said deeper than a blog nests its comments has no parent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, find, find_all, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Mark, Selectors, Sight
from parse.json_fields import whole
from parse.model import (
    Author,
    Board,
    Link,
    LinkKind,
    PageKind,
    PlatformEvent,
    Post,
    Reading,
    Thread,
    ThreadRow,
    changed,
)
from parse.page import Document
from parse.quotes.plain import EMPTY, Body
from parse.software.wordpress_article import AUTHOR, NUMBER, TIME, article_on, number_on, of_article
from parse.software.wordpress_comment import (
    WORDS,
    beside,
    body_of,
    comment_nodes,
    number_of,
    parent_of,
    permalink,
    unsure_of,
)
from parse.urls import split

_OTHER_SOFTWARE = (
    "#bbpress-forums, #buddypress, #wpforo, body:is(.bbpress, .buddypress, .anspress-content), "
    "body:is(.single-product, .single-question, .single-dwqa-question)"
)
"""What plugins show that are no blog, though comments may stand below them."""
_LISTING = "body:is(.blog, .archive, .search)"
_SINGLE = "body:is(.single, .singular, .page, .attachment)"
_FORM = (
    '#respond, #commentform, form[action*="wp-comments-post.php"], .comment-reply-link, '
    "#wpdcom form.wpd_comm_form"
)
_COUNTED = (
    ".comments-title, #comments-title, .wp-block-comments-title, "
    ".comment-list, .commentlist, .comments-list, .wp-block-comment-template"
)
"""There only where comments are."""
_PINGS = ".pingback, .trackback"
_PROTECTED = 'form[action*="action=postpass"]'
_COMMENTER = (
    ".fn a, .wp-block-comment-author-name a",
    ".fn, .wp-block-comment-author-name, .comment-author-name, .comment-author-link",
    ".comment-author [itemprop=name], .comment-author a, .comment-author :is(cite, strong, b)",
    "[itemprop=author], [itemprop=creator], .comment-author",
    "[class*=comment-author]:not([class*=depth-]), cite",
)
_COMMENTED = (
    "time[datetime]",
    ".comment-metadata a, .commentmetadata a, .comment-meta a, .comment-date, .comment_date, .comment-time",
    "time",
    ".comment-metadata, .commentmetadata, .comment-meta, a[href*='#comment-']",
)
"""Where themes show what: the closest first, each a look of its own."""
_CATEGORIES = "a[rel~=category], .taxonomy-category a, .cat-links a"
_PAGE = re.compile(r"/page/\d+/?|[?&]paged=\d+")
_COMMENT_PAGE = re.compile(r"/comment-page-(\d+)|[?&]cpage=(\d+)")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?", re.I)


class WordPress(HtmlPlatform):
    name = "wordpress"
    marks = (
        Mark("depth-1", ".comment.depth-1:is(.even, .odd), .pingback.depth-1, .trackback.depth-1", 0.92),
        Mark("wp-comments-post.php", 'form[action*="wp-comments-post.php"]', 0.9),
        Mark("wpdcom", "#wpdcom form.wpd_comm_form", 0.9),
        Mark("replytocom=", 'a.comment-reply-link[href*="replytocom="]', 0.9),
        Mark("type-post", f"{_LISTING} .type-post", 0.85),
        Mark("/wp-", ":is(div, article)[id^=post-] :is(h1, h2, h3) a[rel~=bookmark]", 0.8),
    )
    table = Selectors(
        post='.comment[class*="depth-"], :is(li, article, div)[id^="comment-"]',
        body=", ".join(WORDS),
        author=", ".join(_COMMENTER),
        time=", ".join(_COMMENTED),
        title=".entry-title, .wp-block-post-title, .post-title",
        crumbs=_CATEGORIES,
        row=".type-post, .hentry, :is(div, article)[id^=post-]",
        row_link=":is(.entry-title, .wp-block-post-title, .post-title, h1, h2, h3, h4) a[href], "
        "a[rel~=bookmark][href]",
        row_replies='a[href$="#comments"], a[href$="#respond"]',
        row_sticky=".sticky",
        login=_PROTECTED,
        missing="body.error404",
        board_page=_LISTING,
    )
    quotes = QuoteMarkup(
        block="blockquote",
        head="cite",
        drop=(
            ".comment-awaiting-moderation",
            ".sharedaddy",
            ".jp-relatedposts",
            ".page-links",
            ".page-link",
            ".post-page-numbers",
            ".postmetadata",
            ".more-link",
            "script",
            "style",
        ),
    )
    thread_url = re.compile(r"[?&](?:p|page_id|attachment_id)=(\d+)")
    board_url = re.compile(r"[?&]cat=(\d+)|/category/([^?#]+?)/?(?:page/\d+/?)?(?=[?#]|\Z)")
    offset_url = re.compile(r"/comment-page-(\d+)|[?&]cpage=(\d+)|/page/(\d+)|[?&]paged=(\d+)")
    significant: ClassVar[tuple[str, ...]] = (
        "p", "page_id", "attachment_id", "cat", "tag", "m", "author", "s", "cpage", "paged",
    )  # fmt: skip
    user_url = re.compile(r"/author/([^/?#]+)")

    def detect(self, doc: Document) -> float:
        claim = super().detect(doc)
        return claim if claim and find(doc, _OTHER_SOFTWARE) is None else 0.0

    def read(self, doc: Document) -> Reading:
        """An article below which nothing was said and nothing can be is no thread."""
        if self.is_listing(doc):
            return super().read(doc)
        if _is_talk(doc):
            return _doubted(super().read(doc), doc)
        sight = self.sight(doc)
        is_single = find(doc, _SINGLE) is not None or self.thread_url.search(sight.own) is not None
        if not is_single or find(doc, self.table.missing):
            return super().read(doc)
        kind = PageKind.LOGIN if find(doc, _PROTECTED) else PageKind.NO_TALK
        return Reading(platform=self.name, kind=kind, canonical_url=sight.own)

    def is_listing(self, doc: Document) -> bool:
        return find(doc, _LISTING) is not None

    def without_first_page(self, url: str) -> str:
        """The first page of comments has a number only where the last one has none."""
        return url if _COMMENT_PAGE.search(url) else super().without_first_page(url)

    def own_url(self, sight: Sight) -> str:
        url = sight.doc.page.url
        return self.canonical(url if url.startswith("http") else self.stated_url(sight.doc))

    def title_link(self, doc: Document) -> str:
        return ""

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        """The article, by what holds its words, and the comments."""
        if self.is_listing(doc) or not _is_talk(doc):
            return ()
        article, comments = article_on(doc), comment_nodes(doc)
        return (*([article] if article else []), *comments)

    def unnamed_posts(self, sight: Sight) -> Sequence[LexborNode]:
        return ()

    def kind(self, sight: Sight, posts: Sequence[LexborNode]) -> PageKind:
        """The newest articles of all categories are the blog itself."""
        found = super().kind(sight, posts)
        is_front = found is PageKind.BOARD and find(sight.doc, "body.blog") is not None
        return PageKind.INDEX if is_front else found

    def is_past_end(self, sight: Sight) -> bool:
        """Behind the last page of comments the article is shown alone."""
        m = _COMMENT_PAGE.search(sight.own)
        is_later = m is not None and m[m.lastindex or 0] != "1"
        return is_later and not comment_nodes(sight.doc) and find(sight.doc, _PINGS) is None

    # One post

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """Edits of comments are not shown."""
        post = super().post(node, sight)
        if post is None or _is_comment(node):
            return post
        is_later = self.paging(sight)[0] > 1
        return changed(post, position=1, is_copy=is_later, url=self.thread_start(sight.own))

    def post_id(self, node: LexborNode) -> str | None:
        """Articles and comments are numbered apart."""
        return number_of(node) if _is_comment(node) else "article"

    def body(self, node: LexborNode) -> Body:
        if not _is_comment(node):
            return untangle(node, self.quotes)
        words, markup = body_of(node, self.quotes)
        return untangle(words, markup) if words is not None else EMPTY

    def body_in(self, node: LexborNode, slot: str) -> Body:
        return super().body_in(node, slot) if _is_comment(node) else self.body(node)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        places, within = (_COMMENTER, beside) if _is_comment(node) else (AUTHOR, of_article)
        return next((each for place in places for each in within(node, place) if text_of(each)), None)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """A guest's link leads anywhere; a member's name is a class of the comment."""
        inner = link.css_first("a[href]") or link
        author = super().author_at(inner if text_of(inner) else link, node, sight)
        said = text_of(link.css_first(".says"))
        author = replace(author, name=author.name.removesuffix(said).strip() or author.name)
        if not _is_comment(node):
            return replace(author, is_staff=True)
        classes = attribute(node, "class").split()
        member = next((name for name in classes if name.startswith("comment-author-")), "")
        user_id = member.removeprefix("comment-author-") if "byuser" in classes else ""
        return replace(author, user_id=user_id or None, is_staff="bypostauthor" in classes)

    def profile_link(self, node: LexborNode) -> LexborNode | None:
        return None

    def dated(self, node: LexborNode, sight: Sight) -> str:
        places, within = (_COMMENTED, beside) if _is_comment(node) else (TIME, of_article)
        shown = (self.time_shown(each) for place in places for each in within(node, place))
        return next(filter(sight.time, shown), "")

    def time_shown(self, node: LexborNode | None) -> str:
        """The time of a day may be the title of the link around it."""
        clock = attribute(node.parent, "title") if node is not None else ""
        shown = super().time_shown(node)
        return f"{shown} {clock}" if _CLOCK.fullmatch(clock) else shown

    def posted_beside(self, node: LexborNode, sight: Sight) -> datetime | None:
        return super().posted_beside(node, sight) if _is_comment(node) else None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """Of an article, where the theme shows when it was last changed."""
        if _is_comment(node):
            return UNEDITED
        times = of_article(node, "time.updated:not(.published)[datetime]")
        return Edit(at=sight.time(attribute(times[0], "datetime"))) if times else UNEDITED

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        """Its page has a number even where the article is shown with the last one."""
        if shown := permalink(node):
            return sight.url(shown)
        return f"{sight.own}#comment-{post_id}" if sight.own.startswith("http") else None

    def reply_to(self, node: LexborNode) -> str | None:
        return parent_of(node) if _is_comment(node) else None

    # The thread

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """In the order of time, which blogs may turn round; what stands in no branch answers the article."""
        thread_id = self.thread_id(sight, (), sight.own)
        opening = f"post-{thread_id}"
        article = [changed(post, id=opening) for _, post in found if post.position == 1]
        comments = [(node, post) for node, post in found if post.position != 1]
        unsure = unsure_of([node for node, _ in comments])
        branches: list[list[Post]] = []
        for node, post in comments:
            if post.reply_to is None or not branches:
                branches.append([])
            answered = None if number_of(node) in unsure else post.reply_to or opening
            branches[-1].append(changed(post, reply_to=answered))
        if len(branches) > 1 and int(branches[0][0].id) > int(branches[-1][0].id):
            branches.reverse()
        return [*_known(article, comments), *(post for branch in branches for post in branch)]

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        thread = super().thread(sight, posts, url)
        opening = next((post for post in posts if post.position == 1), None)
        started_at = opening.posted_at if opening else None
        return replace(thread, started_at=started_at, is_locked=find(sight.doc, _FORM) is None)

    def events(self, sight: Sight) -> tuple[PlatformEvent, ...]:
        return () if find(sight.doc, _FORM) else (PlatformEvent(kind="thread_locked"),)

    def thread_id(self, sight: Sight, posts: Sequence[Post], url: str) -> str:
        m = self.thread_url.search(url)
        return number_on(sight.doc) or (m[1] if m else _path(self.thread_start(url)))

    def paging(self, sight: Sight) -> tuple[int, int]:
        """Where the last page of comments is shown first, links to its comments tell its number."""
        linked = [self.offset_at(link.url) + 1 for link in self.page_links(sight)]
        shown = next(map(permalink, comment_nodes(sight.doc)), "")
        here = _COMMENT_PAGE.search(sight.own) or _COMMENT_PAGE.search(shown)
        current = whole(here[here.lastindex or 0]) if here else 1
        return current or 1, max([current or 1, *linked])

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Further comments of an article, or a list's further articles: the same address with a number."""
        is_list = self.is_listing(sight.doc) or not _is_talk(sight.doc)
        numbered = _PAGE if is_list else _COMMENT_PAGE
        start = self.thread_start(sight.own)
        wanted = (
            'a[href*="/page/"], a[href*="paged="]'
            if is_list
            else 'a[href*="comment-page-"][href$="#comments"], a[href*="cpage="][href$="#comments"]'
        )
        for node in find_all(sight.doc, wanted):
            url = self.canonical(sight.url(attribute(node, "href")))
            is_page = numbered.search(url) or url == start
            if is_page and url != sight.own and self.thread_start(url) == start:
                yield Link(url=url, kind=LinkKind.PAGE)

    # Listings

    def crumb_board(self, sight: Sight) -> Board | None:
        """An article may be in several categories; the first stands for them."""
        link = find(sight.doc, _CATEGORIES)
        if link is None:
            return None
        return self.board_in(link, sight) or self.named_board(link, sight)

    def board_here(self, sight: Sight) -> Board | None:
        url = self.thread_start(sight.own)
        m = self.board_url.search(url)
        path = _path(url) if find(sight.doc, "body.category") else ""
        board_id = m[m.lastindex or 0] if m else path
        title = find(sight.doc, ".page-title, .archive-title, .wp-block-query-title")
        named = title.css_first("span") if title else None
        return Board(id=board_id, title=text_of(named or title) or board_id, url=url) if board_id else None

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Pages that a search has found, and what leads nowhere, are no articles."""
        link = first(node, self.table.row_link)
        if link is None or not text_of(link) or "type-page" in attribute(node, "class"):
            return None
        row, counter = super().row(node, sight), first(node, self.table.row_replies)
        if row is None or counter is None:
            return row
        is_none = attribute(counter, "href").endswith("#respond")
        return replace(row, reply_count=0 if is_none else count_in(text_of(counter)))

    def row_id(self, node: LexborNode, url: str) -> str | None:
        m = NUMBER.search(attribute(node, "class")) or NUMBER.search(node.id or "")
        return m[1] if m else super().row_id(node, url) or _path(url) or None


def _is_comment(node: LexborNode) -> bool:
    return number_of(node) is not None


def _is_talk(doc: Document) -> bool:
    """Whether people have commented here, or may."""
    return find(doc, _FORM) is not None or find(doc, _COUNTED) is not None or bool(comment_nodes(doc))


def _doubted(reading: Reading, doc: Document) -> Reading:
    """Where comments should be and none is, the article alone is not all."""
    is_talk = reading.kind is PageKind.THREAD
    if not is_talk or comment_nodes(doc) or find(doc, _PINGS) or find(doc, _COUNTED) is None:
        return reading
    told = "comments are counted here, but none was found. Has the theme changed?"
    return replace(reading, warnings=(*reading.warnings, told))


def _known(article: Sequence[Post], comments: Sequence[tuple[LexborNode, Post]]) -> Sequence[Post]:
    """The article, its author known by the account that its own comments are written with."""
    written = (post.author for node, post in comments if "bypostauthor" in attribute(node, "class"))
    account = next(filter(None, written), None)
    return [
        changed(post, author=replace(post.author, user_id=account.user_id))
        if account and post.author and post.author.name == account.name
        else post
        for post in article
    ]


def _path(url: str) -> str:
    """What names an article or a category where there is no number."""
    return split(url).path.strip("/")


platform = WordPress()
