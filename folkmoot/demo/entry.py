"""One table of a data file, handed out key by key: what is missing, wrong or unknown is said aloud."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")


class ContentError(Exception):
    """The demo's data is wrong. The message names file, entry and key."""


class Entry:
    """One table of a file. Each key is taken once; `done` refuses the file if any is left over."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        self.where = where
        self.values = dict(values)

    def need(self, key: str, kind: type[_T]) -> _T:
        if key not in self.values:
            raise ContentError(f"{self.where}: {key!r} is missing")
        return self._checked(key, kind, self.values.pop(key))

    def maybe(self, key: str, kind: type[_T]) -> _T | None:
        return self.need(key, kind) if key in self.values else None

    def strings(self, key: str) -> tuple[str, ...]:
        return tuple(self._checked(key, str, item) for item in self._items(key))

    def ints(self, key: str) -> tuple[int, ...]:
        return tuple(self._checked(key, int, item) for item in self._items(key))

    def time(self, key: str) -> datetime:
        """A time in UTC. One without a zone is refused: nobody could say when it was."""
        time = self.need(key, datetime)
        if time.tzinfo is None:
            raise ContentError(f"{self.where}: {key!r} has no zone; write it as 2026-03-04T09:15:00Z")
        return time.astimezone(UTC)

    def maybe_time(self, key: str) -> datetime | None:
        return self.time(key) if key in self.values else None

    def entry(self, key: str) -> "Entry | None":
        values: dict[str, Any] | None = self.maybe(key, dict)
        return None if values is None else Entry(f"{self.where}, {key}", values)

    def entries(self, key: str) -> "tuple[Entry, ...]":
        items = [self._checked(key, dict, item) for item in self._items(key)]
        return tuple(
            Entry(f"{self.where}, {key} {item.get('id', n)}", item) for n, item in enumerate(items, 1)
        )

    def done(self) -> None:
        """Raises ContentError for keys nobody asked for: a misspelt key must not be lost silently."""
        if self.values:
            raise ContentError(f"{self.where}: unknown key {', '.join(map(repr, self.values))}")

    def _items(self, key: str) -> list[Any]:
        items: list[Any] | None = self.maybe(key, list)
        return items or []

    def _checked(self, key: str, kind: type[_T], value: object) -> _T:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ContentError(f"{self.where}: {key!r} should be of type {kind.__name__}, is {value!r}")
        return value


def open_file(path: Path) -> Entry:
    """The whole file as one entry. Raises ContentError when it is missing or not TOML."""
    try:
        return Entry(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ContentError(f"{path}: the file is missing; reinstall folkmoot") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: {error}") from None
