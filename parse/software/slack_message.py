"""A message of Slack as exports and saved answers hold it, and the people who write there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from parse.json_fields import decoded, entries, epoch, listed, mapping, text, whole
from parse.model import Author, Post, PostState, Quote, changed
from parse.quotes.plain import Body
from parse.software.bylined import bylined
from parse.software.chats import card
from parse.software.mrkdwn import untangle_mrkdwn
from parse.software.reactions import thumbs
from parse.software.slack_blocks import written

_SAID = ("", "bot_message", "me_message", "file_share", "file_comment", "thread_broadcast", "tombstone")
"""The subtypes of messages that people or their apps write; all others are told by Slack itself."""
_GONE = "tombstone"
"""What stands where a message that was answered has been deleted."""
_MOMENT = re.compile(r"\d{9,11}\.\d{1,6}")
_ROLES = {
    "is_owner": "Workspace Owner",
    "is_admin": "Workspace Admin",
    "is_bot": "App",
    "is_restricted": "Guest",
}
_STAFF = ("Workspace Owner", "Workspace Admin")


def is_message(entry: dict[str, Any]) -> bool:
    return entry.get("type") == "message" and bool(_MOMENT.fullmatch(text(entry.get("ts"))))


def messages(data: Any) -> Iterator[dict[str, Any]]:
    """Those of a day, or of a saved answer of the interface; slackdump puts answers into what they answer."""
    for entry in entries(data if isinstance(data, list) else listed(mapping(data).get("messages"))):
        if is_message(entry):
            yield entry
            yield from filter(is_message, entries(listed(entry.get("slackdump_thread_replies"))))


def is_said(entry: dict[str, Any]) -> bool:
    return is_message(entry) and text(entry.get("subtype")) in _SAID


def people(beside: bytes, messages: Sequence[dict[str, Any]]) -> dict[str, Author]:
    """Everybody whom the list of members names, and whom only a message does, by account."""
    profiles = {text(each.get("user")): mapping(each.get("user_profile")) for each in messages}
    named = ((user, _author(user, profile, profile)) for user, profile in profiles.items() if user)
    return {user: author for user, author in named if author} | _members(beside)


@lru_cache(maxsize=1)
def _members(beside: bytes) -> dict[str, Author]:
    """One list goes with all days of all channels."""
    users = {text(each.get("id")): each for each in entries(decoded(beside) or [])}
    named = (
        (user, _author(user, each, mapping(each.get("profile")))) for user, each in users.items() if user
    )
    return {user: author for user, author in named if author}


def _author(user: str, account: dict[str, Any], profile: dict[str, Any]) -> Author | None:
    """By the name they chose to be shown by. Owners and admins of a workspace speak for whoever runs it."""
    login = text(account.get("name"))
    shown = (text(profile.get("display_name")), text(profile.get("real_name")), login)
    name = next((each.strip() for each in shown if each.strip()), None)
    if name is None:
        return None
    role = next((role for mark, role in _ROLES.items() if account.get(mark) is True), None)
    return Author(name=name, user_id=user, login=login or None, role=role, is_staff=role in _STAFF)


def post(entry: dict[str, Any], channel: str, known: Mapping[str, Author]) -> Post:
    number = f"{channel}/{text(entry['ts'])}"
    if text(entry.get("subtype")) == _GONE:
        gone = bylined(number, Body(text="", full_text=text(entry.get("text")), quotes=()), None)
        return replace(gone, state=PostState.REMOVED, posted_at=epoch(entry["ts"]))
    reactions = entries(listed(entry.get("reactions")))
    return replace(
        bylined(
            number, _body(entry, {user: author.name for user, author in known.items()}), _by(entry, known)
        ),
        posted_at=epoch(entry["ts"]),
        edited_at=epoch(mapping(entry.get("edited")).get("ts")),
        **thumbs((text(each.get("name")), whole(each.get("count"))) for each in reactions),
    )


def _by(entry: dict[str, Any], known: Mapping[str, Author]) -> Author | None:
    """An app may choose another name for each message, so that its number stands for no account. Who says
    something of a file stands beside the words."""
    user = text(entry.get("user")) or text(mapping(entry.get("comment")).get("user"))
    bot = mapping(entry.get("bot_profile"))
    app = text(entry.get("username")) or text(bot.get("name"))
    if user in known:
        return known[user]
    if app or not user:
        name = app or text(entry.get("bot_id"))
        return Author(name=name, role="App") if name else None
    return Author(name=user, user_id=user)


def _body(entry: dict[str, Any], names: Mapping[str, str]) -> Body:
    """What was written, and below it the messages that it shares: quotes of those who wrote them."""
    attached = list(entries(listed(entry.get("attachments"))))
    shared = [each for each in attached if each.get("is_share") is True or each.get("is_msg_unfurl") is True]
    cards = [each for each in attached if each not in shared]
    body = untangle_mrkdwn(_words(entry, cards, is_alone=not shared), names)
    for each in shared:
        body = _with_shared(body, each, untangle_mrkdwn(text(each.get("text")), names))
    return body


def _words(entry: dict[str, Any], cards: Sequence[dict[str, Any]], is_alone: bool) -> str:
    """A message without words is what an app shows in blocks or cards, or a file, told by its name."""
    said = text(mapping(entry.get("comment")).get("comment")) or text(entry.get("text"))
    words = said if said.strip() else written(entry.get("blocks"))
    if words.strip() or not is_alone:
        return words
    files = (text(each.get("name")) for each in entries(listed(entry.get("files"))))
    shown = (written(each.get("blocks")) or card(each) for each in cards)
    return "\n\n".join(filter(None, shown)) or "\n".join(filter(None, files))


def _with_shared(body: Body, shared: dict[str, Any], said: Body) -> Body:
    """The body with one more quote, and with what is quoted in that."""
    channel, moment = text(shared.get("channel_name")), text(shared.get("ts"))
    number = len(body.quotes) + 1
    quote = Quote(
        ordinal=number,
        depth=1,
        text=said.text,
        attributed_to=text(shared.get("author_name")) or None,
        source_ref=f"{channel}/{moment}" if channel and _MOMENT.fullmatch(moment) else None,
    )
    shown = "\n\n".join(filter(None, (body.full_text, said.full_text)))
    return Body(body.text, shown, (*body.quotes, quote, *_deeper(said.quotes, number)))


def _deeper(quotes: Sequence[Quote], number: int) -> Iterator[Quote]:
    """Quotes in quote `number`, which stand behind it."""
    for quote in quotes:
        parent = number + (quote.parent or 0)
        yield changed(quote, ordinal=number + quote.ordinal, depth=quote.depth + 1, parent=parent)
