"""What a person at a terminal sees: help, exit statuses, one line an error."""

import bz2
import json
import os
from pathlib import Path

import pytest

from folkmoot.cli import COMMANDS, main
from folkmoot.commands.summaries import say_lines


@pytest.fixture
def run(capsys):
    """Runs a command line; returns (exit status, stdout, stderr)."""

    def call(*words):
        with pytest.raises(SystemExit) as stop:
            main([str(word) for word in words])
            raise SystemExit(0)
        code = stop.value.code
        out, err = capsys.readouterr()
        return (0 if code is None else code), out, err

    return call


THREAD = """<!doctype html><html><head><title>Fees</title>
<link rel="canonical" href="https://forum.example.org/fees/12"></head><body><h1>Fees went up</h1>
<div class="entry" id="e-101"><a href="/user/ann">Ann</a> <time datetime="2026-03-01T10:00:00Z">1 March</time>
<div class="said"><p>The fee for a dispute should be refunded when the freelancer wins the case.</p></div></div>
<div class="entry" id="e-102"><a href="/user/bo">Bo</a> <time datetime="2026-03-01T11:00:00Z">1 March</time>
<div class="said"><p>Nobody would ever settle then, and we would all pay for that in the end.</p></div></div>
<div class="entry" id="e-103"><a href="/user/cy">Cy</a> <time datetime="2026-03-02T09:00:00Z">2 March</time>
<div class="said"><p>Bo is right about settling, but Ann has a point about the small contracts too.</p></div></div>
</body></html>"""

SAVED_AT = 1_780_000_000_300_000_000
"""Nanoseconds; the same second goes on for 0.7 more."""


@pytest.fixture
def thread(tmp_path):
    file = tmp_path / "thread.html"
    file.write_text(THREAD)
    return file


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(run, name):
    code, out, _ = run(name, "--help")
    assert code == 0
    assert "Usage: folkmoot " + name in out
    assert "Example" in out


