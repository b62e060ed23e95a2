"""A message of Discord as DiscordChatExporter saves it in JSON, and what its numbers tell."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from parse.dates import parse_time
from parse.html_post import is_staff
from parse.json_fields import entries, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, Post, Quote
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.bylined import bylined
from parse.software.chats import field
from parse.software.reactions import thumbs

_SITE = "https://discord.com/channels"
_SAID = ("Default", "Reply", "0", "19", "20", "23")
"""The types of messages that people write, and apps when they are called, by name or by number."""
_NOBODY = "456226577798135808"
"""The account to which Discord gives what deleted accounts wrote."""
_DISCRIMINATOR = re.compile(r"#\d{4}\Z")
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
"""From where Discord counts the milliseconds that its numbers begin with."""


def place(guild: str, channel: str) -> str:
    """Where a channel is shown; talk among a few people stands in no server."""
    return f"{_SITE}/{guild if guild not in ('', '0') else '@me'}/{channel}"


def written_at(number: str) -> datetime | None:
    """The moment that is part of a message's number; None for a number that is too small to hold one."""
    moment = int(number) >> 22 if number.isdecimal() and len(number) < 20 else 0
    return _FIRST + timedelta(milliseconds=moment) if moment else None


def without_discriminator(name: str) -> str:
    """The name alone: until 2023 names had a number behind them."""
    return _DISCRIMINATOR.sub("", name)


def account(name: str, login: str, user_id: str, role: str | None) -> Author | None:
    """By what they are called on the server; the name of the account is their login."""
    if not (name or login) or user_id == _NOBODY:
        return None
    return Author(
        name=name or login, user_id=user_id or None, login=login or None, role=role, is_staff=is_staff(role)
    )


def is_said(entry: dict[str, Any]) -> bool:
    return bool(text(entry.get("id"))) and (text(entry.get("type")) or "Default") in _SAID


def post(doc: Document, entry: dict[str, Any], channel: str, shown_at: str) -> Post:
    reactions = (
        (text(mapping(each.get("emoji")).get("name")), whole(each.get("count")))
        for each in entries(listed(entry.get("reactions")))
    )
    number = text(entry["id"])
    return replace(
        bylined(number, _body(entry), _author(entry.get("author"))),
        posted_at=_time(doc, entry.get("timestamp")) or written_at(number),
        edited_at=_time(doc, entry.get("timestampEdited")),
        url=f"{shown_at}/{number}",
        **thumbs(reactions),
        reply_to=_answered(entry, channel),
    )


def _answered(entry: dict[str, Any], channel: str) -> str | None:
    """What is passed on, or comes from a channel that this one follows, answers nothing."""
    reference = mapping(entry.get("reference"))
    is_here = text(reference.get("channelId")) in ("", channel) and reference.get("type") != "Forward"
    return text(reference.get("messageId")) or None if is_here else None


def _body(entry: dict[str, Any]) -> Body:
    """What was written; what is passed on is a quote, of whom is not told."""
    passed_on = mapping(entry.get("forwardedMessage"))
    if not passed_on:
        return untangle_markdown(_words(entry))
    own, shown = untangle_markdown(text(entry.get("content"))), untangle_markdown(_words(passed_on)).full_text
    source = text(mapping(entry.get("reference")).get("messageId")) or None
    quote = Quote(ordinal=len(own.quotes) + 1, depth=1, text=shown, source_ref=source)
    whole_text = "\n\n".join(filter(None, (own.full_text, shown)))
    return Body(text=own.text, full_text=whole_text, quotes=(*own.quotes, quote))


def _words(entry: dict[str, Any]) -> str:
    """A message without words is what an app shows, a sticker or a file, whose name stands for it."""
    if words := text(entry.get("content")):
        return words
    cards = (_card(each) for each in entries(listed(entry.get("embeds"))))
    names = [text(each.get("name")) for each in entries(listed(entry.get("stickers")))]
    names += [text(each.get("fileName")) for each in entries(listed(entry.get("attachments")))]
    return "\n\n".join(filter(None, cards)) or "\n".join(filter(None, names))


def _card(embed: dict[str, Any]) -> str:
    return "\n".join(filter(None, _lines(embed)))


def _lines(embed: dict[str, Any]) -> Iterator[str]:
    yield text(mapping(embed.get("author")).get("name"))
    yield from (text(embed.get(part)) for part in ("title", "description"))
    yield from (field(each, "name") for each in entries(listed(embed.get("fields"))))


def _author(value: Any) -> Author | None:
    user = mapping(value)
    roles = [text(role.get("name")) for role in entries(listed(user.get("roles"))) if text(role.get("name"))]
    bot = "BOT" if user.get("isBot") is True else None
    role = next(filter(is_staff, roles), next(iter(roles), bot))
    return account(text(user.get("nickname")).strip(), text(user.get("name")), text(user.get("id")), role)


def _time(doc: Document, value: Any) -> datetime | None:
    return parse_time(text(value), now=doc.page.fetched_at)
