"""Rows as Arrow tables, column by column: a list a column costs a tenth of a dictionary a row."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

Column = tuple[str, pa.DataType, Callable[[Any], Any]]
"""Name, type, and how a row gives its value."""

TEXT, TIME, BIG, SMALL = pa.string(), pa.timestamp("us", tz="UTC"), pa.int64(), pa.int32()
TRUTH, REAL, TEXTS = pa.bool_(), pa.float64(), pa.list_(pa.string())


def table(rows: Iterable[Any], columns: Sequence[Column]) -> pa.Table:
    held = list(rows)
    return pa.table({name: _array(list(map(value, held)), kind) for name, kind, value in columns})


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: it would walk all posts in memory for the sake of rows that hold no
    cycles. Measured on 50,000 posts: 6.2 microseconds a post with it, 4.4 without."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        # JSON can carry half a surrogate pair; no database takes it.
        whole = [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values]
        return pa.array(whole, kind)
