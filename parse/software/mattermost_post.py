"""A post of Mattermost as its export and its interface hold it, and the people who write there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from parse.json_fields import entries, epoch, listed, mapping, text
from parse.markdown import untangle_markdown
from parse.model import Author, PlatformEvent, Post, PostState
from parse.quotes.plain import Body
from parse.software.bylined import bylined
from parse.software.chats import card
from parse.software.reactions import thumbs

_ADMIN = "system_admin"
_CAME = re.compile(r"@?[\w.-]+ (?:has )?(?:joined|left) the (?:channel|team)\.")
_GONE = Body(text="", full_text="(message deleted)", quotes=())


def is_said(entry: dict[str, Any]) -> bool:
    """Whether people or their apps wrote it; all else is told by Mattermost itself, which exports from before
    version 5 do not mark as such."""
    is_told = text(entry.get("type")).startswith("system_") or _CAME.fullmatch(text(entry.get("message")))
    return bool(text(entry.get("create_at"))) and not is_told


def people(users: Iterable[dict[str, Any]]) -> dict[str, Author]:
    """Everybody whom an export names, by account."""
    return {text(user.get("username")): _person(user) for user in users if text(user.get("username"))}


def _person(user: dict[str, Any]) -> Author:
    """By the name they chose to be shown by. Who runs the server speaks for whoever runs the product."""
    login, is_admin = text(user["username"]), _ADMIN in text(user.get("roles")).split()
    whole_name = f"{text(user.get('first_name'))} {text(user.get('last_name'))}".strip()
    return Author(
        name=text(user.get("nickname")).strip() or whole_name or login,
        user_id=login,
        login=login,
        role="System Admin" if is_admin else None,
        is_staff=is_admin,
    )


def post(entry: dict[str, Any], known: Mapping[str, Author]) -> Post:
    if deleted_at(entry):
        gone = bylined(text(entry["id"]), _GONE, _by(entry, known))
        return replace(gone, state=PostState.REMOVED, posted_at=epoch(entry["create_at"]))
    meta = mapping(entry.get("metadata"))
    reactions = entries(listed(entry.get("reactions")) or listed(meta.get("reactions")))
    return replace(
        bylined(text(entry["id"]), untangle_markdown(_words(entry, meta)), _by(entry, known)),
        posted_at=epoch(entry["create_at"]),
        edited_at=epoch(entry.get("edit_at") or None),
        **thumbs((text(each.get("emoji_name")), 1) for each in reactions),
    )


def deleted_at(entry: dict[str, Any]) -> int | None:
    """In milliseconds, as all its times; None where the post is there."""
    moment = entry.get("delete_at")
    return moment if isinstance(moment, int) and moment > 0 else None


def deletions(said: Iterable[dict[str, Any]], known: Mapping[str, Author]) -> Iterator[PlatformEvent]:
    """What others have taken down than those who wrote it."""
    for entry in said:
        by = text(mapping(entry.get("props")).get("deleteBy"))
        if deleted_at(entry) and by and by != text(entry.get("user_id")):
            yield PlatformEvent(
                kind="post_removed",
                post_id=text(entry["id"]),
                actor=known.get(by) or Author(name=by, user_id=by),
                occurred_at=epoch(entry["delete_at"]),
            )


def _by(entry: dict[str, Any], known: Mapping[str, Author]) -> Author | None:
    """An app may choose another name for each post, so that its account stands for nobody."""
    user, app = text(entry.get("user_id")), text(mapping(entry.get("props")).get("override_username"))
    if app:
        return Author(name=app, role="BOT")
    return known.get(user) or (Author(name=user, user_id=user) if user else None)


def _words(entry: dict[str, Any], meta: dict[str, Any]) -> str:
    """A post without words is what an app shows in a card, or a file, whose name stands for it."""
    if words := text(entry.get("message")).strip():
        return words
    props = mapping(entry.get("props"))
    cards = filter(None, map(card, entries(listed(props.get("attachments")))))
    files = [text(each.get("name")) for each in entries(listed(meta.get("files")))]
    files += [text(each.get("path")).rpartition("/")[2] for each in entries(listed(entry.get("attachments")))]
    return "\n\n".join(cards) or "\n".join(filter(None, files))
