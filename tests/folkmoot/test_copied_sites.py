"""A copied site, saved pages that share an address, and a recorded visit are each read as the forum was."""

import base64
import json
from pathlib import Path

import pytest

from folkmoot.cli import main
from tests.folkmoot.asking import ask
from tests.folkmoot.board import PAGE, POST, THREAD

PAGES = ("The fee should be halved.", "Nobody reads this board."), ("I do.", "So do I, and I agree.")


def page(words: tuple[str, ...], first: int = 1, canonical: str = THREAD) -> str:
    """A page of the thread, with its posts from number `first` on."""
    posts = (POST.format(id=n, by=n, words=said, to="") for n, said in enumerate(words, first))
    script = f'<link rel="canonical" href="{canonical}">'
    return PAGE.format(to="", posts="".join(posts), note="", script=script, bar="", end="")


def test_pages_and_permalinks_of_a_copied_thread_are_the_thread(tmp_path: Path) -> None:
    folder, db = tmp_path / "copy" / "board.example.org", tmp_path / "w.duckdb"
    folder.mkdir(parents=True)
    for number, words in enumerate(PAGES):
        name = f"viewtopic.php?t=4{'&start=2' if number else ''}"
        (folder / f"{name}.html").write_text(page(words, 2 * number + 1, f"{name.replace('?', '%3F')}.html"))
        for post in (2 * number + 1, 2 * number + 2):
            (folder / f"viewtopic.php?p={post}.html").write_text(page(words, 2 * number + 1))
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /ucp.php\n")
    main(["parse", str(tmp_path / "copy"), "--warehouse", str(db)])
    assert ask(db, "SELECT thread_id, platform FROM threads JOIN sites USING (site_id)") == [
        ("board.example.org:4", "phpbb")
    ]
    told = ask(db, "SELECT text, state::VARCHAR FROM posts ORDER BY post_id")
    assert told == [(words, "visible") for words in (*PAGES[0], *PAGES[1])]
    assert (f"{THREAD}&start=2",) in ask(db, "SELECT url FROM pages")
    assert ask(db, "SELECT count(*) FROM moderation_events") == [(0,)]


def test_saved_pages_that_name_one_address_take_nothing_from_each_other(tmp_path: Path) -> None:
    db = tmp_path / "w.duckdb"
    for number, words in enumerate(PAGES):
        (tmp_path / f"{number}.html").write_text(page(words, 2 * number + 1))
    main(["parse", str(tmp_path / "0.html"), str(tmp_path / "1.html"), "--warehouse", str(db)])
    assert ask(db, "SELECT text, state::VARCHAR FROM posts ORDER BY post_id") == [
        (words, "visible") for words in (*PAGES[0], *PAGES[1])
    ]


def answer(url: str, kind: str, body: str, method: str = "GET", packed: bool = False) -> dict[str, object]:
    text = base64.b64encode(body.encode()).decode() if packed else body
    content = {"mimeType": kind, "text": text} | ({"encoding": "base64"} if packed else {})
    return {
        "startedDateTime": "2024-11-05T11:11:12.000+01:00",
        "request": {"method": method, "url": url},
        "response": {"status": 200, "content": content},
    }


def recorded(tmp_path: Path, *answers: dict[str, object]) -> Path:
    (tmp_path / "visit.har").write_text(json.dumps({"log": {"version": "1.2", "entries": answers}}))
    return tmp_path / "visit.har"


@pytest.mark.parametrize("packed", [False, True])
def test_a_recorded_visit_is_the_pages_that_were_answered(tmp_path: Path, packed: bool) -> None:
    db = tmp_path / "w.duckdb"
    visit = recorded(
        tmp_path,
        answer(THREAD, "text/html; charset=UTF-8", page(PAGES[0]), packed=packed),
        answer(f"{THREAD}&start=2", "text/html", page(PAGES[1], 3), packed=packed),
        answer("https://board.example.org/app.js", "text/javascript", "let a = 1"),
        answer("https://ads.example.com/bid", "application/json", '{"bid": 3}'),
        answer("https://board.example.org/ucp.php", "text/html", page(("Posted.",), 9), "POST"),
    )
    main(["parse", str(visit), "--warehouse", str(db)])
    assert ask(db, "SELECT text FROM posts ORDER BY post_id") == [
        (words,) for words in (*PAGES[0], *PAGES[1])
    ]
    assert ask(db, "SELECT DISTINCT fetched_at::VARCHAR FROM pages") == [("2024-11-05 10:11:12+00",)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", "no recording"),
        ('{"log": {"entries": [1]}}', "no recording"),
        ('{"log": {"ent', "no recording"),
        ('{"log": {"entries": []}}', "holds no page"),
        (json.dumps({"log": {"entries": [answer(THREAD, "text/html", "")]}}), "with content"),
        (json.dumps({"log": {"entries": [answer(THREAD, "application/json", "[3]")]}}), "none of what"),
    ],
)
def test_a_recording_that_holds_nothing_says_why(
    tmp_path: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "visit.har").write_text(text)
    with pytest.raises(SystemExit) as ended:
        main(["parse", str(tmp_path / "visit.har"), "--warehouse", str(tmp_path / "w.duckdb")])
    assert ended.value.code == 1
    assert "visit.har" in (said := capsys.readouterr().err)
    assert told in said.replace("\n", " ")
