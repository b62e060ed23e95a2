"""Mattermost's bulk export: a line for each channel, person and post, with its answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from parse import json_lines
from parse.json_fields import entries, listed, mapping, text, whole
from parse.model import Author
from parse.page import Document
from parse.software.mattermost_post import people

_LINES = (
    "version", "role", "scheme", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Posts in the form that the interface gives them, and what is known of people and channels."""

    posts: list[dict[str, Any]]
    people: Mapping[str, Author] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    """Their titles."""
    warnings: tuple[str, ...] = ()


def is_line(line: dict[str, Any]) -> bool:
    kind = text(line.get("type"))
    if kind == "version":
        return whole(line.get("version")) is not None
    return kind in _LINES and isinstance(line.get(kind), dict)


def opened(doc: Document) -> Held:
    """What the lines of an export hold; private talk is counted only."""
    lines: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _LINES}
    unread: list[int] = []
    for number, line in json_lines.objects(doc):
        kind = text((line or {}).get("type"))
        if line is None:
            unread.append(number)
        elif kind in lines:
            lines[kind].append(mapping(line.get(kind)))
    left_out = len(lines["direct_post"])
    told = (f"posts between a few people, left out: {left_out}",) if left_out else ()
    return Held(
        posts=list(_exported(lines["post"])),
        people=people(lines["user"]),
        channels={_place(each, "name"): text(each.get("display_name")) for each in lines["channel"]},
        warnings=(*json_lines.unread(unread), *told),
    )


def _exported(said: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Exported posts as the interface has them. They have no numbers: moment and person tell them apart."""
    for entry in said:
        root = _numbered(entry, _place(entry, "channel"), "")
        yield root
        for reply in entries(listed(entry.get("replies"))):
            yield _numbered(reply, root["channel_id"], root["id"])


def _place(entry: dict[str, Any], name: str) -> str:
    return f"{text(entry.get('team'))}/{text(entry.get(name))}"


def _numbered(entry: dict[str, Any], channel: str, root: str) -> dict[str, Any]:
    user = text(entry.get("user"))
    number = f"{channel}/{text(entry.get('create_at'))}/{user}"
    return {**entry, "id": number, "root_id": root, "channel_id": channel, "user_id": user}
