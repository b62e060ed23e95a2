"""Files that only go with others: lists of a corpus or a workspace, what browsers put beside a saved page."""

import re
from functools import lru_cache
from pathlib import Path

from parse.software import question_dump

_SAVED_BESIDE = re.compile(
    r"(.+?)(?:_files|\.files|-Dateien|_fichiers|_archivos|_ficheiros|_file|_bestanden)\Z"
)
"""What browsers call the folder in which they put what belongs to a saved page."""
_CHANNELS = "channels.json"
_MEMBERS = ("users.json", "org_users.json")
"""What Slack calls the list of people, of a workspace and of an organisation."""
_CHAT = re.compile(r"messages\d*\.html")
"""What Telegram calls the pages of a chat."""
_MANNERS = "robots.txt"
_MAIN = (".html", ".htm", ".xhtml")
_CORPUS = ("corpus.json", "index.json", "speakers.json", "users.json", "conversations.json")


def is_companion(path: Path) -> bool:
    """Whether a file only goes with others: with the utterances of a ConvoKit corpus, with the channels of
    a workspace, with the posts of a dump, with a saved page, with a copied site. Or says again what stands
    in another."""
    if path.name in _CORPUS and (path.parent / "utterances.jsonl").exists():
        return True
    if path.suffix == ".json" and _members(path.parent):
        return True
    if question_dump.is_beside(path):
        return True
    if _CHAT.fullmatch(path.name) and _is_told_twice(path):
        return True
    if path.name == _MANNERS:
        return True
    beside = ((_SAVED_BESIDE.match(folder.name), folder.parent) for folder in path.parents)
    return any(m and any((at / (m[1] + suffix)).exists() for suffix in _MAIN) for m, at in beside)


def people_beside(path: Path) -> bytes:
    """The list of people that was exported with a channel of a workspace; empty where there is none."""
    members = _members(path.parent.parent) if path.suffix == ".json" else None
    return _kept(members, members.stat().st_mtime_ns) if members else b""


def _is_told_twice(path: Path) -> bool:
    """Whether a chat of Telegram was exported as HTML and as JSON, alone or with others: that tells more."""
    above = path.parent.parent
    folder = above.parent if above.name == "chats" else path.parent
    return (folder / "result.json").exists()


def _members(folder: Path) -> Path | None:
    """The list of people in an exported workspace; the other lists there name channels and apps, and what was
    said stands in folders below."""
    if not (folder / _CHANNELS).exists():
        return None
    return next((folder / name for name in _MEMBERS if (folder / name).exists()), None)


@lru_cache(maxsize=1)
def _kept(path: Path, _modified: int) -> bytes:
    """The same bytes for all pages that they go with, which are thousands."""
    return path.read_bytes()
