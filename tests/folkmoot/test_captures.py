"""Pages of web archives are read as what was captured, and several captures of a thread as its history."""

from pathlib import Path

import pytest

from folkmoot.cli import main
from tests.folkmoot.asking import ask
from tests.folkmoot.board import PAGE, POST, THREAD

ARCHIVE = "https://web.archive.org/web"
BAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<script>__wm.rw(0);</script><div id='wm-ipp'>"
    "<a href='/web/20180101000000/https://board.example.org/'>12 captures</a> About this capture</div>"
    "<!-- END WAYBACK TOOLBAR INSERT -->"
)
FIRST = ("The fee should be halved.", "Nobody reads this board.", "I agree with the first one.")
LATER = ("The fee should be halved, and soon.", "Nobody reads this board.", "I agree with the first one.")


def capture(at: str, words: tuple[str, ...] = FIRST, shown: str = "address") -> str:
    """A capture of the thread as a browser saved it. `shown`: by what it tells that it is one."""
    to = f"{ARCHIVE}/{at}/" if shown == "address" else f"/web/{at}/"
    script = f'<script>__wm.wombat("{THREAD}","{at}","https://web.archive.org/","web");</script>'
    pywb = f'<script>wbinfo = {{}}; wbinfo.url = "{THREAD}"; wbinfo.timestamp = "{at}";</script>'
    posts = (POST.format(id=n, by=n, words=said, to=to) for n, said in enumerate(words, 1))
    return PAGE.format(
        to=to,
        posts="".join(posts),
        bar=BAR,
        note=f"<!-- saved from url=(0077){to}{THREAD.replace('.org/', '.org:443/')} -->"
        if shown == "address"
        else "",
        script={"script": script, "pywb": pywb}.get(shown, ""),
        end="<!--\n     FILE ARCHIVED ON 12:00:00 May 05, 2019 AND RETRIEVED FROM THE\n     ARCHIVE -->"
        if shown == "note"
        else "",
    )


class Study:
    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder, folder / "w.duckdb"

    def parse(self, *pages: str, options: tuple[str, ...] = ()) -> None:
        for number, text in enumerate(pages):
            (self.folder / f"{number}.html").write_text(text, encoding="utf-8")
        names = [str(self.folder / f"{number}.html") for number in range(len(pages))]
        main(["parse", *names, *options, "--warehouse", str(self.db)])

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        return ask(self.db, sql)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path)


@pytest.mark.parametrize("shown", ["address", "script", "pywb"])
def test_a_capture_is_a_page_of_the_forum_fetched_when_it_was_captured(study: Study, shown: str) -> None:
    study.parse(capture("20190505120000", shown=shown))
    assert study.ask("SELECT site_id, url, fetched_at::VARCHAR FROM pages") == [
        ("board.example.org", THREAD, "2019-05-05 12:00:00+00")
    ]
    assert study.ask("SELECT platform, url, threads.title FROM threads JOIN sites USING (site_id)") == [
        ("phpbb", THREAD, "Fees")
    ]
    told = study.ask("SELECT url, name, profile_url FROM posts JOIN authors USING (author_id) ORDER BY 1")
    assert [name for _, name, _ in told] == ["Member 1", "Member 2", "Member 3"]
    assert all("archive" not in f"{url}{profile}" for url, _, profile in told)


def test_the_address_that_the_user_gives_counts_and_the_time_is_still_the_captures(study: Study) -> None:
    study.parse(capture("20190505120000", shown="note"), options=("--url", THREAD))
    assert study.ask("SELECT url, fetched_at::VARCHAR FROM pages") == [(THREAD, "2019-05-05 12:00:00+00")]


@pytest.mark.parametrize("order", [1, -1], ids=["older first", "newer first"])
def test_captures_are_visits_that_show_what_changed_whatever_they_are_called(
    study: Study, order: int
) -> None:
    study.parse(*[capture("20190505120000", FIRST), capture("20190601120000", LATER)][::order])
    revisions = study.ask(
        "SELECT text, seen_at::VARCHAR FROM post_revisions WHERE post_id LIKE '%:1' ORDER BY 2"
    )
    assert revisions == [(FIRST[0], "2019-05-05 12:00:00+00"), (LATER[0], "2019-06-01 12:00:00+00")]
    assert study.ask("SELECT text FROM posts ORDER BY position LIMIT 1") == [(LATER[0],)]
    assert study.ask("SELECT count(*), count(DISTINCT page_id) FROM posts") == [(3, 1)]


@pytest.mark.parametrize("digits", ["20190505120000", "99999999999999"])
def test_other_addresses_with_long_numbers_are_nobodys_captures(study: Study, digits: str) -> None:
    address = f"https://board.example.org/go/{digits}/viewtopic.php?t=4"
    study.parse(capture("20190505120000", shown="none"), options=("--url", address))
    ((url, year),) = study.ask("SELECT url, year(fetched_at) FROM pages")
    assert "board.example.org" in str(url)
    assert year != 2019
