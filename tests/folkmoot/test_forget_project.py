"""Forgetting in a whole project: what is found in its files, and what a later crawl brings back."""

import gzip
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from folkmoot import stages
from folkmoot.cli import main
from folkmoot.demo import show
from folkmoot.demo.site import serve
from folkmoot.scanning import showing
from warehouse.spelling import Spelling
from warehouse.store import reading

WHO = "Marcus T"
NAMES = Spelling(names=(WHO, WHO.lower().replace(" ", "_")))


def forget(config: Path, capsys: pytest.CaptureFixture[str], who: str = WHO) -> tuple[int, dict]:
    with pytest.raises(SystemExit) as stop:
        main(["forget", who, "--config", str(config), "--json"])
        raise SystemExit(0)
    return int(stop.value.code or 0), json.loads(capsys.readouterr().out)


def test_a_database_is_read_whatever_its_folder_is_called(tmp_path: Path) -> None:
    file = tmp_path / "50% of #1" / "a.sqlite"
    file.parent.mkdir()
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE t (a TEXT)")
    base.close()
    assert showing([tmp_path], NAMES.shown) == []
    with sqlite3.connect(file) as base:
        base.execute("INSERT INTO t VALUES (?)", [WHO])
    base.close()
    assert showing([tmp_path], NAMES.shown) == [str(file)]
    assert [each.name for each in tmp_path.iterdir()] == ["50% of #1"]


@pytest.mark.parametrize(
    "way", ["plain", "gzip", "zip", "parquet", "sqlite", "named", "utf-16", "zst", "warc"]
)
def test_a_name_is_found_in_any_kind_of_file(tmp_path: Path, way: str) -> None:
    said = f"<node>{WHO}</node>"
    file = tmp_path / "exports" / "deep" / "out.graphml"
    file.parent.mkdir(parents=True)
    if way == "plain":
        file.write_text("x" * 5_000_000 + said)
    elif way == "gzip":
        file = file.with_suffix(".gz")
        file.write_bytes(gzip.compress(said.encode()))
    elif way == "zst":
        file = file.with_suffix(".zst")
        file.write_bytes(zstandard.compress(said.encode()))
    elif way == "warc":
        file = file.with_suffix(".warc.zst")
        head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\n"
        record = f"{head}Content-Length: {len(said)}\r\n\r\n{said}\r\n\r\n"
        dictionary = zstandard.train_dictionary(1_000, [f"{n} {record} {n**9}".encode() for n in range(500)])
        data = zstandard.compress(dictionary.as_bytes())
        packed = zstandard.ZstdCompressor(dict_data=dictionary).compress(record.encode())
        file.write_bytes(struct.pack("<II", 0x184D2A5D, len(data)) + data + packed)
    elif way == "zip":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("a.csv", said)
    elif way == "parquet":
        pq.write_table(pa.table({"a": [said] * 1000}), file, compression="zstd")
    elif way == "sqlite":
        with sqlite3.connect(file) as base:
            base.execute("CREATE TABLE t (a TEXT)")
            base.execute("INSERT INTO t VALUES (?)", [said])
        base.close()
    elif way == "named":
        file = file.with_name("marcus-t.txt")
        file.write_text("nothing")
    else:
        file.write_bytes(said.encode("utf-16"))
    (tmp_path / "innocent.txt").write_text("Marcus Thorne and Demarcus T")
    assert showing([tmp_path], NAMES.shown) == [str(file)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\nneither head nor tail")),
        ("a.gz", gzip.compress(b"Words without a name. " * 1000)[:40]),
        ("a.zst", zstandard.compress(b"Words without a name. " * 1000)[:-9] + b"x" * 9),
        ("a.parquet", b"PAR1 and nothing more"),
        ("a.sqlite", b"SQLite format 3\0 and nothing more" + b" " * 1000),
    ],
    ids=["warc", "gzip", "zst", "parquet", "sqlite"],
)
def test_what_cannot_be_read_to_its_end_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (trace,) = showing([tmp_path], NAMES.shown)
    assert trace.startswith(f"{tmp_path / name} (not read to its end: ")


