"""Who signs a question, an answer or a comment of Stack Exchange, as its pages show people."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, every, first, text_of
from parse.html_table import Sight
from parse.model import Author

STAFF = ".mod-flair, .s-badge__moderator, .s-badge__staff, .s-badge__admin"
USER = re.compile(r"/users/(-?\d+)")
"""The one below zero is the site's own program."""


def is_edit(signature: LexborNode) -> bool:
    done = first(signature, ".user-action-time")
    return done is not None and (
        first(done, 'a[href*="/revisions"]') is not None or text_of(done).startswith("edited")
    )


def signed(signature: LexborNode, sight: Sight) -> Author | None:
    """Who signs; of what the community owns, who wrote most. Accounts that were deleted have a name only."""
    details = every(signature, ".user-details")
    if not details:
        return None
    links = [link for link in every(details[-1], 'a[href*="/users/"]') if text_of(link)]
    if not links:
        name = text_of(first(details[-1], "[itemprop=name]")) or " ".join(
            (details[-1].text(deep=False) or "").split()
        )
        return Author(name=name) if name and not first(details[-1], ".community-wiki") else None
    author = person(links[-1], sight)
    sign = first(signature, STAFF)
    return replace(author, is_staff=sign is not None and not is_program(author.user_id))


def person(link: LexborNode, sight: Sight) -> Author:
    """Who a link names; the sign of a moderator stands in it or right behind it."""
    href = attribute(link, "href")
    m = USER.search(href)
    inside = first(link, STAFF)
    sign = inside or _behind(link)
    role = (attribute(sign, "title") or text_of(sign)) if sign else ""
    return Author(
        name=text_of(link).removesuffix(text_of(inside)).rstrip("\N{BLACK DIAMOND SUIT} "),
        user_id=m[1] if m else None,
        profile_url=sight.url(href) if href else None,
        role=role or None,
        is_staff=sign is not None and not is_program(m[1] if m else None),
    )


def is_program(user_id: str | None) -> bool:
    """Whether the account is the one in whose name the site itself acts."""
    return bool(user_id and user_id.startswith("-"))


def _behind(link: LexborNode) -> LexborNode | None:
    after = link.next
    while after is not None and not after.is_element_node and not (after.text() or "").strip():
        after = after.next
    if after is None or not after.is_element_node:
        return None
    return after if after.css_matches(STAFF) else None
