"""A forum of no known make, crawled from its index by the command: boards, threads, their pages, their posts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from folkmoot.cli import main
from warehouse.store import reading

PEOPLE = ("Anna", "Borislav", "carl_88", "Dunja", "Eve Miller")
BOARDS = ("Berths", "Repairs", "Wishes")
THREADS, ON_A_LISTING, ON_A_PAGE = 7, 5, 4
"""Threads a board, threads on a page of its listing, posts on a page of a thread."""
START = datetime(2024, 3, 1, 9, 0)
SAID = (
    "The lamps on the north pier went out again last night and nobody came to look.",
    "Paint the bollards white instead; it costs nothing and the gulls will not mind.",
    "In my old marina they asked the people who live aboard first, and it worked.",
    "That was a smaller marina, and the committee there answers its letters.",
    "Could we have the tide table on the notice board again, as it was before?",
)


def frame(title: str, inside: str) -> str:
    menu = '<div class="menu"><a href="/">Quayside</a> <a href="/login">Login</a> <a href="/search">Search</a></div>'
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{menu}<main>{inside}</main></body></html>"


def index() -> str:
    rows = "".join(
        f'<div class="line"><h3><a href="/pier/{number}">{name}</a></h3><p>All about {name.lower()}.</p>'
        f'<span>{THREADS} threads</span> <span>Last: <a href="/talk/{number}00">Lamps</a> by {PEOPLE[number]}</span></div>'
        for number, name in enumerate(BOARDS)
    )
    return frame("Quayside", f"<h1>Quayside</h1>{rows}")


def listing(board: int, page: int) -> str:
    numbers = range(THREADS)[(page - 1) * ON_A_LISTING : page * ON_A_LISTING]
    rows = "".join(
        f'<li><a href="/talk/{board}0{n}">{title(board, n)}</a> by <a href="/user/{PEOPLE[n % 5]}">{PEOPLE[n % 5]}</a> <span>{posts(n) - 1} answers</span>'
        f"<time>{at(board, n, posts(n)):%d %b %Y %H:%M}</time></li>"
        for n in numbers
    )
    return frame(BOARDS[board], f"<h1>{BOARDS[board]}</h1><ul>{rows}</ul>{pager(f'/pier/{board}', 2)}")


def talk(board: int, thread: int, page: int) -> str:
    numbers = range(posts(thread))[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    shown = "".join(
        f'<section class="say" id="s{board}{thread}{n:02}"><aside><a href="/user/{PEOPLE[n % 5]}">{PEOPLE[n % 5]}</a>'
        f"</aside><i>{at(board, thread, n):%d %b %Y %H:%M}</i><div><p>{SAID[(board + thread + n) % 5]}</p></div></section>"
        for n in numbers
    )
    way = f'<div class="crumbs"><a href="/">Quayside</a> » <a href="/pier/{board}">{BOARDS[board]}</a></div>'
    pages = -(-posts(thread) // ON_A_PAGE)
    return frame(
        title(board, thread),
        f"{way}<h1>{title(board, thread)}</h1>{shown}{pager(f'/talk/{board}0{thread}', pages)}",
    )


def title(board: int, thread: int) -> str:
    return f"{BOARDS[board]}, question number {thread + 1}"


def posts(thread: int) -> int:
    return 3 + thread


def at(board: int, thread: int, post: int) -> datetime:
    return START + timedelta(days=board * 30 + thread, hours=post)


def pager(path: str, pages: int) -> str:
    links = " ".join(f'<a href="{path}{f"/p{n}" if n > 1 else ""}">{n}</a>' for n in range(1, pages + 1))
    return f"<div>{links}</div>" if pages > 1 else ""


class Quayside(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, number, page = (*self.path.strip("/").split("/"), "", "", "")[:3]
        where = int(page[1:]) if page else 1
        if kind == "":
            self._say(index())
        elif kind == "pier":
            self._say(listing(int(number), where))
        elif kind == "talk":
            self._say(talk(int(number[0]), int(number[1:]), where))
        else:
            self.send_error(404)

    def _say(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def quayside() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Quayside)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("quayside")
    with quayside() as url:
        words = [
            "--allow-private",
            "--delay",
            "0",
            "--contact",
            "me@example.org",
            "--archive",
            str(root / "archive"),
        ]
        main(["crawl", url, *words, "--warehouse", str(root / "w.duckdb")])
    return root / "w.duckdb"


def answer(path: Path, sql: str) -> Any:
    with reading(path) as db:
        return [tuple(row.values()) for row in db.query(sql).to_pylist()]


def test_every_post_of_every_thread_is_found(warehouse: Path) -> None:
    found = dict(
        answer(warehouse, "SELECT title, count(*) FROM posts JOIN threads USING (thread_id) GROUP BY ALL")
    )
    assert found == {title(board, n): posts(n) for board in range(len(BOARDS)) for n in range(THREADS)}


def test_each_has_its_author_its_time_and_its_place(warehouse: Path) -> None:
    rows = answer(
        warehouse,
        "SELECT threads.title, position, authors.name, posted_at FROM posts JOIN threads USING (thread_id) "
        "JOIN authors USING (author_id)",
    )
    told = {(name, place): (who, when.replace(tzinfo=None)) for name, place, who, when in rows}
    assert told == {
        (title(board, thread), n + 1): (PEOPLE[n % 5], at(board, thread, n))
        for board in range(len(BOARDS))
        for thread in range(THREADS)
        for n in range(posts(thread))
    }


def test_threads_stand_in_their_boards(warehouse: Path) -> None:
    rows = answer(
        warehouse,
        "SELECT boards.title, count(*) FROM threads JOIN boards USING (board_id) GROUP BY ALL ORDER BY ALL",
    )
    assert rows == [(name, THREADS) for name in sorted(BOARDS)]