def test_saved_pages_that_name_the_forgotten_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, project = tmp_path / "saved", tmp_path / "project"
    saved.mkdir()
    line = {"url": "https://x.example.org/t/7#1", "origin": "https://x.example.org/t/7", "path": ["f", "7"]}
    said = {"subpath": ["1"], "data": {}, "author": WHO, "content": "<p>Hello.</p>"}
    with zipfile.ZipFile(saved / "pages.zip", "w") as packed:
        packed.writestr("posts.jsonl", json.dumps(line | said))
    (saved / "beside.txt").write_text(WHO)
    main(["init", str(project)])
    main(["parse", str(saved / "pages.zip"), "--warehouse", str(project / "folkmoot.duckdb")])
    capsys.readouterr()
    code, outcome = forget(project / "folkmoot.toml", capsys)
    assert (code, outcome["posts"], outcome["traces"]) == (1, 1, [str(saved / "pages.zip")])


@pytest.mark.slow
def test_who_was_forgotten_stays_forgotten_through_the_next_crawl(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve() as site:
        config = show.configure(tmp_path, site)
        stages.run(config)
        (tmp_path / "notes.txt").write_text(f"Ask {WHO} again.")
        code, outcome = forget(config, capsys)
        assert (code, outcome["traces"]) == (1, [str(tmp_path / "notes.txt")])
        (tmp_path / "notes.txt").unlink()
        assert outcome["posts"] > 0 and outcome["records"] > 0
        site.advance_week()
        again = stages.run(config)
        assert again["failures"] == [] and again["posts_new"] > 0
        assert showing([tmp_path], NAMES.shown) == []


def test_a_warehouse_without_a_configuration_forgets_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = {"url": "https://x.example.org/t/7#1", "origin": "https://x.example.org/t/7", "path": ["f", "7"]}
    said = {"subpath": ["1"], "data": {}, "author": WHO, "content": "<p>Hello.</p>"}
    (tmp_path / "posts.jsonl").write_text(json.dumps(line | said), encoding="utf-8")
    main(["parse", "posts.jsonl", "--warehouse", "f.duckdb"])
    main(["report", "--warehouse", "f.duckdb", "--out", "report"])
    assert WHO in (tmp_path / "report" / "people.html").read_text(encoding="utf-8")
    (tmp_path / "posts.jsonl").unlink()
    capsys.readouterr()
    main(["forget", WHO, "--warehouse", "f.duckdb", "--report", "report"])
    assert capsys.readouterr().out == "1 post forgotten, 0 archived pages erased\n"
    assert showing([tmp_path], NAMES.shown) == []


def test_what_is_missing_to_forget_is_said_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.toml").write_text(
        '[project]\nwarehouse = "new.duckdb"\ncontact = "us@example.com"\n'
        '[[site]]\nid = "cars"\nstart = ["https://cars.example.org/"]\n'
    )
    new = tmp_path / "new.duckdb"
    for words, message in (
        ([], "folkmoot.toml: no such file; without a configuration, say --warehouse FILE"),
        (["--warehouse", "f.duckdb"], "f.duckdb: no such file"),
        (["--config", "new.toml"], f"{new}: no such file"),
    ):
        with pytest.raises(SystemExit) as stop:
            main(["forget", WHO, *words])
        assert (stop.value.code, capsys.readouterr().err) == (1, f"folkmoot: {message}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["new.toml"]


def test_what_was_discovered_in_the_words_of_the_forgotten_goes_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = {
        WHO: "Please add a kayak rental at the northern pier.",
        "Bea": "You should add a kayak rental by the lake.",
        "Cid": "I propose a kayak rental near the old mill.",
    }
    rows = [{"id": n, "author": who, "text": words} for n, (who, words) in enumerate(asked.items())]
    Path("posts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    main(["parse", "posts.jsonl", "--warehouse", "f.duckdb"])
    main(["analyze", "--warehouse", "f.duckdb"])
    main(["report", "--warehouse", "f.duckdb", "--out", "report"])
    Path("posts.jsonl").unlink()
    words = Spelling(names=("northern pier",))
    assert showing([tmp_path], words.shown) != []
    main(["forget", WHO, "--warehouse", "f.duckdb", "--report", "report"])
    capsys.readouterr()
    assert showing([tmp_path], words.shown) == []
    with reading(tmp_path / "f.duckdb") as db:
        (found,) = db.query("SELECT description FROM proposals WHERE origin = 'discovered'").to_pylist()
    assert found["description"].startswith("Asked for in 2 posts")
