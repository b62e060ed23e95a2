"""Reddit: the pages of old.reddit.com and the JSON behind them: trees whose every parent is known."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.html_fields import attribute, count_in, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Edit, Mark, Selectors, Sight
from parse.json_fields import entries, epoch, fragment, listed, mapping, text, whole
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, PostState, Reading, Thread, ThreadRow
from parse.page import Document
from parse.plain_quotes import Body, untangle_text
from parse.urls import tidy

_GONE = ("[deleted]", "[removed]")
_HOST = re.compile(r"\Ahttps?://(?:(?:www|new|np|old|i|m|[a-z]{2})\.)?reddit\.com(?=[/?#]|\Z)")
_ADDRESS = re.compile(
    r"(?P<board>(?:/(?:r|user|u)/[^/?#]+)?)/comments/(?P<id>[a-z0-9]+)"
    r"(?:/[^/?#]*(?:/(?P<comment>[a-z0-9]+))?)?/?(?P<json>\.json)?(?=[/?#]|\Z)"
)
_ALL = "limit=500&raw_json=1&sort=old"
"""What asks the JSON for as much of a tree as it gives at once, oldest first, without double escapes."""
_QUOTES = QuoteMarkup()


class Reddit(HtmlPlatform):
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
    quotes = _QUOTES
    thread_url = re.compile(r"/comments/([a-z0-9]+)")
    board_url = re.compile(r"/r/([^/?#.]+)(?!\S*/comments/)")
    offset_url = re.compile(r"(?!)(.)")
    significant = ("after",)
    user_url = re.compile(r"(?!)")

    def canonical(self, url: str) -> str:
        """Slugs, sort orders and hosts show the same; a comment's own page shows a part of the tree."""
        kept = _HOST.sub("https://old.reddit.com", tidy(url, self.significant))
        if m := _ADDRESS.search(kept):
            part = f"_/{m['comment']}/" if m["comment"] else ""
            path = f"{kept[: m.start()]}{m['board']}/comments/{m['id']}/{part}"
            return f"{path}.json?{_ALL}" if m["json"] else path
        return kept

    def detect(self, doc: Document) -> float:
        return super().detect(doc) if doc.json is None else 0.95 * bool(_children(doc.json))

    def read(self, doc: Document) -> Reading:
        if doc.json is None:
            return super().read(doc)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=self.canonical(doc.page.url))
        return _listing(self, doc, reading) if isinstance(doc.json, dict) else _tree(self, doc, reading)

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
        return PostState.REMOVED if body.text in _GONE else PostState.VISIBLE

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

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        posts = super().settled(found, sight)
        return [replace(post, text="") if post.state is PostState.REMOVED else post for post in posts]

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


# JSON


def _children(data: Any) -> list[dict[str, Any]]:
    """The submissions and comments of a listing, or of the first of several."""
    listing = mapping(next(entries(data), None))
    if listing.get("kind") != "Listing":
        return []
    children = entries(mapping(listing.get("data")).get("children"))
    return [child for child in children if child.get("kind") in ("t1", "t3", "more")]


def _tree(platform: Reddit, doc: Document, reading: Reading) -> Reading:
    opening = next((child for child in _children(doc.json) if child["kind"] == "t3"), {})
    said = mapping(opening.get("data"))
    posts, links = [_post(said, "t3")], []
    waiting = _children(doc.json[1:])[::-1]
    while waiting:
        child = waiting.pop()
        data = mapping(child.get("data"))
        if child["kind"] == "more":
            links += [_branch(platform, doc, comment) for comment in _more(data)]
            continue
        posts.append(_post(data, "t1"))
        waiting += _children(data.get("replies"))[::-1]
    board = _board(said)
    thread = Thread(
        id=text(said.get("id")),
        title=text(said.get("title")),
        url=_absolute(text(said.get("permalink"))),
        board=board,
        started_at=epoch(said.get("created_utc")),
        stated_reply_count=whole(said.get("num_comments")),
        is_locked=said.get("locked") is True,
        is_sticky=said.get("stickied") is True,
        posts=tuple(post for post in posts if post.id),
    )
    return replace(
        reading,
        kind=PageKind.THREAD,
        threads=(thread,),
        boards=(board,) if board else (),
        links=tuple(dict.fromkeys(links)),
    )


