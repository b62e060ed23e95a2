"""Posts in a table, a row each: CSV as spreadsheets and tools for research write it, JSON Lines of any make.

Columns are told by what they are usually called: `words.toml`.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice

from parse import json_lines
from parse.data.posts import Talk
from parse.data.rows import Row, has_words, is_of_posts, talks
from parse.json_fields import text
from parse.model import ParseError
from parse.page import Document

_DELIMITERS = ",;\t|"
_EXPECTED = (
    "a table, but not of posts: call one column body (or text, message, comment), and others author, date, "
    "thread_id, id and parent_id, as far as there are such"
)
_WORDY = 4
"""Words a row, on average, in a column that may hold what people wrote."""
_LONGEST = 50_000_000
"""Characters that a cell may have; the library's own limit is below that of long posts."""


def is_of_cells(doc: Document) -> bool:
    """Whether a file is said to be a table."""
    return doc.page.content_type.startswith(("text/csv", "text/tab-separated-values"))


def is_of_lines(doc: Document) -> bool:
    """Whether the first of many lines is an object with what posts have."""
    return doc.json is None and is_of_posts(json_lines.first(doc))


def tabled(doc: Document) -> tuple[list[Talk], tuple[str, ...]]:
    """The talks in a table, and what to warn of. Raises ParseError where it is not one of posts."""
    numbered = list(enumerate(_cells(doc)) if is_of_cells(doc) else json_lines.objects(doc))
    rows = [row for _, row in numbered if row is not None]
    if not rows:
        raise ParseError(f"{doc.page.url}: a table without a row below its headings")
    rows, doubts = _worded(rows, list(dict.fromkeys(chain.from_iterable(rows[:100]))))
    columns = dict.fromkeys(chain.from_iterable(rows[:100]))
    if not is_of_posts(columns):
        names = ", ".join(" ".join(column.split())[:40] for column in islice(columns, 20))
        raise ParseError(f"{doc.page.url}: {_EXPECTED}; found: {names}")
    found = talks(rows, doc.page.fetched_at)
    if not found:
        raise ParseError(f"{doc.page.url}: a table, but no row of it has words, and an author or a date")
    unread = json_lines.unread([number for number, row in numbered if row is None])
    return found, (*doubts, *unread)


def _worded(rows: list[Row], columns: list[str]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows, and what to warn of. Where no column is known to hold what people wrote, that with most
    words does: the tables of surveys are headed by their questions."""
    if has_words(columns):
        return rows, ()
    often = {column: _mean([len(text(row.get(column)).split()) for row in rows]) for column in columns}
    wordy = sorted((column for column in columns if often[column] >= _WORDY), key=lambda c: -often[c])
    if not wordy:
        return rows, ()
    renamed = [{("text" if key == wordy[0] else key): cell for key, cell in row.items()} for row in rows]
    others = ", ".join(f"“{column}”" for column in wordy[1:])
    left = f"; what stands in {others} is not read" if others else ""
    return renamed, (f"read what stands in “{wordy[0]}” as what people wrote{left}",)


def _mean(counts: list[int]) -> float:
    return sum(counts) / max(1, len(counts))


def _cells(doc: Document) -> Iterator[Row]:
    table = doc.text.lstrip("\n\r\ufeff").replace("\0", "")
    delimiter = max(_DELIMITERS, key=table.partition("\n")[0].count)
    csv.field_size_limit(_LONGEST)
    try:
        yield from csv.DictReader(StringIO(table, newline=""), delimiter=delimiter, restkey="")
    except csv.Error as error:
        raise ParseError(f"{doc.page.url}: no table, or a damaged one ({error})") from None
