"""phpBB 3.0 to 3.3 (prosilver and the styles that descend from it, Forumotion among them)."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from parse.body import QuoteMarkup
from parse.html_fields import attribute, find, first, shown_time, text_of
from parse.html_table import Mark, PollSelectors, Selectors, Sight
from parse.model import Post, changed
from parse.quotes.heads import NO_HEAD, QuoteHead, read_marked
from parse.software.phpbb_site import PhpbbSite, linked_post

_TABLES = "table.forumline, table.tablebg, span.postbody, span.postdetails, .row-post-author"
"""What is laid out in these, or in what is left of them, is read by `phpbb_classic`."""
_NAMES = "h4.username a, .author .username, .author .username-coloured, .author strong a, .postprofile dt a"
_NAMED = ".username, .username-coloured"
"""Whatever a style does, the software itself writes a name with one of these."""
_ID_BEARERS = "[id^=profile], [id^=post_content], a[id^=p], .posthead[id^=p]"
_REPLY = 'a[href*="mode=reply"]'
_LOCKED_WORDS = (
    "locked",
    "gesperrt",
    "verrouill",
    "cerrad",
    "bloquead",
    "bloccat",
    "gesloten",
    "закрыт",
    "zablokowan",
)
_SAID_LOCKED = ", ".join(f'[title*="{word}" i], :lexbor-contains("{word}" i)' for word in _LOCKED_WORDS)
_CLOSED = f"""{_REPLY}:is({_SAID_LOCKED}), {_REPLY} :is([class*="-lock"], [id*="lock" i])"""
"""Styles rename the icon; what it stands in leads to a reply that the board would refuse."""
_SOLVED = '.topic_solved_title_link, .topic-title a[href*="#p"], .post_bestanswer a.full_post'
"""Links to the post that solved the topic, by extensions that let people say so."""
_THANKS = "[id^=list_thanks]"
"""Who thanked for a post, and beside the names perhaps when: an extension has it where edits are told."""
_THANKED = f"{_THANKS} dt"
_HEARTS = ".likers_display, .postlove [id^=like_]"
_LIKED = f"{_THANKED}, {_HEARTS}"
_TOTAL = re.compile(r"\([^()\d]*(\d+)\)\W*\Z")
_NUMBERED_POSTS = ", ".join(f"{tag}[id^=p]" for tag in ("div", "article", "section", "li", "tr", "table"))
_NUMBER = re.compile(r"p\d+\Z")
_POST_ID = re.compile(r"(?:p|profile|post_content)(\d+)\Z")


def _describe(block: LexborNode) -> QuoteHead:
    """From 3.2 on the head links to the post, and gives its date behind the link."""
    cite = block.css_first("cite")
    if cite is None or block.mem_id not in _two_above(cite):
        return NO_HEAD
    words, source = "", None
    for part in cite.iter(include_text=True):
        if part.tag == "a" and (source := linked_post(attribute(part, "href"))):
            break
        words += part.text()
    return QuoteHead(attributed_to=read_marked(words).attributed_to, source_ref=source)


def _two_above(cite: LexborNode) -> tuple[int, ...]:
    """Its parent and grandparent: a head further down belongs to a quote within the quote."""
    parent = cite.parent
    above = parent.parent if parent else None
    return tuple(node.mem_id for node in (parent, above) if node)


class Phpbb(PhpbbSite):
    name = "phpbb"
    marks = (
        Mark("phpbb", "body#phpbb", 1.0),
        Mark("phpBB", f'body:not(:has({_TABLES})) a[href*="phpbb.com"]', 0.6),
        Mark("viewtopic.php", f'body:not(:has({_TABLES})) a[href*="memberlist.php?mode=viewprofile"]', 0.6),
        Mark("postprofile", "dl.postprofile, .postprofile", 0.9),
        Mark("viewtopic.php", ".postbody .content, .post-body .content", 0.7),
        Mark("main-content topic", "div.pun .main-content.topic .post .entry-content", 0.95),
        Mark("viewforum.php", "dl.row-item, dl.icon, dl a.forumtitle, li a.topictitle", 0.8),
    )
    table = Selectors(
        post="div.post, article.post, li.post",
        body='[id^="post_content"] .content, .postbody .content, .content, .post-content, .entry-content, '
             '[id^="post_content"]:not(:has(.content, .post-content, .entry-content)), '
             ".postbody .post-entry",
        author=".postprofile .username, .postprofile .username-coloured",
        time=".author time[datetime], time[datetime], p.author, .author, .post-date",
        role=".profile-rank, .postprofile .rank, .profile-rank-title, "
             ".postprofile dt + dd:not([class]):not(:has(strong))",
        permalink='.author a[href*="#p"], .post-buttons a[href*="#p"]',
        edited=".notice:not([id^=list_thanks] > .notice):not([id^=div_post_reput] > .notice), "
               ".postbody > .edited-message",
        likes=".post-likes .count",
        solved=_SOLVED,
        hidden=".post.deleted, .post_deleted_msg",
        title="h1.page-title, .topic-title, .forum-title, #page-body > h2, h2 a[href*='viewtopic.php']",
        crumbs=".nav-breadcrumbs a[href], #breadcrumbs a[href], .breadcrumbs a[href], .breadcrumb a[href], "
               ".navlinks a[href], .navigation a[href], .pun-crumbs a[href], "
               ".sub-header-path a[href], #navstrip a[href]",
        locked=".locked-icon, .action-bar a.button .fa-lock, .topic-actions .fa-lock, a.button .icon-lock, "
               f"{_CLOSED}",
        pager=".pagination a[href], .paging a[href]",
        current_page=".pagination .active, .pagination strong + a, .pagination strong, .paging strong",
        thread_page="body.section-viewtopic",
        row="li.row:has(a.topictitle)",
        row_link="a.topictitle",
        row_replies="dd.posts, td.posts",
        row_time="dd.lastpost time[datetime], dd.lastpost span, dd.lastpost",
        row_last='dd.lastpost a[href*="#p"]',
        row_locked='[class*="_locked"], [style*="_locked"]',
        row_sticky=".sticky, .announce, .global-announce, [class*=sticky_], [class*=announce_]",
        row_moved='[class*="topic_moved"], [style*="topic_moved"]',
        boards="a.forumtitle, a.subforum",
        board_page="body.section-viewforum",
        login="form#login",
        missing="#message",
        poll=PollSelectors(
            box="form.topic_poll, :has(> fieldset.polls)",
            question=".poll-title, h2",
            name="fieldset.polls dl:not(.poll_total_votes) > dt",
            votes="fieldset.polls dl:not(.poll_total_votes) [class^=pollbar], .poll-bar-desc",
        ),
    )  # fmt: skip
    quotes = QuoteMarkup(
        block="blockquote",
        head="cite",
        drop=(".codebox > p", ".codebox > dt", ".inline-attachment dd", ".signature", ".notice",
              ".signature_div", ".vote", '[id^="sig"]', '[id^="post_content"] > h3',
              '[id^="post_content"] > .author', '[id^="post_content"] > .post-buttons',
              '[id^="post_content"] > .profile-icons'),
        describe=_describe,
    )  # fmt: skip

    def time_shown(self, node: LexborNode | None) -> str:
        """Before 3.2 the date is text: "by Jane » Wed May 01, 2024 10:00 am"."""
        exact = first(node, "time[datetime]") if node else None
        shown = shown_time(exact or node)
        return shown.rpartition("»")[2].strip() or shown

    def title(self, sight: Sight) -> str:
        return super().title(sight).removesuffix(text_of(find(sight.doc, _SOLVED))).strip()

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        posts, link = super().settled(found, sight), find(sight.doc, _SOLVED)
        solution = self.post_at(attribute(link, "href")) if link else None
        return [changed(post, is_solution=True) if post.id == solution else post for post in posts]

    def likes(self, node: LexborNode) -> int | None:
        """Thanks are told with their number, or by the names alone; other extensions count hearts."""
        if first(node, _LIKED) is None:
            return super().likes(node)
        if (thanks := first(node, _THANKED)) is not None:
            m = _TOTAL.search(text_of(thanks))
            return int(m[1]) if m else len(node.css(f"{_THANKS} dd a[href*='viewprofile']")) or None
        hearts = first(node, _HEARTS)
        shown = text_of(hearts) or attribute(hearts, "title")
        return int(shown) if shown.isdecimal() else super().likes(node)

    def unnamed_posts(self, sight: Sight) -> Sequence[LexborNode]:
        """Where no post has the name of one, it still has its number, as links to it need that."""
        numbered = [node for node in sight.doc.tree.css(_NUMBERED_POSTS) if _NUMBER.match(node.id or "")]
        return numbered or super().unnamed_posts(sight)

    def post_id(self, node: LexborNode) -> str | None:
        """On the post itself, or in styles that move it, on its profile or its content."""
        if m := _POST_ID.match(node.id or ""):
            return m[1]
        inside = (_POST_ID.match(bearer.id or "") for bearer in node.css(_ID_BEARERS))
        return next((m[1] for m in inside if m), None)

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """Version 3.0 has no class for names; the profile's first link may be an avatar without words."""
        if named := super().author_node(node):
            return named
        links = (link for names in (_NAMES, _NAMED) for link in node.css(names) if text_of(link))
        return next(links, None) or node.css_first(".author strong")


platform = Phpbb()
