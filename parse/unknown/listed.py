"""Whether a page lists threads or boards: one way to tell after another, the surest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup

from parse.unknown.addressed import addressed_rows
from parse.unknown.block import Block
from parse.unknown.columns import Columns, is_empty
from parse.unknown.counts import answer_columns
from parse.unknown.index import BoardRow, board_rows, boards_of_rows, named_boards, titled_boards
from parse.unknown.listings import Row, are_in_blocks, counted_rows, few_rows, rows, rows_beside, with_counted
from parse.unknown.repeated import find_blocks
from parse.unknown.tags import clean, count_words
from parse.unknown.trust import TRUST, is_said

_ASIDE = 2
"""How many words of talk may stand beside each word about boards on a page that lists boards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What there is on a page that declares no posts, as far as it was looked at."""

    url: str
    page: BeautifulSoup
    columns: Columns
    boards: Sequence[BoardRow]
    """Rows that count threads; they are taken out of the page."""
    blocks: Sequence[Block]
    """What repeats and may be posts."""
    trust: float
    """In the blocks."""
    is_one_of_pages: bool
    has_posts: bool = False
    """Whether blocks were believed, and read."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page lists."""

    rows: Sequence[Row]
    trust: float
    boards: Sequence[BoardRow]
    """The boards inner to the page, in the order of the page."""


Way = Callable[[Seen], Listed | None]


def look(page: BeautifulSoup, own_url: str, is_one_of_pages: bool) -> Seen:
    """What is on the page, read for the first time."""
    columns, boards = answer_columns(page), board_rows(page, own_url)
    for part in (part for each in boards for part in each.parts):
        part.extract()
    blocks, trust = find_blocks(page)
    return Seen(
        url=own_url,
        page=page,
        columns=columns,
        boards=boards,
        blocks=blocks,
        trust=trust,
        is_one_of_pages=is_one_of_pages,
    )


def without_silence(seen: Seen) -> Seen:
    """The same, without blocks where most say nothing."""
    return seen if is_said(seen.blocks) else replace(seen, blocks=(), trust=0.0)


def listed(ways: Sequence[Way], seen: Seen) -> Listed | None:
    """What the first of the ways that finds anything finds."""
    return next((found for way in ways if (found := way(seen)) is not None), None)


def _threads_in_blocks(seen: Seen) -> Listed | None:
    if not (in_blocks := rows(seen.blocks, seen.url, seen.columns)):
        return None
    found = with_counted(in_blocks, seen.page, seen.url, seen.columns)
    if not seen.is_one_of_pages:
        around = [row.whole for row in found]
        if all_of := boards_of_rows(seen.page, around, seen.url):
            return Listed((), TRUST, all_of)
    return Listed(found, len(in_blocks) / len(seen.blocks), seen.boards)


def _boards_that_count(seen: Seen) -> Listed | None:
    is_all = seen.boards and _is_all(seen.boards, seen.blocks)
    return Listed((), 1.0, seen.boards) if is_all else None


def _few_threads(seen: Seen) -> Listed | None:
    few = few_rows(seen.page, seen.blocks, seen.url, seen.columns, seen.trust < TRUST)
    return Listed(few, TRUST, seen.boards) if few else None


def _threads_that_count(seen: Seen) -> Listed | None:
    counted = counted_rows(seen.page, seen.url, seen.columns)
    if counted and seen.trust < TRUST:
        return Listed(counted, TRUST, seen.boards)
    return Listed(counted, 0.5, seen.boards) if are_in_blocks(counted, seen.blocks, seen.url) else None


def _threads_beside(seen: Seen) -> Listed | None:
    beside = rows_beside(seen.page, seen.blocks, seen.url, seen.columns, seen.trust < TRUST)
    return Listed(beside, 0.5, seen.boards) if beside else None


def _boards_by_name(seen: Seen) -> Listed | None:
    named = named_boards(seen.page, seen.url)
    return Listed((), TRUST, named) if named and _is_all(named, seen.blocks) else None


def _nothing_yet(seen: Seen) -> Listed | None:
    return Listed((), TRUST, ()) if not seen.has_posts and is_empty(seen.page) else None


def _threads_by_address(seen: Seen) -> Listed | None:
    addressed = [] if seen.has_posts else addressed_rows(seen.page, seen.url, seen.columns)
    return Listed(addressed, TRUST, seen.boards) if addressed else None


def _boards_by_title(seen: Seen) -> Listed | None:
    told = [] if seen.has_posts else titled_boards(seen.page, seen.url)
    return Listed((), TRUST, told) if told else None


def _is_all(boards: Sequence[BoardRow], blocks: Sequence[Block]) -> bool:
    """Whether boards are what a page is about: beside the talk of a thread they are a menu, and what is said
    stands around none."""
    around = {id(part) for board in boards for part in board.parts}
    if any(id(outer) in around for block in blocks for outer in block.element.parents):
        return False
    said = sum(count_words(clean(block.body)) for block in blocks)
    return said <= _ASIDE * sum(count_words(board.said) for board in boards)


BY_WHAT_REPEATS: Sequence[Way] = (_threads_in_blocks, _boards_that_count)
BY_COUNTS: Sequence[Way] = (_few_threads, _threads_that_count)
"""Where blocks say nothing, or there are few."""
BY_WHAT_ELSE_IS_THERE: Sequence[Way] = (
    _threads_beside,
    _boards_by_name,
    _nothing_yet,
    _threads_by_address,
    _boards_by_title,
)
"""Beside posts, or where there are none."""
