"""What the fields of an unknown interface's JSON mean, by what interfaces call them: `words.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

from parse.json_fields import decoded, entries, text

DEEPEST = 60
"""Objects within objects that are still looked into."""
_MARKS = re.compile(r"[_\-\s.\u0300-\u036f]|\(.*?\)")
"""What is left out of names: accents, once they stand apart, and what stands in brackets, "Created (UTC)"."""


@cache
def names() -> dict[str, list[str]]:
    """What fields are called, by kind, in English first."""
    english = {kind: words for kind, words in _table().items() if isinstance(words, list)}
    return {kind: [*words, *_table()["abroad"].get(kind, ())] for kind, words in english.items()}


@cache
def abroad() -> frozenset[str]:
    """What fields are called where the day stands first in dates."""
    return frozenset(word for words in _table()["abroad"].values() for word in words)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("parse.data").joinpath("words.toml").read_text("utf-8"))


def plain(key: str) -> str:
    """The name of a field as `words.toml` has it: "created_at" and "createdAt" are one."""
    return _MARKS.sub("", key if key.isascii() else normalize("NFKD", key)).lower()


def unwrapped(fields: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """An object by the plain names of its fields, those of `attributes` and the like among them."""
    own = {plain(key) or key: value for key, value in fields.items()}
    for key in filter(own.__contains__, names()["wrappers"]):
        inner = _paired(own[key])
        if isinstance(inner, dict) and depth < DEEPEST:
            del own[key]
            own = {**unwrapped(inner, depth + 1), **own}
    return own


def flat(fields: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """The same, with the fields of the post that it may hold beside who wrote that."""
    own = unwrapped(fields, depth)
    core = next((key for key in names()["cores"] if isinstance(own.get(key), dict)), None)
    inner = flat(own[core], depth + 1) if core and depth < DEEPEST else {}
    beside = {key: value for key, value in own.items() if key not in names()["cores"]}
    if inner and _stands_beside(own, inner):
        return {**_titled(inner), **beside}
    return {**beside, **inner} if inner and _is_around(beside, inner) else own


def _paired(value: Any) -> Any:
    """Fields that are written as a list of names and values, as an object; all else as it is."""
    if not isinstance(value, list) or not all("key" in each and "value" in each for each in entries(value)):
        return value
    return {text(each["key"]): _meant(each["value"]) for each in entries(value)}


def _meant(value: Any) -> Any:
    """A string that is written as JSON within JSON, as it is meant."""
    return decoded(value) if isinstance(value, str) and value.startswith('"') else value


def _is_around(own: dict[str, Any], core: dict[str, Any]) -> bool:
    """Whether an object holds a whole post, and beside it nothing but what answers that."""
    is_bare = not has(own, "author", "author_id", "date", "text", "title", "id")
    return (
        is_bare
        and has(core, "author")
        and has(core, "text")
        and any(isinstance(value, list) for value in own.values())
    )


def _stands_beside(own: dict[str, Any], core: dict[str, Any]) -> bool:
    """Whether who wrote a post is said beside it: by name, or by a number that it has not itself."""
    if has(core, "author"):
        return False
    return has(own, "author") or (has(own, "author_id") and not has(core, "author_id"))


def has(fields: dict[str, Any], *kinds: str) -> bool:
    """Whether an object has a field of one of these kinds."""
    return any(key in fields for kind in kinds for key in names()[kind])


def _titled(core: dict[str, Any]) -> dict[str, Any]:
    """Where who wrote a post stands beside it, a name of its own is its title (Lemmy)."""
    titled = {"title" if key == "name" else key: value for key, value in core.items()}
    return core if has(core, "title") else titled


def rendered(value: Any, depth: int) -> str:
    """The words of a field: a string, an object that holds it, or a document of nested paragraphs."""
    if isinstance(value, str):
        return value if depth else value.strip()
    if isinstance(value, list) and depth < DEEPEST:
        between = "" if any(isinstance(each, str) for each in value) else "\n\n"
        return between.join(filter(None, (rendered(each, depth + 1) for each in value))).strip()
    if not isinstance(value, dict) or depth >= DEEPEST:
        return ""
    if value.get("type") == "paragraph":
        return "".join(text(part.get("text")) or " " for part in entries(value.get("content")))
    fields = flat(value)
    if any(key in fields for key in names()["author"]):
        return ""  # a post of its own
    return next(filter(None, (rendered(fields.get(key), depth + 1) for key in names()["rendered"])), "")


def first_text(fields: dict[str, Any], kind: str) -> str:
    shown = (
        rendered(value, 0) or text(value)
        for key in filter(fields.__contains__, names()[kind])
        if (value := fields[key]) is not None
    )
    return next(filter(None, shown), "")


def url_of(fields: dict[str, Any]) -> str:
    known = (text(fields.get(key)) for key in names()["url"])
    return next((url for url in known if url.startswith(("http://", "https://"))), "")
