"""A message of Telegram as its exports in JSON hold it: what was written, by whom, in answer to what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from parse.dates import parse_time
from parse.json_fields import entries, epoch, listed, mapping, text, whole
from parse.markdown import untangle_markdown
from parse.model import Author, Poll, PollOption, Post, Quote
from parse.page import Document
from parse.quotes.plain import Body
from parse.software.bylined import bylined
from parse.software.reactions import thumbs

NAMELESS = "Deleted Account"
"""What Telegram shows in the place of a name that is no more."""


def is_said(entry: dict[str, Any]) -> bool:
    """Whether people wrote it; all else is told by Telegram itself."""
    return entry.get("type") == "message" and bool(text(entry.get("id")))


def post(doc: Document, entry: dict[str, Any], chat: dict[str, Any], place: str) -> Post:
    """The message. Its number counts in its chat alone; of before a group grew, it is negative."""
    number, author = text(chat.get("id")), author_of(entry, chat)
    is_linked = place.startswith("https:") and not text(entry["id"]).startswith("-")
    reactions = entries(listed(entry.get("reactions")))
    return replace(
        bylined(f"{number}/{text(entry['id'])}", _body(entry), author),
        posted_at=moment(doc, entry, "date"),
        edited_at=moment(doc, entry, "edited"),
        url=f"{place}/{text(entry['id'])}" if is_linked else None,
        **thumbs((text(each.get("emoji")), whole(each.get("count"))) for each in reactions),
        reply_to=f"{number}/{answered(entry)}" if answered(entry) else None,
    )


def answered(entry: dict[str, Any]) -> str:
    """The number of the message that it answers, unless that stands in another chat."""
    return "" if entry.get("reply_to_peer_id") else text(entry.get("reply_to_message_id"))


def author_of(entry: dict[str, Any], chat: dict[str, Any], label: str = "from") -> Author | None:
    """Who writes in the name of the group or the channel itself is one of those who run it."""
    user, name = text(entry.get(f"{label}_id")), text(entry.get(label)).strip()
    is_chat = bool(user) and user == f"channel{text(chat.get('id'))}"
    if not user and not name:
        return None
    return Author(
        name=name or (text(chat.get("name")) if is_chat else "") or NAMELESS,
        user_id=user or None,
        role=text(entry.get("author")) or None,
        is_staff=is_chat,
    )


def moment(doc: Document, entry: dict[str, Any], label: str) -> datetime | None:
    """Older exports tell times in the zone of whoever exported alone."""
    exact = epoch(entry.get(f"{label}_unixtime"))
    return exact or parse_time(text(entry.get(label)), now=doc.page.fetched_at)


def _body(entry: dict[str, Any]) -> Body:
    """What is passed on from elsewhere is a quote, but not what a channel passes on of its own."""
    body = untangle_markdown(_words(entry.get("text")) or _in_place_of_words(entry))
    source = entry.get("forwarded_from", "")
    if source == "" or source == entry.get("from"):
        return body
    chat, number = text(entry.get("forwarded_from_id")), text(entry.get("forwarded_from_message_id"))
    passed_on = Quote(
        ordinal=1,
        depth=1,
        text=body.full_text,
        attributed_to=text(source) or None,
        source_ref=f"{chat.removeprefix('channel')}/{number}" if chat and number else None,
    )
    return Body(text="", full_text=body.full_text, quotes=(passed_on,))


def _words(value: Any) -> str:
    """A text, or the parts of one; marks that change what is whose, or what is code, are told in Markdown."""
    said = ""
    for part in value if isinstance(value, list) else [value]:
        words, kind = text(mapping(part).get("text", part)), mapping(part).get("type")
        if kind == "blockquote":
            start, lines = "\n" if said and not said.endswith("\n") else "", words.strip("\n").split("\n")
            said += start + "".join(f"> {line}\n" for line in lines) + "\n"
        elif kind == "pre":
            said += f"\n```\n{words}\n```\n"
        else:
            said += {"code": f"`{words}`", "mention_name": f"@{words}"}.get(str(kind), words)
    return said.strip()


def _in_place_of_words(entry: dict[str, Any]) -> str:
    """A message without words is a poll, a sticker, a place or a file, whose name stands for it."""
    return "\n".join(_asked(mapping(entry.get("poll")))) or next(filter(None, _named(entry)), "")


def poll(entry: dict[str, Any], post_id: str) -> Poll | None:
    """What a message puts to the vote, and how the vote stood when the chat was exported."""
    asked = mapping(entry.get("poll"))
    options = tuple(
        PollOption(text=_words(answer.get("text")), votes=whole(answer.get("voters")))
        for answer in entries(listed(asked.get("answers")))
    )
    if not options:
        return None
    return Poll(
        id=post_id,
        question=_words(asked.get("question")),
        options=options,
        post_id=post_id,
        voters=whole(asked.get("total_voters")),
        is_closed=asked.get("closed") is True,
    )


def _asked(poll: dict[str, Any]) -> Iterator[str]:
    if asked := _words(poll.get("question")):
        yield asked
        yield from (f"- {_words(answer.get('text'))}" for answer in entries(listed(poll.get("answers"))))


def _named(entry: dict[str, Any]) -> Iterator[str]:
    """What is not in the export is told in brackets instead of its path."""
    yield from (text(entry.get(key)) for key in ("sticker_emoji", "file_name", "place_name", "game_title"))
    yield " – ".join(filter(None, (text(entry.get("performer")), text(entry.get("title")))))
    contact, spot = mapping(entry.get("contact_information")), mapping(entry.get("location_information"))
    yield " ".join(filter(None, (text(contact.get("first_name")), text(contact.get("last_name")))))
    yield ", ".join(str(spot[key]) for key in ("latitude", "longitude") if spot.get(key))
    for key in ("file", "photo"):
        path = text(entry.get(key))
        yield "" if path.startswith("(") else path.rpartition("/")[2]
    yield text(entry.get("media_type")) or next((key for key in ("photo", "file") if entry.get(key)), "")
