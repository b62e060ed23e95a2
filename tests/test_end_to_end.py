"""The whole pipeline on the demo community, held against the truth that is kept beside it."""

import gzip
import importlib.util
import shutil
from pathlib import Path

import pytest

from folkmoot import stages
from folkmoot.demo import show
from folkmoot.demo.site import serve
from warehouse.store import reading

_SPEC = importlib.util.spec_from_file_location("demo_truth", Path(__file__).parent / "demo_truth.py")
truth = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(truth)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Two weeks of the demo: what the first left is kept beside what the second left."""
    out = tmp_path_factory.mktemp("demo")
    with serve() as site:
        config = show.configure(out, site)
        first = stages.run(config)
        shutil.copy(first["warehouse"], out / "week1.duckdb")
        again = stages.run(config)
        shutil.copy(again["warehouse"], out / "week1-again.duckdb")
        site.advance_week()
        second = stages.run(config)
        shutil.copy(second["warehouse"], out / "week2.duckdb")
    with serve() as elsewhere:  # on another port, as the command does it each time
        elsewhere.advance_week()
        moved = stages.run(show.configure(out, elsewhere))
    return {"out": out, "first": first, "again": again, "second": second, "moved": moved}


@pytest.fixture(scope="module")
def checks(demo):
    return {week: truth.compare(demo["out"] / f"week{week}.duckdb", week) for week in (1, 2)}


def test_no_page_failed(demo):
    assert demo["first"]["failures"] == []
    assert demo["second"]["failures"] == []


@pytest.mark.parametrize("week", [1, 2])
@pytest.mark.parametrize(
    ("figure", "bar"),
    [
        ("authors", 0.99),
        ("native edges", 1.0),
        ("linked quotes", 1.0),
        ("text-only quotes", 0.98),
        ("quotes found", 0.99),
        ("ghosts", 1.0),
        ("moderation", 1.0),
        ("statuses", 1.0),
        ("polls", 1.0),
        # What the taggers reach today, so that they do not fall back; the aim is .9 and .8 (README, Limits).
        ("proposals", 0.7),
        ("stances", 0.25),
    ],
)
def test_the_warehouse_says_what_is_true(checks, week, figure, bar):
    right, of = truth.figures(checks[week])[figure]
    mistakes = [check.what for check in checks[week] if check.figure == figure and not check.right]
    assert of > 0
    assert right / of >= bar, f"{figure}: {right} of {of}\n" + "\n".join(mistakes[:20])


def test_a_second_run_on_the_same_week_changes_nothing(demo):
    again = demo["again"]
    counts = [again[f"posts_{what}"] for what in ("new", "changed", "removed", "tagged")]
    assert counts == [0, 0, 0, 0]
    before, after = (_posts(demo["out"] / name) for name in ("week1.duckdb", "week1-again.duckdb"))
    assert before == after


def test_the_demo_again_in_its_folder_finds_what_it_held(demo):
    moved = demo["moved"]
    assert moved["failures"] == []
    assert [moved[f"posts_{what}"] for what in ("new", "changed", "removed")] == [0, 0, 0]


def test_the_second_week_is_seen_as_what_it_was(demo):
    second = demo["second"]
    assert second["posts_new"] > 0
    assert second["posts_changed"] >= 3
    assert second["posts_removed"] == 3
    with reading(demo["out"] / "week2.duckdb") as db:
        removed = db.query(
            "SELECT count(*) AS n FROM posts WHERE state = 'removed' AND removed_at IS NOT NULL"
        )
        revised = db.query("SELECT count(*) AS n FROM post_revisions WHERE revision > 1")
    assert removed.to_pylist()[0]["n"] == 3
    assert revised.to_pylist()[0]["n"] >= 3


def test_every_post_leads_back_to_the_bytes_it_came_from(demo):
    from crawler.archive import read_pages

    with reading(demo["out"] / "week2.duckdb") as db:
        rows = db.query(
            "SELECT archive_file, archive_offset, pages.url, content_sha256, count(*) AS posts "
            "FROM posts JOIN pages USING (page_id) GROUP BY ALL"
        ).to_pylist()
    assert sum(row["posts"] for row in rows) > 500
    archived = {}
    for file in {row["archive_file"] for row in rows}:
        for page in read_pages(demo["out"] / "archive" / file):
            archived[file, page.archive_offset] = (page.url, page.content_sha256)
    for row in rows:
        assert archived[row["archive_file"], row["archive_offset"]] == (row["url"], row["content_sha256"])


def test_the_demos_questions_have_answers(demo, capsys):
    show.ask(demo["out"] / "week2.duckdb")
    out = capsys.readouterr().out
    assert out.count("$ folkmoot query") == 3
    assert "arbitration" in out.lower()


def test_a_forgotten_person_is_in_no_file_of_the_project(demo, tmp_path, capsys):

    project = tmp_path / "project"
    shutil.copytree(demo["out"], project)
    for copy in project.glob("week*.duckdb"):
        copy.unlink()
    assert _forget("Thandi M", project) == 1  # who is called so on two forums may be two people
    told = capsys.readouterr().err
    accounts = ("community:35013", "workshop:35013")
    assert all(account in told for account in accounts)
    for account in accounts:
        assert _forget(account, project) == 0, capsys.readouterr().err
    for file in (p for p in project.rglob("*") if p.is_file()):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        assert b"Thandi M" not in content, file
    with reading(project / "folkmoot.duckdb") as db:
        held = db.query("SELECT count(*) AS n FROM posts WHERE state <> 'ghost'").to_pylist()[0]["n"]
    assert held > 500


def _forget(whom, project):
    from folkmoot.cli import main

    with pytest.raises(SystemExit) as stop:
        main(["forget", whom, "--config", str(project / "folkmoot.toml")])
        raise SystemExit(0)
    return stop.value.code


def _posts(path):
    with reading(path) as db:
        return db.query(
            "SELECT post_id, author_id, text, state, first_seen_at FROM posts ORDER BY post_id"
        ).to_pylist()
