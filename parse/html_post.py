"""A post of an HTML page and its fields: by the tables of an adapter, by a second way where a theme changed.

An adapter overrides the methods in which its platform differs.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import ClassVar

from selectolax.lexbor import LexborNode

from parse import second_way
from parse.body import QuoteMarkup, untangle
from parse.edit_notices import Notice, read_notice
from parse.html_fields import attribute, captured, count_in, first, number_in, text_of
from parse.html_site import HtmlSite
from parse.html_table import UNEDITED, Edit, Sight
from parse.model import Author, Post, PostState
from parse.quotes.plain import EMPTY, Body
from parse.urls import tidy

STAFF = re.compile(
    r"\b(?:mods?|(?:community|forum|site|product|program) (?:managers?|lead)|staff|employee|"
    r"official|support|techsupport|(?:foren|forum)?team(?:mitglied\w*)?|keymaster|[ée]quipe?|mitarbeiter(?:in)?|\w*beheer(?:der)?s?|betreiber|"
    r"yönetici(?:si)?|správce|сотрудник|команда форума|ylläpitäjä|valvoja|redaktør|διαχειριστής|συντονιστής|"
    r"\w*mod[eé]r[aá](?:[td][oöó]r|teur|trice|tør|attori)\w*|\w*модератор\w*|"
    r"\w*admin(?:s|is[zt]+r\w+)?|amministrat(?:or[ei]|rice)|\w*ад(?:мин|мін)(?:[иі]стратор\w*)?)\b"
    r"|管理[人者员員]|[版站][主长長]|モデレータ|運営|スタッフ|관리자|운영자|quản trị|điều hành",
    re.I,
)
"""Ranks that speak for whoever runs the place; gurus, leaders and experts are volunteers."""
_EXACT = "time[datetime], [data-time], span[title]"
"""What holds the moment of an edit for machines, or in full where it is shown as "yesterday"."""
_SOME_DAY = "2001-01-01 01:01"
"""In place of a moment as it is shown: a notice is read with any date, but "yesterday" is none to it."""


class HtmlPost(HtmlSite):
    """Reads the fields of one post within its element."""

    quotes: ClassVar[QuoteMarkup]
    user_url: ClassVar[re.Pattern[str]] = re.compile(r"\b(?:u|uid|userid|user)=(\d+)")
    """Its group is the account's id in a profile link."""
    profile_url: ClassVar[re.Pattern[str] | None] = None
    """What profile links look like, where that is not `user_url`."""
    edit_notice: ClassVar[re.Pattern[str] | None] = None
    """Named groups `by`, `at`, `reason` (any may be missing), where `parse.edit_notices` does not read it."""

    def post(self, node: LexborNode, sight: Sight) -> Post | None:
        """The post in the node, or None when the node turns out to be none."""
        post_id = self.post_id(node)
        if post_id is None and sight.is_renamed:
            post_id = second_way.made_id(node, self.post_at)
        if post_id is None:
            return None
        author = self.author(node, sight) or self.linked_author(node, sight)
        edit = self.edit(node, sight, author)
        body = self.body_in(node, sight.body_slot) if sight.body_slot else self.body(node)
        return Post(
            id=post_id,
            text=body.text,
            full_text=body.full_text,
            quotes=body.quotes,
            aliases=self.aliases(node),
            author=author,
            author_method="byline" if author else None,
            author_confidence=1.0 if author else None,
            position=self.position(node),
            posted_at=self.posted_at(node, sight) or self.posted_beside(node, sight),
            edited_at=edit.at,
            edited_by=edit.by,
            edited_by_staff=edit.by_staff,
            edit_reason=edit.reason,
            url=self.post_url(node, post_id, sight),
            like_count=self.likes(node),
            dislike_count=self.dislikes(node),
            is_solution=first(node, self.table.solution) is not None,
            state=self.state(node, body),
            reply_to=self.reply_to(node),
        )

    def post_id(self, node: LexborNode) -> str | None:
        return number_in(node.id or "")

    def aliases(self, node: LexborNode) -> tuple[str, ...]:
        return ()

    def body(self, node: LexborNode) -> Body:
        content = first(node, self.table.body)
        return untangle(content, self.quotes) if content else EMPTY

    def body_in(self, node: LexborNode, slot: str) -> Body:
        content = second_way.in_slot(node, slot)
        return untangle(content, self.quotes) if content else EMPTY

    def author(self, node: LexborNode, sight: Sight) -> Author | None:
        link = self.author_node(node)
        return self.author_at(link, node, sight) if link is not None and text_of(link) else None

    def linked_author(self, node: LexborNode, sight: Sight) -> Author | None:
        """By a profile link, where nothing is called the author."""
        link = self.profile_link(node)
        return self.author_at(link, node, sight) if link is not None else None

    def profile_link(self, node: LexborNode) -> LexborNode | None:
        profile = self.profile_url or self.user_url
        return second_way.profile_link(node, first(node, self.table.body), profile)

    def signed(self, node: LexborNode) -> LexborNode | None:
        """What names the author, one way or the other."""
        named = self.author_node(node)
        return named if named is not None and text_of(named) else self.profile_link(node)

    def author_at(self, link: LexborNode, node: LexborNode, sight: Sight) -> Author:
        name, href = text_of(link), attribute(link, "href")
        known = self.user_url.search(href) if href else None
        role = text_of(first(node, self.table.role)) or None
        return Author(
            name=name,
            user_id=captured(known) if known else None,
            profile_url=tidy(sight.url(href)) if href else None,
            role=role,
            is_staff=is_staff(role) or first(node, self.table.staff) is not None,
        )

    def author_node(self, node: LexborNode) -> LexborNode | None:
        """The element that holds the name and, mostly, links to the profile."""
        return node.css_first(self.table.author)

    def position(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.position)))

    def posted_at(self, node: LexborNode, sight: Sight) -> datetime | None:
        shown = sight.shown.get(node.mem_id)
        return sight.time(self.time_shown(first(node, self.table.time)) if shown is None else shown)

    def posted_beside(self, node: LexborNode, sight: Sight) -> datetime | None:
        """By any date beside the words, where what is called the time is none."""
        return sight.time(second_way.date_text(node, first(node, self.table.body), sight.time))

    def post_url(self, node: LexborNode, post_id: str, sight: Sight) -> str | None:
        href = attribute(first(node, self.table.permalink), "href")
        shown_at = sight.doc.page.url
        if not href and node.id and shown_at.startswith("http"):
            return f"{tidy(shown_at)}#{node.id}"
        href = href or second_way.permalink(node, post_id, self.post_at)
        if not href:
            return None
        url, mark, anchor = sight.url(href).partition("#")
        return tidy(url) + mark + anchor

    def likes(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.likes)))

    def dislikes(self, node: LexborNode) -> int | None:
        return count_in(text_of(first(node, self.table.dislikes))) if self.table.dislikes else None

    def state(self, node: LexborNode, body: Body) -> PostState:
        return PostState.HIDDEN if first(node, self.table.hidden) else PostState.VISIBLE

    def reply_to(self, node: LexborNode) -> str | None:
        """The post that this one answers, where the platform says."""
        return None

    def edit(self, node: LexborNode, sight: Sight, author: Author | None) -> Edit:
        notice = first(node, self.table.edited)
        if notice is None and sight.is_renamed:
            notice = second_way.edit_notice(node, first(node, self.table.body))
        words = text_of(notice)
        if notice is None or not words:
            return UNEDITED
        return self.edit_told(notice, words, sight, author)

    def edit_told(self, notice: LexborNode, words: str, sight: Sight, author: Author | None) -> Edit:
        """What a notice says in whatever language: its markup tells the moment, and a link who it was."""
        exact = next((part for part in notice.css(_EXACT) if part.mem_id != notice.mem_id), None)
        shown = text_of(exact)
        said = self.read_notice(words.replace(shown, _SOME_DAY, 1) if shown else words)
        by = self.editor(notice) or said.by
        other = bool(by and author and by.casefold() != author.name.casefold())
        return Edit(
            at=(sight.time(self.time_shown(exact)) if exact else None)
            or sight.time(self.told(said, by, shown)),
            by=by,
            by_staff=said.by_moderator or other,
            reason=said.reason,
        )

    def told(self, said: Notice, by: str | None, shown: str) -> str:
        """The words of a notice that hold its moment: not in a name that ends in a number."""
        return (said.at.replace(by, "", 1) if by else said.at).replace(_SOME_DAY, shown, 1)

    def editor(self, notice: LexborNode) -> str | None:
        """Whose profile a notice links to."""
        profile = self.profile_url or self.user_url
        links = (link for link in notice.css("a[href]") if profile.search(attribute(link, "href")))
        return next(filter(None, map(text_of, links)), None)

    def read_notice(self, text: str) -> Notice:
        m = self.edit_notice.search(text) if self.edit_notice else None
        if m is None:
            return read_notice(text)
        said = {name: (words or "").strip() for name, words in m.groupdict().items()}
        return Notice(at=said.get("at", ""), by=said.get("by") or None, reason=said.get("reason") or None)

    def dated(self, node: LexborNode, sight: Sight) -> str:
        """When the post was written, as it is shown."""
        shown = self.time_shown(first(node, self.table.time))
        return shown or second_way.date_text(node, first(node, self.table.body), sight.time)


@lru_cache(maxsize=1024)
def is_staff(role: str | None) -> bool:
    """Whether a rank, as shown, speaks for whoever runs the place."""
    return bool(role and STAFF.search(role))
