"""What the fields of an unknown interface's JSON mean, by what interfaces call them: `words.toml`."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from parse.json_fields import entries, text
from parse.model import Author

DEEPEST = 60
"""Objects within objects that are still looked into."""
_MARKS = re.compile(r"[_\-\s]")


@cache
def names() -> dict[str, list[str]]:
    return tomllib.loads(files("parse.data").joinpath("words.toml").read_text("utf-8"))


def flat(fields: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """An object by the plain names of its fields, those of `attributes` and the like among them."""
    own = {_MARKS.sub("", key).lower() or key: value for key, value in fields.items()}
    for key in names()["wrappers"]:
        inner = own.get(key)
        if isinstance(inner, dict) and depth < DEEPEST:
            del own[key]
            own = {**flat(inner, depth + 1), **own}
    core = next((key for key in names()["cores"] if isinstance(own.get(key), dict)), None)
    inner = flat(own[core], depth + 1) if core and depth < DEEPEST else {}
    beside = {key: value for key, value in own.items() if key not in names()["cores"]}
    if inner and _stands_beside(own, inner):
        return {**_titled(inner), **beside}
    return {**beside, **inner} if inner and _is_around(beside, inner) else own


def _is_around(own: dict[str, Any], core: dict[str, Any]) -> bool:
    """Whether an object holds a whole post, and beside it nothing but what answers that."""
    is_bare = not _has(own, "author", "author_id", "date", "text", "title", "id")
    return (
        is_bare
        and _has(core, "author")
        and _has(core, "text")
        and any(isinstance(value, list) for value in own.values())
    )


def _stands_beside(own: dict[str, Any], core: dict[str, Any]) -> bool:
    """Whether who wrote a post is said beside it: by name, or by a number that it has not itself."""
    if _has(core, "author"):
        return False
    return _has(own, "author") or (_has(own, "author_id") and not _has(core, "author_id"))


def _has(fields: dict[str, Any], *kinds: str) -> bool:
    return any(key in fields for kind in kinds for key in names()[kind])


def _titled(core: dict[str, Any]) -> dict[str, Any]:
    """Where who wrote a post stands beside it, a name of its own is its title (Lemmy)."""
    titled = {"title" if key == "name" else key: value for key, value in core.items()}
    return core if _has(core, "title") else titled


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


def person(fields: dict[str, Any]) -> Author | None:
    number = first_text(fields, "person_id")
    name = first_text(fields, "name") or number
    login = next(
        (text(fields.get(key)) for key in ("login", "username", "name") if text(fields.get(key))), None
    )
    url = url_of(fields)
    return Author(name=name, user_id=number or None, login=login, profile_url=url or None) if name else None


def people(value: Any, depth: int) -> Iterator[tuple[str, Author]]:
    """Accounts that stand apart from what they wrote, by their ids."""
    if depth > 4 or not isinstance(value, (dict, list)):
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value[:3]):
        if str(key).lower() in names()["people"]:
            for fields in map(flat, entries(list(each.values()) if isinstance(each, dict) else each)):
                if (found := person(fields)) and found.user_id:
                    yield found.user_id, found
        else:
            yield from people(each, depth + 1)


def first_text(fields: dict[str, Any], kind: str) -> str:
    shown = (
        rendered(value, 0) or text(value) for key in names()[kind] if (value := fields.get(key)) is not None
    )
    return next(filter(None, shown), "")


def url_of(fields: dict[str, Any]) -> str:
    known = (text(fields.get(key)) for key in names()["url"])
    return next((url for url in known if url.startswith(("http://", "https://"))), "")
