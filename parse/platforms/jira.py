"""Jira Server and Data Center, 4 to 10: issues with comments, and exported lists of issues.

Known from Atlassian's script for comments and from what reads Apache's, Mojang's, MongoDB's and other Jiras
(2012 to 2026). Since version 7 the comments come as a string of a script. Of many comments the newest are
shown, with a link to all. What lists and boards show is drawn by a script, and so not read; Jira Cloud's
pages are all script, but its answers in JSON have an adapter of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup, untangle
from parse.feedback import is_done
from parse.html_fields import attribute, count_in, find, first, number_in, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Mark, Selectors, Sight
from parse.model import Author, Post, Reading, Thread, ThreadRow
from parse.page import Document
from parse.quotes.plain import Body
from parse.urls import tidy

_PANEL = re.compile(r'WRM\._unparsedData\["activity-panel-pipe-id"\]="((?:[^"\\]+|\\.)*)', re.S)
"""What the activity panel holds, as HTML in JSON in JavaScript."""
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u?[0-9a-fA-F]{0,3}\Z|(.))", re.S)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": ""}
_NO_NAME = {"nofollow", "noopener", "noreferrer", "external"}


class Jira(HtmlPlatform):
    name = "jira"
    marks = (
        Mark('data-name="jira"', 'meta[name="application-name"][data-name=jira]', 0.95),
        Mark("activity-comment", ".activity-comment .action-body", 0.95),
        Mark("summary-val", "#summary-val", 0.9),
        Mark("issuerow", "#issuetable tr[data-issuekey]", 0.9),
    )
    table = Selectors(
        post="#summary-val, .activity-comment, [id^=comment-]:has(.action-body)",
        body=".action-body",
        author=".action-details .user-hover, .action-details a[href*=ViewProfile]",
        time="time",
        title="#summary-val",
        crumbs="#project-name-val",
        pager="a.collapsed-comments[href]",
        thread_page="#key-val",
        row="#issuetable tr[data-issuekey]",
        row_link='.summary a[href*="/browse/"], .issuekey a[href*="/browse/"]',
        row_time=".updated time",
        login="form#login-form",
        missing=".error-image-canNotBeViewed",
    )
    quotes = QuoteMarkup(block="blockquote")
    thread_url = re.compile(r"/browse/([A-Z][A-Z0-9_]*-\d+)")
    board_url = re.compile(r"/(?:browse|projects)/([A-Z][A-Z0-9_]*)(?=[/?#]|\Z)")
    user_url = re.compile(r"ViewProfile\.jspa\?name=([^&#]+)")

    def canonical(self, url: str) -> str:
        """Tabs and filters show the same issue; only "all comments" shows more."""
        if not self.thread_url.search(url):
            return super().canonical(url) if self.board_url.search(url) else tidy(url)
        return tidy(url, ("page", "showAll") if "showAll=true" in url else ())

    def thread_start(self, url: str) -> str:
        return url.partition("?")[0] if self.thread_url.search(url) else super().thread_start(url)

    def read(self, doc: Document) -> Reading:
        """With the comments in place of the script that brings them."""
        m = _PANEL.search(doc.text)
        if m is None:
            return super().read(doc)
        before = doc.text[: m.start()].rpartition("<script")[0]
        behind = doc.text[m.end() :].partition("</script>")[2]
        whole = before + _unescaped(_unescaped(m[1]).strip('"')) + behind
        page = replace(
            doc.page, body=whole.encode("utf-8", "replace"), content_type="text/html; charset=utf-8"
        )
        return super().read(replace(doc, page=page))

    def post_id(self, node: LexborNode) -> str | None:
        """The issue has a key; comments have numbers of their own."""
        if _is_issue(node):
            return attribute(_on_page(node, "#key-val"), "data-issue-key") or "issue"
        return number_in(node.id or "")

    def body(self, node: LexborNode) -> Body:
        """Many an issue is told by its title alone."""
        if not _is_issue(node):
            return super().body(node)
        said = _on_page(node, "#description-val .user-content-block") or _on_page(node, "#description-val")
        words = untangle(said, self.quotes) if said else None
        return words if words and words.full_text else untangle(node, self.quotes)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        if not _is_issue(node):
            return super().author_node(node)
        return _on_page(node, "#reporter-val .user-hover") or _on_page(node, "#reporter-val")

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        """Links, and names that guests see without one, have the account's name at hand for the script."""
        found, rel = super().author_at(link, node, sight), attribute(link, "rel")
        login = attribute(link, "data-username") or (rel if rel not in _NO_NAME else "") or found.user_id
        return replace(found, user_id=login or None, login=login or None)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        if not _is_issue(node):
            return super().dated(node, sight)
        return self.time_shown(_on_page(node, "#created-val time") or _on_page(node, "#datesmodule time"))

    def likes(self, node: LexborNode) -> int | None:
        return count_in(text_of(_on_page(node, "#vote-data"))) if _is_issue(node) else None

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        issue = self.thread_start(sight.own)
        return issue if _is_issue(node) else f"{issue}?focusedCommentId={post_id}#comment-{post_id}"

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        """Numbers tell the order of comments, whichever way they are shown."""
        posts = super().settled(found, sight)
        return sorted(posts, key=lambda post: (post.id.isdecimal(), len(post.id), post.id))

    def numbered(self, posts: Sequence[Post], sight: Sight) -> Sequence[Post]:
        """Behind the issue come the comments that are not shown."""
        places = range(_hidden(sight), _hidden(sight) + len(posts))
        return [replace(post, position=place + 1 if n else 1)
                for n, (post, place) in enumerate(zip(posts, places, strict=True))]  # fmt: skip

    def thread(self, sight: Sight, posts: Sequence[Post], url: str) -> Thread:
        status, resolution = (text_of(find(sight.doc, f"#{name}-val")) for name in ("status", "resolution"))
        count = sum(post.id.isdecimal() for post in posts) + _hidden(sight)
        thread = super().thread(sight, posts, url)
        shown = (status, "" if resolution.casefold() == "unresolved" else resolution)
        return replace(
            thread,
            is_solved=is_done(resolution),
            status=": ".join(filter(None, shown)) or None,
            stated_reply_count=count,
        )

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        row, title = super().row(node, sight), text_of(first(node, ".summary"))
        return row and replace(row, title=title or row.title)


def _is_issue(node: LexborNode) -> bool:
    return node.id == "summary-val"


def _on_page(node: LexborNode, selector: str) -> LexborNode | None:
    """The parts of an issue stand in several modules of its page."""
    return node.parser.css_first(selector) if node.parser else None


def _hidden(sight: Sight) -> int:
    more = find(sight.doc, ".show-more-comments[data-collapsed-count]")
    return count_in(attribute(more, "data-collapsed-count")) or 0


def _unescaped(literal: str) -> str:
    """A string as JavaScript or JSON writes it, also one that was cut off; pairs of halves made whole."""
    shown = _ESCAPED.sub(
        lambda m: chr(int(m[1], 16)) if m[1] else _CONTROLS.get(m[2] or "", m[2] or ""), literal
    )
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


platform = Jira()
