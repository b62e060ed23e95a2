"""Reddit: the pages of old.reddit.com and the JSON behind them: trees whose every parent is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, count_in, first, text_of
from parse.html_table import Edit, Mark, Selectors, Sight
from parse.model import Author, Link, LinkKind, PageKind, PostState, Reading, ThreadRow
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.reddit_json import GONE, children, read_listing, read_tree
from parse.software.reddit_site import RedditSite


class Reddit(RedditSite):
    name = "reddit"
    marks = (
        Mark("data-fullname", ".thing[data-fullname^=t1_], .thing[data-fullname^=t3_]", 0.95),
        Mark("redditstatic", "#siteTable, .commentarea", 0.9),
    )
    table = Selectors(
        post=".commentarea .thing[data-fullname^=t1_]:not(.morechildren) > .entry, "
             "#siteTable .thing.link > .entry",
        body=".usertext-body .md",
        author=".tagline .author",
        time=".tagline time[datetime]:not(.edited-timestamp)",
        role=".tagline .flair",
        staff=".tagline .author.moderator, .tagline .author.admin",
        permalink=".flat-list a.bylink, .flat-list a.comments",
        edited=".tagline .edited-timestamp",
        likes=".score.unvoted",
        title=".redditname",
        crumbs=".pagename a[href], .redditname a[href]",
        locked=".thing.link.locked, .locked-infobar, .archived-infobar",
        sticky=".thing.link.stickied",
        pager=".nextprev a[rel~=next], .next-button a",
        thread_page=".commentarea",
        row="body:not(:has(.commentarea)) #siteTable > .thing.link",
        login="form#login-form",
        missing="#classy-error, .interstitial-subreddit-description",
        board_page="#siteTable",
    )  # fmt: skip

    def detect(self, doc: Document) -> float:
        return super().detect(doc) if doc.json is None else 0.95 * bool(children(doc.json))

    def read(self, doc: Document) -> Reading:
        if doc.json is None:
            return super().read(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        if isinstance(doc.json, dict):
            return read_listing(doc.json, reading)
        return read_tree(doc.json, doc.page.url, reading)

    def post_nodes(self, doc: Document) -> Sequence[LexborNode]:
        return doc.tree.css(self.table.post) if doc.tree.css_first(".commentarea") else ()

    def title(self, sight: Sight) -> str:
        return text_of(sight.doc.tree.css_first("#siteTable .thing.link a.title")) or super().title(sight)

    def post_id(self, node: LexborNode) -> str | None:
        return attribute(node.parent, "data-fullname") or None

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        return (attribute(node.parent, "data-fullname")[3:],)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        found = super().author(node, sight)
        return found and replace(found, login=found.name, user_id=_account(node.parent))

    def position(self, node: LexborNode) -> int | None:
        """A tree is shown in the order of the day; only the first place is certain."""
        return 1 if _is_opening(node.parent) else None

    def likes(self, node: LexborNode) -> int | None:
        if _is_opening(node.parent):
            return count_in(attribute(node.parent, "data-score"))
        return super().likes(node)

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        return Edit(at=sight.time(attribute(first(node, self.table.edited), "datetime")))

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.REMOVED if body.text in GONE else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        """The list that holds it is named after its parent; on a comment's own page that is only linked."""
        if _is_opening(node.parent):
            return None
        link = node.css_first('.flat-list a[data-event-action="parent"]')
        if named := attribute(link, "href").rpartition("#")[2]:
            return f"t1_{named}"
        above = node.parent
        while above is not None and above.is_element_node:
            if (list_id := above.id or "").startswith("siteTable_t"):
                return list_id.removeprefix("siteTable_")
            above = above.parent
        return None

    def page_links(self, sight: Sight) -> Iterator[Link]:
        """Branches too deep for the page have pages of their own."""
        for link in sight.doc.tree.css(".deepthread a[href]"):
            url = self.canonical(sight.url(attribute(link, "href")))
            yield Link(url=url, kind=LinkKind.POSTS)
        yield from super().page_links(sight)

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        link, classes = attribute(node, "data-permalink"), attribute(node, "class").split()
        if not (m := self.thread_url.search(link)):
            return None
        return ThreadRow(
            id=m[1],
            title=text_of(node.css_first("a.title")),
            url=self.canonical(sight.url(link)),
            reply_count=count_in(attribute(node, "data-comments-count")),
            is_sticky="stickied" in classes,
            is_locked="locked" in classes,
        )


def _account(thing: LexborNode | None) -> str | None:
    return attribute(thing, "data-author-fullname") or None


def _is_opening(thing: LexborNode | None) -> bool:
    return attribute(thing, "data-fullname").startswith("t3_")


platform = Reddit()
