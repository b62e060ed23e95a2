"""Listings of a known platform in a theme that its adapter does not know.

Its rows are read as those of an unknown forum are, by what repeats; what they lead to and what its ids are is
told by the URLs, which no theme changes.
"""

from collections.abc import Sequence
from dataclasses import replace

from parse import thread_boxes
from parse.html_platform import HtmlPlatform, heading
from parse.html_site import HtmlSite
from parse.model import Board, Link, LinkKind, PageKind, Reading, ThreadRow
from parse.page import Document

_LISTINGS = (PageKind.BOARD, PageKind.INDEX, PageKind.OTHER)
_FEWEST = 2
"""Rows of which all lack what rows of the platform show: one may be of a thread that was moved away."""


def is_wanted(site: HtmlPlatform, reading: Reading, url: str) -> bool:
    """Whether a page that `site` read should list threads or boards, and does not list them well."""
    if reading.kind not in _LISTINGS or reading.threads:
        return False
    if not reading.rows:
        return not reading.boards and (reading.kind is PageKind.OTHER or bool(site.board_url.search(url)))
    return len(reading.rows) >= _FEWEST and _lacks(site, reading.rows)


def _lacks(site: HtmlPlatform, rows: Sequence[ThreadRow]) -> bool:
    """Whether neither of what its listings show was found: where one was, the theme is known."""
    is_shown = bool(site.table.row_time and site.table.row_replies)
    return is_shown and not any(row.last_post_at or row.reply_count is not None for row in rows)


def relisted(site: HtmlPlatform, known: Reading, seen: Reading | None, doc: Document) -> Reading | None:
    """What `site` made of a page, with the rows and boards seen on it; None where none is its own.

    Where none were seen, as there are few, a board lists what it links to with a date beside.
    """
    rows = tuple(row for row in (_own_row(site, row) for row in (seen.rows if seen else ())) if row)
    boards = tuple(b for b in (_own_board(site, b) for b in (seen.boards if seen else ())) if b)
    if site.board_url.search(doc.page.url):
        rows = rows or (() if boards else thread_boxes.rows(site, doc))
    elif known.kind is PageKind.OTHER:
        rows = ()  # somebody's profile lists threads as well
    if not rows and not boards:
        return None
    if known.kind is PageKind.OTHER:
        kind = PageKind.BOARD if rows else PageKind.INDEX
        known = site.listing_reading(replace(known, kind=kind, warnings=()), site.sight(doc))
    rows = _with_boxes(site, doc, _completed(known.rows, rows) if known.rows else rows)
    boards = known.boards or _others(boards, known.board)
    links = [Link(url=row.url, kind=LinkKind.THREAD) for row in rows]
    links += [Link(url=board.url, kind=LinkKind.BOARD) for board in boards]
    links += known.links
    here = known.board and replace(known.board, title=known.board.title or heading(doc))
    return replace(known, board=here, rows=rows, boards=boards, links=tuple(dict.fromkeys(links)))


def _others(boards: Sequence[Board], here: Board | None) -> tuple[Board, ...]:
    return tuple({board.id: board for board in boards if here is None or board.id != here.id}.values())


def _own_row(site: HtmlSite, row: ThreadRow) -> ThreadRow | None:
    found = site.listed_at(row.url)
    if found is None or found[0] is not LinkKind.THREAD:
        return None
    return replace(row, id=found[1], url=site.canonical(row.url), last_post_id=None)


def _own_board(site: HtmlSite, board: Board) -> Board | None:
    found = site.listed_at(board.url)
    if found is None or found[0] is not LinkKind.BOARD:
        return None
    return Board(id=found[1], title=board.title, url=site.canonical(board.url))


def _completed(known: Sequence[ThreadRow], seen: Sequence[ThreadRow]) -> tuple[ThreadRow, ...]:
    """The rows as the platform tells them apart, with the times and counts that were seen beside them."""
    by_id = {row.id: row for row in seen}
    return tuple(_filled(row, by_id[row.id]) if row.id in by_id else row for row in known)


def _filled(row: ThreadRow, seen: ThreadRow) -> ThreadRow:
    return replace(
        row,
        reply_count=seen.reply_count if row.reply_count is None else row.reply_count,
        last_post_at=row.last_post_at or seen.last_post_at,
        last_post_id=row.last_post_id or seen.last_post_id,
    )


def _with_boxes(site: HtmlPlatform, doc: Document, rows: Sequence[ThreadRow]) -> tuple[ThreadRow, ...]:
    """The rows with what icons and links say that stand around the link to a thread and to no other."""
    around = {box.thread: box.whole for box in thread_boxes.boxes(site, doc)}
    return tuple(thread_boxes.marked(site, row, around[row.id]) if row.id in around else row for row in rows)