def test_the_list_of_commands_needs_no_command_to_be_loaded(run):
    code, out, _ = run("--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)


def test_an_unknown_command_is_wrong_usage(run):
    code, _, err = run("prase")
    assert code == 2
    assert "No such command 'prase'" in err


@pytest.mark.parametrize("command", ["analyze", "status"])
def test_a_missing_warehouse_is_one_line(run, tmp_path, command):
    code, out, err = run(command, "--warehouse", tmp_path / "none.duckdb")
    assert code == 1
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "none.duckdb" in err
    assert not (tmp_path / "none.duckdb").exists()


def test_pages_that_cannot_be_read_are_named_and_the_rest_is_kept(run, tmp_path, thread):
    empty, binary = tmp_path / "empty.html", tmp_path / "picture.html"
    empty.write_text("")
    binary.write_bytes(bytes(range(256)) * 40)
    db = tmp_path / "w.duckdb"
    code, out, err = run("parse", empty, binary, thread, tmp_path / "missing.html", "--warehouse", db)
    assert code == 1
    lines = [line for line in err.splitlines() if line.startswith("not read: ")]
    assert len(lines) == 3
    assert any("empty.html" in line and "empty" in line for line in lines)
    assert any("picture.html" in line for line in lines)
    assert any("missing.html" in line and "no such file" in line for line in lines)
    assert "3 new posts" in out


def test_parsing_twice_changes_nothing(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    assert run("parse", thread, "--warehouse", db)[0] == 0
    _, first, _ = run("query", "FROM posts ORDER BY ALL", "--warehouse", db, "--format", "json")
    code, out, _ = run("parse", thread, "--warehouse", db, "--json")
    assert code == 0
    counts = json.loads(out)
    assert counts["posts_new"] == counts["posts_changed"] == counts["posts_removed"] == 0
    assert run("query", "FROM posts ORDER BY ALL", "--warehouse", db, "--format", "json")[1] == first


def test_of_a_page_saved_twice_within_a_second_the_later_counts(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    os.utime(thread, ns=(SAVED_AT, SAVED_AT))
    assert run("parse", thread, "--warehouse", db)[0] == 0
    thread.write_text(THREAD[: THREAD.index('<div class="entry" id="e-103">')] + "</body></html>")
    os.utime(thread, ns=(SAVED_AT + 200_000_000, SAVED_AT + 200_000_000))
    assert json.loads(run("parse", thread, "--warehouse", db, "--json")[1])["posts_removed"] == 1


def test_saved_mails_of_a_folder_are_one_thread(run, tmp_path):
    head = (
        "From: {0} <{0}@example.org>\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n"
        "Subject: Fees\nMessage-ID: <{0}@example.org>\n{1}\n{2}\n"
    )
    (tmp_path / "1.eml").write_text(head.format("ann", "", "Please lower the fee."))
    (tmp_path / "2.eml").write_text(head.format("bo", "In-Reply-To: <ann@example.org>\n", "No."))
    db = tmp_path / "w.duckdb"
    assert run("parse", tmp_path, "--warehouse", db)[0] == 0
    told = run("query", "SELECT post_id, parent_post_id, method FROM replies", "--warehouse", db, "--json")[1]
    assert [(r["post_id"], r["parent_post_id"], r["method"]) for r in json.loads(told)] == [
        ("local:bo@example.org", "local:ann@example.org", "native")
    ]


def test_sql_that_writes_is_refused_and_nothing_is_lost(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", db)
    for sql in ("DELETE FROM posts", "DROP TABLE posts", "CREATE TABLE x (y INT)"):
        code, _, err = run("query", sql, "--warehouse", db)
        assert code == 1
        assert len(err.splitlines()) == 1
    assert (
        '"n": 3' in run("query", "SELECT count(*) AS n FROM posts", "--warehouse", db, "--format", "json")[1]
    )


def test_wrong_sql_is_one_line_that_says_what(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", db)
    code, _, err = run("query", "SELECT nme FROM authors", "--warehouse", db)
    assert code == 1
    assert "nme" in err
    assert len(err.splitlines()) == 1


def test_query_formats(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", db)
    sql = "SELECT name FROM authors ORDER BY name"
    assert run("query", sql, "--warehouse", db, "--format", "csv")[1].split() == [
        '"name"',
        '"Ann"',
        '"Bo"',
        '"Cy"',
    ]
    assert json.loads(run("query", sql, "--warehouse", db, "--format", "json")[1]) == [
        {"name": "Ann"},
        {"name": "Bo"},
        {"name": "Cy"},
    ]
    assert "Ann" in run("query", sql, "--warehouse", db)[1]


def test_one_question_is_answered_at_a_time(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", db)
    for sql, said in (
        ("SELECT 1 AS a; SELECT 2 AS b", "2 questions"),
        ("-- SELECT 1", "no question"),
        ("DELETE FROM posts", "can only be read"),
    ):
        code, out, err = run("query", sql, "--warehouse", db)
        assert (code != 0, out) == (True, "")
        assert said in err
    prepared = "SET threads = 1; SELECT 3 AS c;"
    assert json.loads(run("query", prepared, "--warehouse", db, "--format", "json")[1]) == [{"c": 3}]


def test_a_file_that_is_no_warehouse_is_said_to_be_none(run, tmp_path):
    db = tmp_path / "notes.duckdb"
    db.write_text("my notes")
    for words in (("query", "SELECT 1"), ("status",), ("report", "--out", tmp_path / "out")):
        code, _, err = run(*words, "--warehouse", db)
        assert code == 1
        assert "notes.duckdb" in err
        assert len(err.splitlines()) == 1
    assert db.read_text() == "my notes"


def test_init_writes_what_run_reads_and_keeps_what_is_there(run, tmp_path):
    from folkmoot.config import load

    code, out, err = run("init", tmp_path / "study")
    assert code == 0
    assert f"folkmoot run --config {tmp_path / 'study' / 'folkmoot.toml'}" in err
    assert load(tmp_path / "study" / "folkmoot.toml").site[0].id == "freelancers"
    assert Path(out.split()[1]).name == "codebook.toml"
    (tmp_path / "study" / "folkmoot.toml").write_text("mine")
    code, _, err = run("init", tmp_path / "study")
    assert code == 1
    assert "already there" in err
    assert (tmp_path / "study" / "folkmoot.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[project", "folkmoot.toml"),
        ('[project]\ncontact = "a@b.c"\n', "site: is missing"),
        ('[project]\n[[site]]\nid = "x"\nstart = ["https://a.example/"]\n', "project.contact: is missing"),
        ('[project]\ncontact = "a@b.c"\n[[site]]\nid = "x"\nstart = ["ftp://a"]\n', "site.[x].start.0"),
        ('[project]\ncontact = "a@b.c"\n[[site]]\nid = "x:y"\nstart = ["https://a.example/"]\n', "':'"),
        (
            '[project]\ncontact = "a@b.c"\n[[site]]\nid = "x"\nstrat = 1\nstart = ["https://a.example/"]\n',
            "site.[x].strat: unknown key",
        ),
        (
            '[project]\ncontat = "a@b.c"\n[[site]]\nid = "x"\nstart = ["https://a.example/"]\n',
            "project.contat: unknown key; project.contact: is missing",
        ),
        (
            '[project]\ncontact = "a@b.c"\n[[site]]\nid = "x"\nplatform = "phbb"\nstart = ["https://a.example/"]\n',
            "site.[x].platform: no platform is called 'phbb'; there are: apache_answer, bbpress,",
        ),
        (
            '[project]\ncontact = "a@b.c"\n[[site]]\nid = "x"\nstart = ["https://a.example/"]\ndelay = 0\n',
            "a delay of 0 is for loopback hosts",
        ),
        (
            '[project]\ncontact = "a@b.c"\nrecrawl_min = "soon"\n[[site]]\nid = "x"\nstart = ["https://a.example/"]\n',
            "project.recrawl_min",
        ),
        ("[project]\ncontact = “a@b.c”\n", "Words stand in straight quotes"),
    ],
)
def test_a_broken_configuration_names_file_and_key(run, tmp_path, text, says):
    file = tmp_path / "folkmoot.toml"
    file.write_text(text)
    code, _, err = run("run", "--config", file)
    assert code == 1
    assert "folkmoot.toml" in err
    assert says in err
    assert len(err.splitlines()) == 1


def test_a_slip_in_the_codebook_is_told_before_anything_is_fetched(run, tmp_path):
    run("init", tmp_path)
    book = tmp_path / "codebook.toml"
    book.write_text(book.read_text("utf-8").replace("phrases = [", "phrase = [", 1), "utf-8")
    code, _, err = run("run", "--config", tmp_path / "folkmoot.toml")
    assert (code, err.count("\n")) == (1, 1)
    assert 'entry 1 ("client_metrics_disclosure"): key `phrase` is no key of a codebook' in err
    assert not (tmp_path / "archive").exists()


def test_a_platform_that_there_is_not_is_wrong_usage(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    for words in (("parse", thread, "--warehouse", db), ("crawl", "https://forum.example.org/")):
        code, _, err = run(*words, "--platform", "phbb")
        assert code == 2
        assert "no platform is called 'phbb'; there are: apache_answer, bbpress," in err
    assert not db.exists()


def test_what_holds_no_page_is_named_with_the_reason(run, tmp_path):
    packed = tmp_path / "pages.tar.gz"
    packed.write_bytes(bz2.compress(b"page"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "photo.jpg").write_bytes(b"x")
    db = tmp_path / "w.duckdb"
    for path, why in ((packed, "it is packed"), (tmp_path / "empty", "no pages in this folder (.html ")):
        code, out, err = run("parse", path, "--warehouse", db)
        assert (code, out.startswith("0 pages read")) == (1, True)
        assert err.startswith(f"not read: {path}: {why}")


def test_an_import_that_cannot_be_leaves_nothing_behind(run, tmp_path, thread):
    db, out = tmp_path / "w.duckdb", tmp_path / "tables"
    run("parse", thread, "--warehouse", db)
    run("export", "--warehouse", db, "--format", "parquet", "--out", out)
    before = sorted(tmp_path.iterdir())
    code, _, err = run("import", out, "--warehouse", db)
    assert (code, "holds something already" in err) == (1, True)
    code, _, err = run("import", tmp_path, "--warehouse", tmp_path / "new.duckdb")
    assert (code, "no Parquet export" in err) == (1, True)
    assert sorted(tmp_path.iterdir()) == before
    assert (
        run("import", out, "--warehouse", tmp_path / "new.duckdb")[1]
        == f"3 posts in {tmp_path / 'new.duckdb'}\n"
    )


def test_a_table_of_another_kind_is_no_warehouse(run, tmp_path, thread):
    db = tmp_path / "w.csv"
    db.write_text("a,b\n1,2\n")
    for words in (("query", "SELECT 1"), ("parse", thread)):
        code, _, err = run(*words, "--warehouse", db)
        assert (code, err) == (1, f"folkmoot: {db} is not a DuckDB file; name another file\n")
    assert db.read_text() == "a,b\n1,2\n"


def test_what_the_system_refuses_is_said_in_its_words_alone(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", db)
    out = thread / "graph.graphml"  # below a page, which is no folder
    code, _, err = run("export", "--warehouse", db, "--format", "graphml", "--out", out)
    assert (code, err) == (1, f"folkmoot: {out}: File exists\n")


def test_a_crawl_without_a_contact_is_warned_about(run, tmp_path):
    url = "https://forum.example.org/"
    code, _, err = run("crawl", url, "--archive", tmp_path / "archive", "--dry-run")
    assert code == 0
    assert "--contact" in err
    assert run("crawl", url, "--contact", "a@b.example", "--dry-run")[2] == ""
    assert "as in the example" in run("crawl", url, "--contact", "research@example.com", "--dry-run")[2]


def test_words_to_search_for_need_no_quotes(run, tmp_path, thread):
    warehouse = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", warehouse)
    code, out, err = run("search", "small", "contracts", "--warehouse", warehouse)
    assert (code, err) == (0, "1 post\n")
    assert "**small** **contracts**" in out


def test_a_search_that_ends_before_it_begins_says_so(run, tmp_path, thread):
    warehouse = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", warehouse)
    days = ("--since", "2026-03-02", "--until", "2026-03-01")
    code, out, err = run("search", "contracts", "--warehouse", warehouse, *days)
    assert (code, out) == (2, "")
    assert "--since 2026-03-02 is later than --until 2026-03-01" in err


def test_what_a_command_made_is_told_as_json(run, tmp_path, thread):
    db = tmp_path / "w.duckdb"
    run("parse", thread, "--warehouse", db)
    told = {
        "report": run("report", "--warehouse", db, "--out", tmp_path / "out", "--json")[1],
        "out": run("export", "--warehouse", db, "--format", "csv", "--out", tmp_path / "csv", "--json")[1],
        "codebook": run("init", tmp_path / "study", "--json")[1],
    }
    for key, line in told.items():
        assert Path(json.loads(line)[key]).exists(), key
    assert run("query", "SELECT 1 AS one", "--warehouse", db, "--json")[1] == '[{"one": 1}]\n'


def test_of_a_host_that_is_down_a_run_tells_some_failures_and_how_many_more(capsys):
    say_lines("failed", [f"page {n}" for n in range(25)], is_told_whole=False)
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[0]) == (21, "failed: page 0")
    assert lines[-1] == "failed: … and 5 more; --json tells all of them"


def test_every_format_that_there_is_can_be_asked_for():
    from folkmoot.commands.export import FORMATS
    from warehouse.exporting import formats

    assert sorted(FORMATS) == sorted(formats())
