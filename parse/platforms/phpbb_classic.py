"""phpBB in tables: all of version 2 (subSilver), PHP-Nuke's forums, and version 3 in the style subsilver2."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, captured, text_of
from parse.html_post import is_staff
from parse.html_table import Edit, Mark, Selectors, Sight
from parse.model import Author, ThreadRow
from parse.quotes.plain import Body
from parse.software.phpbb_site import PhpbbSite
from parse.urls import tidy

_ANCHOR = re.compile(r"p?(\d+)\Z")
_PROFILE = 'a[href*="mode=viewprofile"], a[href*="/member"], a[href*="-u"], a[href^="/u"]'
_SIGNED_OFF = re.compile(r"\n?_{10,}(?:\n|\Z)")


class PhpbbClassic(PhpbbSite):
    name = "phpbb_classic"
    marks = (
        Mark("postauthor", "table.tablebg .postauthor", 0.95),
        Mark("viewtopic", "table.forumline span.postbody, table.forumline .postdetails", 0.95),
        Mark("ftopic", "table.forumline span.postbody, table.forumline .postdetails", 0.95),
        Mark("posting.php", "table.forumline span.postbody, table.forumline .postdetails", 0.95),
        Mark("viewtopic.php", "span.postbody, .postdetails, .row-post-author", 0.8),
        Mark("viewtopic", ".tablebg a.topictitle, .forumline a.topictitle, .forumline .topictitle a", 0.95),
        Mark("ftopic", ".forumline a.topictitle, .forumline .topictitle a", 0.95),
        Mark("viewforum", ".tablebg a.forumlink, .tablebg a.forumtitle, .forumline a.forumlink", 0.95),
        Mark("phpBB", 'body:has(table.forumline) a[href*="phpbb.com"], '
                      'body:has(table.tablebg) a[href*="phpbb.com"]', 0.9),
    )  # fmt: skip
    table = Selectors(
        post="table.tablebg:has(.postauthor), tr:has(> td > .name > a[name]), tr:has(> td > .name > a[id]), "
        "tr:has(> .row-post-author)",
        body="div.postbody, :has(> span.postbody), .post-text",
        author=".postauthor, .name > b, .name > strong, .post-name",
        time="td.gensmall > div:last-child, td > .postdetails:not(.name ~ .postdetails)",
        role="td.postdetails, .name ~ .postdetails",
        permalink='a[href*="viewtopic"][href*="p="], a[href*="#p"], a[href*="ftopicp-"]',
        edited=".postbody ~ .gensmall:not(.error), .postbody ~ table.tablebg td.row3 .gensmall",
        title="a.titles, a.maintitle, .maintitle",
        crumbs=".breadcrumbs a[href], a.nav[href]",
        locked="img[src*='topic_locked'], img[src*='reply-locked'], img[src*='reply_locked'], "
               ".button_topic_locked",
        pager=".gensmall a[href*='start='], .nav a[href*='start='], .pagination a[href], "
        ".gensmall a[href*='-days'], .nav a[href*='-days']",
        current_page="td.nav strong, span.nav > b, .gensmall > b > b",
        row="tr:has(a.topictitle), tr:has(.topictitle a)",
        row_link="a.topictitle, .topictitle a",
        row_time="td:last-child",
        row_last='td:last-child a[href*="p="], td:last-child a[href*="ftopicp-"]',
        row_locked='[class*="_locked"], [src*="_lock"], [style*="_locked"]',
        row_sticky='[class*="sticky"], [class*="announce"], [src*="_sticky"], [src*="_announce"], '
                   '[src*="/sticky_"], [src*="/announce_"]',
        row_moved='[class*="topic_moved"], [src*="topic_moved"]',
        boards="a.forumlink, a.forumtitle, .forumlink > a",
        login="form[action*='login'] input[type=password]",
        missing="table.forumline td > .gen, table.tablebg td > .gen",
    )  # fmt: skip
    quotes = QuoteMarkup(
        block=".quotecontent, td.quote, blockquote",
        head="cite, .quote-user, .quote-nouser",
        head_before=".quotetitle, tr:has(+ tr > td.quote) .genmed",
        drop=(
            ".codetitle",
            ".signature_div",
            ".attachbox",
            ".vote",
            "tr:has(+ tr > td.code) .genmed",
            ".postbody ~ .gensmall",
        ),
    )

    def post_id(self, node: LexborNode) -> str | None:
        anchors = node.css("a[name], a[id]")
        names = (_ANCHOR.match(attribute(a, "name") or attribute(a, "id")) for a in anchors)
        return next((m[1] for m in names if m), None)

    def body(self, node: LexborNode) -> Body:
        """Version 2 has the signature among the words, below a rule."""
        found = super().body(node)
        if "__________" not in found.full_text:
            return found
        return replace(found, text=_unsigned(found.text), full_text=_unsigned(found.full_text))

    def time_shown(self, node: LexborNode | None) -> str:
        """ "Posted: Wed May 01, 2024 10:00 am", and in version 2 the subject behind it."""
        if node is None or "postdetails" not in attribute(node, "class"):
            return super().time_shown(node)
        return _first_words(node)

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        """The name is no link; the button below the post is."""
        found = super().author(node, sight)
        if found is None:
            return None
        href = next((attribute(link, "href") for link in _profiles(node)), "")
        known = self.user_url.search(href)
        rank = node.css_first(self.table.role)
        role = (_first_words(rank) if rank is not None and rank.tag == "span" else found.role) or None
        return replace(
            found,
            user_id=captured(known) if known else found.user_id,
            profile_url=tidy(sight.url(href)) if href else found.profile_url,
            role=role,
            is_staff=is_staff(role),
        )

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """The reason stands in a row below the notice."""
        reason = text_of(node.css_first(".postbody ~ table.tablebg td.row2 .genmed")) or None
        found = super().edit(node, sight, author)
        return replace(found, reason=reason) if reason and found.at else found

    def row(self, node: LexborNode, sight: Sight) -> ThreadRow | None:
        """Replies and views are the numbers in the row, in this order."""
        row = super().row(node, sight)
        counts = [words for cell in node.css("td") if (words := text_of(cell)).isdecimal()]
        return replace(row, reply_count=int(counts[0])) if row and counts else row


def _profiles(node: LexborNode) -> Sequence[LexborNode]:
    """Links to the author's profile: among the post's buttons, in version 2 in the row below it."""
    below = node.next
    while below is not None and not below.is_element_node:
        below = below.next
    if node.tag == "table":
        return node.css(f":is(td > div.gensmall) > :is({_PROFILE})")
    return below.css(_PROFILE) if below is not None else ()


def _first_words(node: LexborNode) -> str:
    """The text before the first element in it."""
    first = node.first_child
    return " ".join((first.text_content or "").split()) if first is not None and first.tag == "-text" else ""


def _unsigned(text: str) -> str:
    m = _SIGNED_OFF.search(text)
    return text[: m.start()].rstrip() if m else text


platform = PhpbbClassic()
