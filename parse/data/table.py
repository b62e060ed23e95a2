"""Posts in a table, a row each: CSV as spreadsheets and tools for research write it, JSON Lines of any make.

Columns are told by what they are usually called: `words.toml`.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice

from parse import json_lines
from parse.data.posts import Talk
from parse.data.rows import Row, is_of_posts, talks
from parse.model import ParseError
from parse.page import Document

_DELIMITERS = ",;\t|"
_EXPECTED = (
    "a table, but not of posts: call one column body (or text, message, comment), and others author, date, "
    "thread_id, id and parent_id, as far as there are such"
)
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
    columns = dict.fromkeys(chain.from_iterable(rows[:100]))
    if not is_of_posts(columns):
        names = ", ".join(" ".join(column.split())[:40] for column in islice(columns, 20)) or "no columns"
        raise ParseError(f"{doc.page.url}: {_EXPECTED}; found: {names}")
    found = talks(rows, doc.page.fetched_at)
    if not found:
        raise ParseError(f"{doc.page.url}: a table, but no row of it has words, and an author or a date")
    return found, json_lines.unread([number for number, row in numbered if row is None])


def _cells(doc: Document) -> Iterator[Row]:
    text = doc.text.lstrip("\n\r\ufeff").replace("\0", "")
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    csv.field_size_limit(_LONGEST)
    try:
        yield from csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, restkey="")
    except csv.Error as error:
        raise ParseError(f"{doc.page.url}: no table, or a damaged one ({error})") from None
