"""A post quoted in another thread of the site is found when all pages are read, in whatever order they come."""

from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli import main
from warehouse.store import reading

FEE = "The fee for arbitration is far beyond what a beginner earns in a month, and nobody tells us so."
PAGE = """<!DOCTYPE html><html><head><title>{title} / Ideas / Ferry Board</title>
<link rel="canonical" href="https://flux.example.org/viewtopic.php?id={number}" /></head><body>
<div id="punviewtopic" class="pun"><div class="punwrap"><div id="brdmain">
<div class="linkst"><div class="inbox crumbsplus"><ul class="crumbs"><li><a href="index.php">Index</a></li>
<li><span>»&#160;</span><a href="viewforum.php?id=4">Ideas</a></li>
<li><span>»&#160;</span><strong><a href="viewtopic.php?id={number}">{title}</a></strong></li></ul></div></div>
{posts}</div></div></div></body></html>"""
POST = """<div id="p{id}" class="blockpost"><h2><span><span class="conr">#{n}</span>
<a href="viewtopic.php?pid={id}#p{id}">2024-05-0{n} 10:00:00</a></span></h2><div class="box"><div class="inbox">
<div class="postbody"><div class="postleft"><dl><dt><strong><a href="profile.php?id={who}">{name}</a></strong></dt></dl></div>
<div class="postright"><h3>Re</h3><div class="postmsg">{body}</div></div></div></div></div></div>"""


def page(number: int, title: str, *posts: tuple[int, int, str, str]) -> str:
    shown = [
        POST.format(id=post_id, n=n, who=who, name=name, body=body)
        for n, (post_id, who, name, body) in enumerate(posts, 1)
    ]
    return PAGE.format(number=number, title=title, posts="".join(shown))


@pytest.fixture
def fees(tmp_path: Path) -> Path:
    """Where it was said."""
    made = tmp_path / "fees.html"
    made.write_text(page(1, "Fees", (10, 2, "Ann", f"<p>{FEE}</p>"), (11, 3, "Bob", "<p>True.</p>")))
    return made


@pytest.fixture
def courts(tmp_path: Path) -> Path:
    """Where it is quoted."""
    return quoting(tmp_path, (20, 3, "Bob", "<p>Who judges the judges?</p>"))


def quoting(folder: Path, *before: tuple[int, int, str, str]) -> Path:
    """A thread that ends with a post which quotes what was said of fees."""
    made = folder / "courts.html"
    quote = (
        f'<div class="quotebox"><cite>Ann wrote:</cite><blockquote><div><p>{FEE}</p></div></blockquote></div>'
    )
    made.write_text(page(2, "Courts", *before, (21, 4, "Cid", f"{quote}<p>As was said before.</p>")))
    return made


def parse(db: Path, *pages: Path) -> None:
    main(["parse", *map(str, pages), "--site", "ferry", "--warehouse", str(db)])


def rows(db: Path, sql: str) -> list[dict[str, Any]]:
    with reading(db) as open_db:
        return open_db.query(sql).to_pylist()


EVERYTHING = {
    "posts": "SELECT * EXCLUDE (page_id, first_seen_at, last_seen_at, content_hash) FROM posts",
    "quotes": "FROM quotes",
    "replies": "FROM replies",
}


def everything(db: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: rows(db, f"{sql} ORDER BY ALL") for name, sql in EVERYTHING.items()}


SOURCE = "SELECT source_post_id, source_thread_id, source_method::VARCHAR AS method FROM quotes"
FOUND = [{"source_post_id": "ferry:10", "source_thread_id": "ferry:1", "method": "text"}]


def test_the_quote_leads_to_the_post_of_the_other_thread(tmp_path: Path, fees: Path, courts: Path) -> None:
    parse(tmp_path / "w.duckdb", fees, courts)
    assert rows(tmp_path / "w.duckdb", SOURCE) == FOUND
    assert rows(tmp_path / "w.duckdb", "SELECT 1 FROM posts WHERE state = 'ghost'") == []


def test_a_ghost_goes_when_the_other_thread_is_read_later(tmp_path: Path, fees: Path, courts: Path) -> None:
    db = tmp_path / "w.duckdb"
    parse(db, courts)
    ghosts = rows(db, "SELECT text FROM posts WHERE state = 'ghost'")
    assert ghosts == [{"text": FEE}]
    parse(db, fees)
    assert rows(db, SOURCE) == FOUND
    assert rows(db, "SELECT 1 FROM posts WHERE state = 'ghost'") == []
    assert rows(db, "SELECT 1 FROM moderation_events") == []


def test_a_run_that_was_stopped_before_it_came_to_this_is_made_up_for(
    tmp_path: Path, fees: Path, courts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "w.duckdb"

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during, pytest.raises((KeyboardInterrupt, SystemExit)):
        during.setattr("folkmoot.reading._tie_across_threads", stopped)
        parse(db, fees, courts)
    parse(db, fees, courts)
    assert rows(db, SOURCE) == FOUND
    assert rows(db, "SELECT 1 FROM posts WHERE state = 'ghost'") == []


def test_words_found_elsewhere_are_not_those_taken_out_here(tmp_path: Path, fees: Path) -> None:
    db = tmp_path / "w.duckdb"
    redacted = (20, 2, "Ann", "<p>Perhaps. **Edited for community guidelines**</p>")
    courts = quoting(tmp_path, (19, 3, "Bob", "<p>Who judges the judges?</p>"), redacted)
    parse(db, courts)
    assert rows(db, SOURCE) == [{"source_post_id": "ferry:20", "source_thread_id": None, "method": "author"}]
    parse(db, fees)
    assert rows(db, SOURCE) == FOUND
    before = everything(db)
    parse(db, courts)
    assert everything(db) == before


def test_reading_the_quoting_page_again_changes_nothing(tmp_path: Path, fees: Path, courts: Path) -> None:
    db = tmp_path / "w.duckdb"
    parse(db, fees, courts)
    before = everything(db)
    parse(db, courts)
    assert everything(db) == before


def test_the_same_words_on_another_site_are_no_source(tmp_path: Path, fees: Path, courts: Path) -> None:
    db = tmp_path / "w.duckdb"
    main(["parse", str(fees), "--site", "elsewhere", "--warehouse", str(db)])
    parse(db, courts)
    assert [row["method"] for row in rows(db, SOURCE)] == ["ghost"]
