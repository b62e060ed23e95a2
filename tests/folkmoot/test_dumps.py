"""Dumps and tables of posts: files of lines that may be longer than is read at once."""

import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from folkmoot.cli import main
from parse.files import dumps
from tests.folkmoot.asking import ask


def comment(number: int, thread: int, words: str) -> dict[str, Any]:
    return {
        "author": f"member_{number % 7}",
        "body": words,
        "created_utc": 1709287000 + 60 * number,
        "id": f"k{number}",
        "link_id": f"t3_s{thread}",
        "parent_id": f"t1_k{number - 10}" if number > 10 else f"t3_s{thread}",
        "score": 1,
        "subreddit": "oddjobbers",
    }


def submission(thread: int) -> dict[str, Any]:
    return {
        "author": "asker", "title": f"Question {thread}", "selftext": "What do you think?", "id": f"s{thread}",
        "created_utc": 1709280000 + thread, "num_comments": 12, "subreddit": "oddjobbers",
        "permalink": f"/r/oddjobbers/comments/s{thread}/question/",
    }  # fmt: skip


def lines(path: Path, said: list[dict[str, Any]]) -> str:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in said))
    return str(path)


@pytest.mark.parametrize("order", [1, -1], ids=["comments first", "submissions first"])
def test_a_dump_is_read_in_pieces_to_the_same_threads(
    tmp_path: Path, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [comment(n, n % 10, f"Answer {n}: I would pay for arbitration.") for n in range(1, 121)]
    said[100]["body"] = f"&gt; {said[90]['body']}\n\nI would not."
    files = [
        lines(tmp_path / "comments.jsonl", said),
        lines(tmp_path / "submissions.jsonl", [submission(n) for n in range(10)]),
    ]
    monkeypatch.setattr(dumps, "LONG", 4_000)
    db = tmp_path / "w.duckdb"
    for _ in range(2):  # the second time changes nothing
        main(["parse", *files[::order], "--warehouse", str(db), "--site", "reddit.com"])
        assert ask(db, "SELECT count(*), count(DISTINCT thread_id), min(state)::VARCHAR FROM posts") == [
            (130, 10, "visible")
        ]
        assert ask(db, "SELECT DISTINCT title FROM threads ORDER BY ALL") == [
            (f"Question {n}",) for n in range(10)
        ]
        assert ask(db, "SELECT count(*) FROM replies WHERE method = 'native' AND is_primary") == [(120,)]
        assert ask(db, "SELECT post_id, source_post_id FROM quotes") == [
            ("reddit.com:t1_k101", "reddit.com:t1_k91")
        ]
        assert ask(db, "SELECT count(*) FROM post_revisions WHERE revision > 1") == [(0,)]
    begun = ask(db, "SELECT archive_offset FROM pages WHERE archive_file LIKE '%comments%' ORDER BY ALL")
    assert len(begun) > 3
    text = (tmp_path / "comments.jsonl").read_bytes()
    assert all(offset == 0 or text[int(str(offset)) - 1 :][:1] == b"\n" for (offset,) in begun)


def packed(path: Path, said: list[dict[str, Any]]) -> Path:
    """As dumps are packed: in one stream, with a window larger than unpackers take unasked."""
    packer = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters.from_level(1, window_log=28)
    )
    stream = packer.compressobj()
    text = "".join(f"{json.dumps(each)}\n" for each in said).encode()
    path.write_bytes(stream.compress(text) + stream.flush())
    return path


def test_a_dump_is_read_as_it_was_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "LONG", 4_000)
    (tmp_path / "dumps").mkdir()
    packed(tmp_path / "dumps" / "RC_2024-03.zst", [comment(n, n % 10, f"Answer {n}.") for n in range(1, 121)])
    db = tmp_path / "w.duckdb"
    main(["parse", str(tmp_path / "dumps"), "--warehouse", str(db), "--site", "reddit.com"])
    assert ask(db, "SELECT count(*), count(DISTINCT thread_id) FROM posts") == [(120, 10)]


def test_of_a_dump_that_was_cut_off_what_is_there_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dumps, "LONG", 4_000)
    dump = packed(
        tmp_path / "RC_2024-03.zst", [comment(n, n % 10, f"Answer {n}. {n**40}") for n in range(1, 9_000)]
    )
    dump.write_bytes(dump.read_bytes()[:-1_000] + b"\0" * 400)
    db = tmp_path / "w.duckdb"
    with pytest.raises(SystemExit):
        main(["parse", str(dump), "--warehouse", str(db), "--site", "reddit.com"])
    assert "RC_2024-03.zst" in capsys.readouterr().err
    ((held,),) = ask(db, "SELECT count(*) FROM posts")
    assert int(str(held)) > 100


@pytest.mark.parametrize("data", [b"", b"no dump at all", b"\x28\xb5\x2f\xfd\0\0"])
def test_a_dump_that_is_none_is_called_so(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "RC.zst").write_bytes(data)
    with pytest.raises(SystemExit):
        main(["parse", str(tmp_path / "RC.zst"), "--warehouse", str(tmp_path / "w.duckdb")])
    assert "RC.zst: it is empty, damaged or cut off" in capsys.readouterr().err


def test_a_table_of_posts_becomes_threads_with_their_answers(tmp_path: Path) -> None:
    table, db = tmp_path / "posts.csv", tmp_path / "w.duckdb"
    table.write_text(
        "id,thread_id,timestamp,subject,author,body\n"
        "1,1,2024-03-01 10:00:00,Fees,ann,The fee should be halved and nobody would mind it at all.\n"
        '2,1,2024-03-01 10:05:00,,bob,"> The fee should be halved and nobody\n> would mind it at all.\n\nI would."\n'
        "3,1,2024-03-01 10:07:00,,cy,\"bob, so would I.\"\n"
    )  # fmt: skip
    main(["parse", str(table), "--warehouse", str(db), "--site", "board"])
    assert ask(db, "SELECT text FROM posts ORDER BY position") == [
        ("The fee should be halved and nobody would mind it at all.",), ("I would.",), ("bob, so would I.",),
    ]  # fmt: skip
    assert ask(db, "SELECT post_id, parent_post_id FROM replies WHERE is_primary ORDER BY 1") == [
        ("board:2", "board:1"), ("board:3", "board:2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("shop.csv", "sku,price\n1,2\n", "found: sku, price"),
        ("shop.tsv", "sku\tprice\n1\t2\n", "found: sku, price"),
        ("heads.csv", "author,body\n", "without a row below its headings"),
        ("heads.tsv", "author\tprice", "without a row below its headings"),
        ("empty.csv", "author,body\nann,\n", "no row of it has words"),
        ("quote.csv", 'author,body\n"ann,never closed\n', "no row of it has words"),
    ],
)
def test_a_table_of_something_else_says_what_is_expected(
    tmp_path: Path, name: str, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SystemExit):
        main(["parse", str(tmp_path / name), "--warehouse", str(tmp_path / "w.duckdb")])
    assert told in capsys.readouterr().err
