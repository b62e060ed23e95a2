"""What posts in the JSON of an unknown interface are said under: titled objects in or beside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from parse.data.names import first_text, flat, has, names, plain, unwrapped
from parse.json_fields import entries, text

Fields = dict[str, Any]
_DEEPEST = 4


def title_of(fields: Fields) -> str:
    return first_text(fields, "title") or text(fields.get("name"))


def opening_of(fields: Fields) -> Fields:
    """The same without the name that is its title: nobody of that name said it."""
    return fields if has(fields, "title") else {key: each for key, each in fields.items() if key != "name"}


def numbers(fields: Fields) -> Iterator[str]:
    """What an object that others are said under may be called by them."""
    yield from filter(None, (first_text(fields, "id"), first_text(fields, "thread")))


def all_over(value: Any, depth: int = 0) -> Iterator[tuple[str, Fields]]:
    """The objects of a document that posts may be said under, by their numbers."""
    if depth > _DEEPEST or not isinstance(value, dict):
        return
    for key, each in value.items():
        if plain(key).removesuffix("s") in names()["under"]:
            for fields in filter(title_of, map(flat, entries(each))):
                yield from ((number, fields) for number in numbers(fields))
        else:
            yield from all_over(each, depth + 1)


def parted(value: Fields) -> tuple[Fields, Fields]:
    """The object that a post holds and is said under, and the rest of the post; {} and all of it where it
    holds none."""
    own = unwrapped(value)
    for key, each in own.items():
        if key in names()["under"] and isinstance(each, dict) and title_of(over := flat(each)):
            rest = {name: one for name, one in own.items() if name != key}
            if has(flat(rest), "text") and has(flat(rest), "author", "author_id", "date"):
                return over, rest
    return {}, value


def named_by(fields: Fields, over: Mapping[str, Fields]) -> Fields:
    """Of the objects of a document, by their numbers, the one that a post says it is said under; or {}."""
    keys = (*names()["thread"], *names()["under"], *(f"{key}id" for key in names()["under"]))
    told = (over.get(text(fields.get(key))) for key in keys)
    return next(filter(None, told), {})
