"""What a report reads: rows of the warehouse as frozen dataclasses, within one period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

import duckdb

from reports.errors import ReportError
from reports.period import Period, period
from warehouse import reporting

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Source:
    """An open warehouse narrowed to the period of one report."""

    connection: duckdb.DuckDBPyConnection
    period: Period

    def rows(self, kind: type[Row], name: str, **parameters: object) -> list[Row]:
        """The rows of `queries/report_<name>.sql`; the fields of `kind` are its columns."""
        return [kind(**row) for row in reporting.rows(self.connection, name, **parameters)]

    def one(self, kind: type[Row], name: str, **parameters: object) -> Row:
        """The row of a query that gives exactly one."""
        return self.rows(kind, name, **parameters)[0]


def opened(
    connection: duckdb.DuckDBPyConnection,
    *,
    since: date | None,
    until: date | None,
    compare: date | None,
    earlier: Sequence[date],
    now: datetime,
) -> Source:
    """Narrows an open warehouse to a period; `earlier` are the last days of the reports before this one.

    Raises ReportError where the period ends before it begins, or the warehouse is not one.
    """
    try:
        extent = reporting.rows(connection, "extent", now=now)[0]
    except duckdb.CatalogException as error:
        raise ReportError(f"this file holds no posts table, so it is no warehouse: {error}") from error
    span = period(since, until, compare, earlier=earlier, today=now.date(), **extent)
    reporting.rows(
        connection,
        "period",
        since=span.since,
        until=span.end,
        seen_until=span.end if until else max(span.end, now.date() + timedelta(days=1)),
        recent=span.recent,
        before=span.before,
        now=now,
    )
    reporting.rows(connection, "scope")
    return Source(connection, span)
