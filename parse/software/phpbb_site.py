"""How phpBB writes its URLs, whatever its pages look like; and Forumotion, which grew out of it."""

import re
from dataclasses import replace
from datetime import tzinfo

from selectolax.lexbor import LexborNode

from parse.edit_notices import closing_notice
from parse.html_fields import captured, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import UNEDITED, Edit, Sight
from parse.model import Author
from parse.page import Document
from parse.quotes.plain import Body
from parse.urls import tidy
from parse.zones import stated_zone

_POST_LINK = re.compile(r"[?&;]p=(\d+)|#p?(\d+)|/(?:post|ftopicp-)(\d+)\.html")
_NUMBERED = "|".join(rf"(?<=/[tf]\d{{{length}}})" for length in range(1, 9))
"""Behind a topic's or a board's number: where Forumotion puts how far into it ("/t12p15-name")."""
_VIEW_TOPIC = re.compile(r".+? (?:::|•) [^-]+ - (.+)")
_BUMPED = re.compile(r"\bbumped\b|als neu markiert|remonté", re.I)


class PhpbbSite(HtmlPlatform):
    """What the adapters for its styles have in common."""

    software = "phpbb"

    thread_url = re.compile(
        r"viewtopic(?:\.php\?|[&;])(?:[^#]*?[&;])?t=(\d+)|-t(\d+)(?:-s?\d+)?(?:\.html|/|\Z)|/topic(\d+)(?:-\d+)?\.html"
        r"|/t(\d+)(?:p\d+)?-|/ftopict-(\d+)[-.]"
    )
    board_url = re.compile(
        r"viewforum(?:\.php\?|[&;])(?:[^#]*?[&;])?f=(\d+)|-f(\d+)(?:-s?\d+)?(?:\.html|/|\Z)|/forum-?(\d+)(?:-\d+)?\.html"
        r"|/f(\d+)(?:p\d+)?-|/forum-(\d+)-days"
    )
    offset_url = re.compile(
        rf"[?&;]start=(\d+)|-days\d+-order[a-z]+-(\d+)(?=\.html)"
        rf"|(?<!ftopict)(?<!/forum)-s?(\d+)(?=\.html(?:[?#]|\Z))|/page(\d+)\.html|(?:{_NUMBERED})p(\d+)(?=-)"
    )
    first_offset = 0
    user_url = re.compile(
        r"[?&;]u=(\d+)|-u(?:serprofile-)?(\d+)(?:\.html|/|\Z)|/(?:member|membre|mitglied|user)(\d+)(?:\.html|/)|/u(\d+)\Z"
    )

    def canonical(self, url: str) -> str:
        """`f` tells nothing where there is `t`; a post's permalink is kept as it is. In PHP-Nuke a module of
        the portal, "modules.php?name=Forums&file=viewtopic", is the forum."""
        names = ("t", "start") if re.search(r"[?&;]t=\d", url) else ("f", "p", "start")
        names = ("name", "file", *names) if "modules.php" in url else names
        return self.without_first_page(tidy(url, names))

    def zone(self, doc: Document) -> tzinfo:
        return stated_zone(doc.text)

    def title(self, sight: Sight) -> str:
        """Where no heading has it, after "Forum :: View topic -" in the browser's title."""
        said = _VIEW_TOPIC.match(super().title(sight))
        return said[1] if said else super().title(sight)

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        """That somebody bumped the topic is told in the same place."""
        bumped = _BUMPED.search(text_of(first(node, self.table.edited)))
        found = UNEDITED if bumped else super().edit(node, sight, author)
        if found.at or not (told := closing_notice(text_of(first(node, self.table.body)))):
            return found
        said = self.read_notice(told)
        return Edit(at=sight.time(said.at), by=said.by, reason=said.reason) if said.by else found

    def body(self, node: LexborNode) -> Body:
        """Forumotion writes the notice of an edit behind the words, in the same element."""
        found = super().body(node)
        told = closing_notice(found.text)
        if not told:
            return found
        text, full_text = (words.removesuffix(told).rstrip() for words in (found.text, found.full_text))
        return replace(found, text=text, full_text=full_text)

    def post_at(self, url: str) -> str | None:
        return linked_post(url)


def linked_post(url: str) -> str | None:
    """The id of the post that a link leads to."""
    m = _POST_LINK.search(url)
    return captured(m) if m else None
