"""The archived pages behind what a report shows: what was fetched when, and how to see its bytes again."""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol

from reports import links, words
from reports.numbers import counted, grouped
from reports.source import Source

PAGE = 200
"""Archived pages on one page of the report."""
URL = 300


class Shown(Protocol):
    """Whatever the report shows of a post."""

    @property
    def page_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """One response of a server; its fields are the columns of `report_sources.sql`."""

    page_id: str
    url: str
    fetched: datetime
    status: int
    sha256: str
    file: str
    offset: int
    length: int

    @property
    def anchor(self) -> str:
        return f"a-{links.file_name(self.page_id)}"

    @property
    def name(self) -> str:
        return words.clip(self.url, URL)

    @property
    def link(self) -> str | None:
        return links.outward(self.url)

    @property
    def when(self) -> str:
        return words.minute(self.fetched)

    @property
    def place(self) -> str:
        return f"{grouped(self.length)} bytes from byte {grouped(self.offset)} of"

    @property
    def command(self) -> str:
        """Prints what the server sent, whose SHA-256 is the one stated.

        Of a `.warc.zst` it prints the whole record, where no dictionary is needed.
        """
        file = shlex.quote(words.clean(self.file))
        if self.file.endswith((".warc", ".warc.gz")):
            return f"warcio extract --payload {file} {self.offset}"
        piece = f"tail -c +{self.offset + 1} {file} | head -c {self.length}"
        return f"{piece} | zstd -dc --long=31" if self.file.endswith(".warc.zst") else piece


@dataclass(frozen=True, slots=True)
class Sources:
    """All of them, by URL and time."""

    rows: tuple[Archived, ...]

    @property
    def sentence(self) -> str:
        return f"{counted(len(self.rows), 'archived page')} from which what this report shows was read."

    @property
    def pages(self) -> Iterator[tuple[int, tuple[Archived, ...]]]:
        """The pages of the list, numbered from 1."""
        for at in range(0, max(1, len(self.rows)), PAGE):
            yield at // PAGE + 1, self.rows[at : at + PAGE]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(page_of(number) for number, _ in self.pages)

    @property
    def places(self) -> Mapping[str, str]:
        """Where each of them stands in the report."""
        return {row.page_id: f"{page_of(number)}#{row.anchor}" for number, rows in self.pages for row in rows}


def page_of(number: int) -> str:
    return "sources.html" if number == 1 else f"sources/{number}.html"


def sources(source: Source, shown: Iterable[Iterable[Shown]], thread_ids: Sequence[str]) -> Sources:
    """Those behind the posts `shown`, and behind the threads that have a page."""
    page_ids = sorted({one.page_id for one in chain.from_iterable(shown) if one.page_id})
    rows = source.rows(Archived, "sources", page_ids=page_ids, thread_ids=list(thread_ids))
    return Sources(tuple(rows))
