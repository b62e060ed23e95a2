"""The lines of a chat that WhatsApp exports as text: when, who, what; and what it says itself."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from operator import attrgetter

from parse.model import Author, PlatformEvent
from parse.software import chat_lines
from parse.software.chat_lines import TELLING, Line, begins_with_one

_QUOTES = str.maketrans("“”„«»’", '"""""\'')
_WITH_SECONDS = re.compile(
    r"\ufeff?\d{1,4}[-/.] ?\d{1,2}[-/.] ?\d{1,4},?\s\d{1,2}:\d\d:\d\d(?:\s[AP]M)? - ", re.I
)
_NAME = attrgetter("name")
_ATTACHED = re.compile(r"<[^<>:\n]+: ?[^<>:\n]+\.\w{2,5}>")
"""A file that lies beside the chat, in whatever language."""
_FEWEST = 2
_FOR_CONDUCT = 0.8
"""Felt, not measured: some are taken out of a group for having gone silent."""
_EVENTS = (
    ("retitled", "thread_retitled", 1.0),
    ("expelled", "user_banned", _FOR_CONDUCT),
    ("locked", "thread_locked", 1.0),
)


def lines(text: str) -> Iterator[Line]:
    """The messages of a chat, and what is told between them."""
    return chat_lines.lines(text, _is_of_title)


def _is_of_title(said: str) -> bool:
    """Whether a line without marks tells how the group is called: a colon stands behind no name there."""
    may_be = TELLING not in said and '"' in said.translate(_QUOTES)
    return may_be and bool(_found("retitled", said) or _found("created", said))


def is_chat(text: str) -> bool:
    """Whether a text begins as such a chat does, and twice somebody is named behind a moment."""
    is_begun = begins_with_one(text) and not is_of_element(text)
    return is_begun and sum(1 for _ in islice(filter(_NAME, lines(text)), _FEWEST)) == _FEWEST


def is_of_element(text: str) -> bool:
    """Whether it is the text that Element makes of a room of Matrix: it has seconds, which WhatsApp shows
    on few phones, no brackets, unlike WhatsApp on iPhones, and says nothing in WhatsApp's words."""
    return _WITH_SECONDS.match(text) is not None and not any(map(_is_of_whatsapp, lines(text)))


def _is_of_whatsapp(line: Line) -> bool:
    is_left_out = _bare(line.words) in (*_words()["media"], *_words()["deleted"])
    begins = _bare(line.words).startswith(tuple(_words()["begun"]))
    return is_left_out or begins or bool(_found("created", line.words))


def words_of(line: Line) -> str | None:
    """What a message says; None where it was taken out. Of a picture that is not there, that it is not."""
    words = _without_edit(line.words)
    bare = _bare(words)
    if bare in _words()["deleted"] or taken_out_by(line):
        return None
    return words.strip("<> ") if bare in _words()["media"] else words


def taken_out_by(line: Line) -> str:
    """Who took out what somebody else had said there; empty where nobody did."""
    return (_found("removed", line.words) or {}).get("actor", "")


def event(line: Line) -> PlatformEvent | None:
    """What a line that nobody says tells of moderation; its moment is not read."""
    for told, kind, sure in _EVENTS:
        if found := _found(told, line.words):
            about = found.get("new") or (f"removed {found['who']}" if "who" in found else line.words)
            return PlatformEvent(kind=kind, actor=Author(name=found["actor"]), excerpt=about, confidence=sure)
    return None


def title(line: Line) -> str:
    """The name of the group, where the line tells it: the first of an iPhone stands under it."""
    found = _found("created", line.words) or _found("retitled", line.words) or {}
    begins = any(_bare(line.words).startswith(words) for words in _words()["begun"])
    return found.get("new") or (line.name if begins else "")


def said(chat: Sequence[Line]) -> Iterator[Line]:
    """What people wrote, sent or took back.

    What else happened stands under nobody's name, on iPhones under that of the group or of who did it: "Ann:
    Ann added Bo".
    """
    speakers = {line.name for line in chat if not line.is_told}
    for line in filter(_NAME, chat):
        is_sent = line.name in speakers and not line.words.startswith(line.name) and not event(line)
        if not line.is_told or is_sent or words_of(line) is None or _is_file(line.words):
            yield line


def _is_file(words: str) -> bool:
    return _bare(words) in _words()["media"] or _ATTACHED.match(words) is not None


def happened(chat: Sequence[Line]) -> Iterator[Line]:
    """What is told of the group."""
    return (line for line in chat if line.is_told or not line.name)


def _bare(words: str) -> str:
    return words.strip("<>.।。۔ ").casefold()


def _without_edit(words: str) -> str:
    """The words of a message that was changed, without the note that it was."""
    rest, mark, note = words.rpartition("<")
    return rest.rstrip() if mark and rest and _bare(note) in _words()["edited"] else words


def _found(kind: str, words: str) -> dict[str, str] | None:
    plain = words.translate(_QUOTES).strip().rstrip(".")
    return next((m.groupdict() for each in _patterns(kind) if (m := each.fullmatch(plain))), None)


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(files("parse.software").joinpath("whatsapp_words.toml").read_text("utf-8"))


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    made = (re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(each)) for each in _words()[kind])
    return tuple(re.compile(each, re.I) for each in made)
