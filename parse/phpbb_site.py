"""How phpBB writes its URLs, whatever its pages look like."""

import re
from datetime import tzinfo

from selectolax.lexbor import LexborNode

from parse.html_fields import captured, first, text_of
from parse.html_platform import HtmlPlatform
from parse.html_table import Edit, Sight
from parse.model import Author
from parse.page import Document
from parse.urls import tidy
from parse.zones import stated_zone

_POST_LINK = re.compile(r"[?&;]p=(\d+)|#p(\d+)|/post(\d+)\.html")
_VIEW_TOPIC = re.compile(r".+? (?:::|•) [^-]+ - (.+)")
_BUMPED = re.compile(r"\bbumped\b|als neu markiert|remonté", re.I)


class PhpbbSite(HtmlPlatform):
    """What the adapters for its styles have in common."""

    thread_url = re.compile(
        r"viewtopic\.php\?(?:[^#]*?[&;])?t=(\d+)|-t(\d+)(?:-s?\d+)?(?:\.html|/|\Z)|/topic(\d+)(?:-\d+)?\.html"
    )
    board_url = re.compile(
        r"viewforum\.php\?(?:[^#]*?[&;])?f=(\d+)|-f(\d+)(?:-s?\d+)?(?:\.html|/|\Z)|/forum(\d+)(?:-\d+)?\.html"
    )
    offset_url = re.compile(r"[?&;]start=(\d+)|-s?(\d+)(?=\.html(?:[?#]|\Z))|/page(\d+)\.html")
    first_offset = 0
    user_url = re.compile(
        r"[?&;]u=(\d+)|-u(\d+)(?:\.html|/|\Z)|/(?:member|membre|mitglied|user)(\d+)(?:\.html|/)"
    )

    def canonical(self, url: str) -> str:
        """`f` tells nothing where there is `t`; a post's permalink is kept as it is."""
        names = ("t", "start") if re.search(r"[?&;]t=\d", url) else ("f", "p", "start")
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
        return Edit() if bumped else super().edit(node, sight, author)

    def post_at(self, url: str) -> str | None:
        return linked_post(url)


def linked_post(url: str) -> str | None:
    """The id of the post that a link leads to."""
    m = _POST_LINK.search(url)
    return captured(m) if m else None