def _more(data: dict[str, Any]) -> list[str]:
    """The comments whose pages show what was left out: the parent's for a branch, else each one's."""
    parent = text(data.get("parent_id"))
    if parent.startswith("t1_"):
        return [parent[3:]]
    return [text(child) for child in listed(data.get("children")) if text(child) not in ("", "_")]


def _branch(platform: Reddit, doc: Document, comment: str) -> Link:
    m = _ADDRESS.search(doc.page.url)
    path = f"{doc.page.url[: m.start()]}{m['board']}/comments/{m['id']}/_/{comment}/.json" if m else ""
    return Link(url=platform.canonical(path or doc.page.url), kind=LinkKind.POSTS)


def _post(said: dict[str, Any], kind: str) -> Post:
    shown = text(said.get("body_html") or said.get("selftext_html"))
    shown = html.unescape(shown) if shown.startswith("&lt;") else shown
    plain = text(said.get("body") or said.get("selftext"))
    body = untangle(fragment(shown), _QUOTES) if shown else untangle_text(plain)
    gone = body.text in _GONE
    name = text(said.get("author"))
    author = _author(said) if name and name not in _GONE else None
    number, edited = text(said.get("id")), said.get("edited")
    return Post(
        id=f"{kind}_{number}" if number else "",
        text="" if gone else body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        aliases=(number,),
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=1 if kind == "t3" else None,
        posted_at=epoch(said.get("created_utc")),
        edited_at=epoch(edited) if not isinstance(edited, bool) else None,
        url=_absolute(text(said.get("permalink"))) or None,
        like_count=whole(said.get("score")),
        state=PostState.REMOVED if gone else PostState.VISIBLE,
        reply_to=text(said.get("parent_id")) or None,
    )


def _author(said: dict[str, Any]) -> Author:
    name = text(said.get("author"))
    return Author(
        name=name,
        login=name,
        user_id=text(said.get("author_fullname")) or None,
        profile_url=f"https://old.reddit.com/user/{name}",
        role=text(said.get("author_flair_text")) or text(said.get("distinguished")) or None,
        is_staff=said.get("distinguished") in ("moderator", "admin"),
    )


def _absolute(path: str) -> str:
    return f"https://old.reddit.com{path}" if path.startswith("/") else ""


def _board(said: dict[str, Any]) -> Board | None:
    name = text(said.get("subreddit"))
    return Board(id=name, title=name, url=f"https://old.reddit.com/r/{name}/.json") if name else None


def _listing(platform: Reddit, doc: Document, reading: Reading) -> Reading:
    """Submissions of a subreddit; a listing of comments tells which of them to look at again."""
    said = [mapping(child.get("data")) for child in _children(doc.json)]
    rows = tuple(_row(platform, each) for each in said if each.get("title"))
    after = text(mapping(doc.json.get("data")).get("after"))
    links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
    links += [
        Link(url=platform.canonical(f"{link.rstrip('/')}/.json"), kind=LinkKind.THREAD)
        for each in said
        if not each.get("title") and (link := text(each.get("link_permalink")))
    ]
    if after:
        address = reading.canonical_url.partition("?")[0]
        links.append(Link(url=f"{address}?after={after}", kind=LinkKind.PAGE))
    return replace(
        reading,
        kind=PageKind.BOARD if rows else PageKind.FEED,
        board=_board(said[0]) if said else None,
        rows=rows,
        links=tuple(dict.fromkeys(links)),
    )


def _row(platform: Reddit, said: dict[str, Any]) -> ThreadRow:
    link = f"https://old.reddit.com{text(said.get('permalink')).rstrip('/')}/.json"
    return ThreadRow(
        id=text(said.get("id")),
        title=text(said.get("title")),
        url=platform.canonical(link),
        reply_count=whole(said.get("num_comments")),
        is_sticky=said.get("stickied") is True,
        is_locked=said.get("locked") is True,
    )


platform = Reddit()
