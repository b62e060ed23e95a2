"""Who wrote a post in the JSON of an unknown interface, by what its fields are called."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from parse.data.names import first_text, flat, names, url_of
from parse.json_fields import entries, mapping, text
from parse.model import Author

_APART = 4
"""Objects within objects in which people are looked for who stand apart from what they wrote."""
_FEW = 3
"""Of a list whose name tells nothing, so many objects are looked into."""


def author(fields: dict[str, Any], people: Mapping[str, Author]) -> Author | None:
    """Who wrote what stands in these fields, `people` being those known by their numbers: somebody whose
    name is told before one of whom only the number is."""
    told = [found for key in (*_keys(fields), "name") if (found := _told(fields.get(key), people))]
    named = next((found for found in told if found.name != found.user_id), None) or _in_parts(fields)
    if named:
        return named
    number = _number(fields)
    if number in people:
        return people[number]
    return next(iter(told), None) or (Author(name=number, user_id=number) if number else None)


def is_signed(columns: Collection[str]) -> bool:
    """Whether one of these fields tells who wrote a post."""
    return not _known().keys().isdisjoint(columns) or any(_ends(key, "author_name_ends") for key in columns)


def title(fields: dict[str, Any]) -> str:
    """What a post is called: by its title, or by its name where another field tells who wrote it.

    A name without a blank is no title but an address: "spaces/12/messages/7".
    """
    name = text(fields.get("name"))
    is_named = " " in name.strip() and any(_told(fields.get(key), {}) for key in _keys(fields))
    return first_text(fields, "title") or (name if is_named else "")


def people(value: Any, depth: int = 0) -> Iterator[tuple[str, Author]]:
    """Accounts that stand apart from what they wrote, by their ids."""
    if depth > _APART or not isinstance(value, (dict, list)):
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value[:_FEW]):
        plain = str(key).lower()
        if plain in names()["people"] or plain in names()["mixed"]:
            for fields in map(flat, entries(list(each.values()) if isinstance(each, dict) else each)):
                is_person = plain in names()["people"] or fields.get("type") in names()["person_type"]
                if is_person and (found := _person(fields)) and found.user_id:
                    yield found.user_id, found
        else:
            yield from people(each, depth + 1)


def _keys(fields: dict[str, Any]) -> Iterator[str]:
    """The fields that may tell, the likeliest first; then the one called after somebody, if it is one."""
    yield from sorted(_known().keys() & fields.keys(), key=_known().__getitem__)
    ends = [key for key, value in fields.items() if isinstance(value, dict) and _ends(key, "author_ends")]
    ends += [key for key, value in fields.items() if text(value) and _ends(key, "author_name_ends")]
    if len(ends) == 1:
        yield ends[0]


@cache
def _known() -> dict[str, int]:
    """The fields that tell who wrote a post, and how likely each is: the first most."""
    called = (*names()["author"], *(f"{role}name" for role in names()["author"]))
    return {key: number for number, key in enumerate(dict.fromkeys(called))}


def _ends(key: str, kind: str) -> bool:
    """Whether a field is called after who wrote the post, by the end of its name."""
    return key.endswith(tuple(names()[kind])) and not key.startswith(tuple(names()["author_not"]))


def _number(fields: dict[str, Any]) -> str:
    known = first_text(fields, "author_id")
    ends = [text(value) for key, value in fields.items() if key.endswith("id") and _ends(key, "author_ends")]
    number = known or (ends[0] if len(ends) == 1 else "")
    return number.rstrip("/").rpartition("/")[2].removeprefix("~")


def _told(value: Any, people: Mapping[str, Author]) -> Author | None:
    if isinstance(value, str) and value.strip() and not value.startswith("http"):
        number = value.strip() if value.strip().isdecimal() else None  # some columns hold numbers of people
        return people.get(value) or Author(name=value.strip(), user_id=number)
    return _account(flat(value), people) if isinstance(value, dict) else None


def _in_parts(fields: dict[str, Any]) -> Author | None:
    name = " ".join(filter(None, (text(fields.get(key)).strip() for key in ("firstname", "lastname"))))
    return Author(name=name) if name else None


def _account(fields: dict[str, Any], people: Mapping[str, Author]) -> Author | None:
    """Who an object is: an account, one that stands elsewhere by its number, or one of several kinds."""
    known = people.get(first_text(fields, "person_id"))
    kinds = (flat(mapping(fields[key])) for key in filter(fields.__contains__, names()["author"]))
    return known or _person(fields) or next(filter(None, map(_person, kinds)), None)


def _person(fields: dict[str, Any]) -> Author | None:
    number = first_text(fields, "person_id")
    linked = text(fields.get("title")) if "href" in fields else ""  # a link says where, and to whom
    name = first_text(fields, "name") or linked or number
    login = next(
        (text(fields.get(key)) for key in ("login", "username", "name") if text(fields.get(key))), None
    )
    url = url_of(fields)
    return Author(name=name, user_id=number or None, login=login, profile_url=url or None) if name else None
