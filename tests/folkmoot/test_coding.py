"""The researcher in the loop: a sample out, codings in, agreement, training, and what was learnt is used."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from folkmoot import stages
from folkmoot.cli import main
from tests.bench.posts import fill
from warehouse.store import reading, writing

POSTS = 300


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: each test has a copy of its own."""
    path = tmp_path_factory.mktemp("coding") / "w.duckdb"
    fill(path, POSTS)
    with writing(path) as db:
        stages.analyze(db, None, lambda _done, _what: None, workers=1)
    return path


@pytest.fixture
def warehouse(analyzed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(analyzed, tmp_path / "w.duckdb"))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code: object = 0
    try:
        main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    return int(str(code or 0)), said.out, said.err


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def coded(
    path: Path, rows: list[dict[str, str]], label: str, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, ["post_id", "weight", "coder", "label"], delimiter=delimiter)
        writer.writeheader()
        writer.writerows({"post_id": row["post_id"], "weight": row["weight"], "label": label} for row in rows)
    return path


def test_two_coders_who_do_not_give_their_names_stay_two(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 10)[1])
    assert len(rows) == 10
    assert all(row["answers"] for row in rows)
    for coder, label in (("ann", "support"), ("ben", "oppose")):
        file = coded(tmp_path / f"{coder}.csv", rows, label, ";")
        code, out, _ = run(
            capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance", "--coder", coder
        )
        assert (code, out) == (0, f"10 codings of stance by 1 coder ({coder})\n")
    code, out, _ = run(capsys, "agreement", "--warehouse", warehouse, "--task", "stance", "--json")
    assert code == 0
    assert {score["coder"] for score in json.loads(out)["scores"]} == {"ann", "ben"}


def test_a_fresh_sample_has_nothing_that_was_coded(warehouse, tmp_path, capsys):
    first = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "proposals", "--n", 40)[1])
    file = coded(tmp_path / "a.csv", first, "neither")
    run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "proposals")
    words = ("sample", "--warehouse", warehouse, "--task", "proposals", "--n", 40, "--fresh")
    second = sheet(run(capsys, *words)[1])
    assert second
    assert not {row["post_id"] for row in first} & {row["post_id"] for row in second}


def test_a_label_of_another_task_is_refused_with_its_line(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 2)[1])
    file = coded(tmp_path / "a.csv", rows, "propose")
    code, _, err = run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    assert code == 1
    assert f"{file}, row 2: 'propose' is none of support, oppose, mixed, neutral" in err


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16")])
def test_a_sheet_is_read_as_a_spreadsheet_saves_it(warehouse, tmp_path, capsys, delimiter, encoding):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 4)[1])
    for row in rows:
        row["weight"] = row["weight"].replace(".", ",")
    file = coded(tmp_path / "a.csv", rows, " Support ", delimiter, encoding)
    code, out, err = run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    assert (code, out) == (0, "4 codings of stance by 1 coder (1)\n"), err
    assert f"Next: folkmoot agreement --warehouse {warehouse} --task stance" in err


def test_a_sheet_in_the_code_page_of_a_machine_is_told_how_to_be_saved(warehouse, tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_bytes("post_id;label\nforum:1;support;Änne\n".encode("cp1252"))
    code, _, err = run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    assert code == 1
    assert "save it as “CSV UTF-8”" in err


def test_words_with_odd_line_ends_leave_no_row_uncoded(warehouse, tmp_path, capsys):
    (row,) = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 1)[1])
    file = tmp_path / "a.csv"
    file.write_text(f"post_id,text,label\n{row['post_id']},one\u2028two\x0bthree\x85four,oppose\n", "utf-8")
    code, out, _ = run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    assert (code, out) == (0, "1 coding of stance by 1 coder (1)\n")


def test_what_is_left_out_or_replaced_is_said(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 3)[1])
    words = ("--warehouse", warehouse, "--task", "stance")
    run(capsys, "codings", "import", coded(tmp_path / "a.csv", rows, "support"), *words)
    text = coded(tmp_path / "b.csv", rows[:2], "oppose").read_text("utf-8")
    (tmp_path / "b.csv").write_text(f"{text}{rows[2]['post_id']},1,,\n", "utf-8")
    out = run(capsys, "codings", "import", tmp_path / "b.csv", *words)[1]
    assert out == "2 codings of stance by 1 coder (1); 1 row not coded yet; 2 labels replaced by another\n"


def test_one_coder_who_says_two_things_of_a_post_is_asked_which(warehouse, tmp_path, capsys):
    (row,) = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 1)[1])
    file = tmp_path / "a.csv"
    key = row["post_id"]
    words = ("codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    file.write_text(f"post_id,label\n{key},support\n{key},oppose\n", "utf-8")
    code, _, err = run(capsys, *words)
    assert code == 1
    assert f"row 3: {key} is 'oppose' here and 'support' in a row above, both by 1; keep one" in err
    file.write_text(f"post_id,label\n{key},support\n{key},support\n", "utf-8")
    assert run(capsys, *words)[:2] == (0, "1 coding of stance by 1 coder (1)\n")


def test_a_label_that_a_coder_never_gave_has_no_recall(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 12)[1])
    file = coded(tmp_path / "a.csv", rows, "mixed")
    words = ("--warehouse", warehouse, "--task", "stance")
    run(capsys, "codings", "import", file, *words)
    lines = run(capsys, "agreement", *words)[1].splitlines()
    (never,) = [line for line in lines if line.startswith("machine against 1: neutral")]
    assert "recall –, " in never
    assert never.endswith("0 by 1")
    (always,) = [line for line in lines if line.startswith("machine against 1: mixed")]
    assert always.endswith("12 by 1")
    assert "alpha between coders       cannot be said: no post has two codings" in lines


@pytest.mark.parametrize(
    "content",
    [
        "",
        "post_id,coder,label\n",
        "a,b\n1,2\n",
        "post_id,label,weight\n1,support,heavy\n",
        "post_id,label,weight\n1,support,0\n",
        "post_id,label,weight\n1,support,nan\n",
    ],
)
def test_a_sheet_that_is_none_is_refused_in_one_line(warehouse, tmp_path, capsys, content):
    file = tmp_path / "a.csv"
    file.write_text(content, "utf-8")
    code, out, err = run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_what_was_learnt_is_used_by_the_next_analysis(warehouse, tmp_path, capsys):
    with reading(warehouse) as db:
        replies = db.query("SELECT post_id FROM replies WHERE is_primary ORDER BY 1").to_pylist()
    rows = [{"post_id": row["post_id"], "weight": "1"} for row in replies]
    half = len(rows) // 2
    for name, part, label in (("a", rows[:half], "oppose"), ("b", rows[half : half + 30], "neutral")):
        file = coded(tmp_path / f"{name}.csv", part, label)
        run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    code, out, err = run(capsys, "train", "--warehouse", warehouse, "--task", "stance")
    assert code == 0, err
    assert "F1" in out
    assert stages.models_of(warehouse).joinpath("stance.tsv").exists()
    before = opposed(warehouse)
    assert run(capsys, "analyze", "--warehouse", warehouse)[0] == 0
    assert opposed(warehouse) > before


def opposed(warehouse: Path) -> int:
    with reading(warehouse) as db:
        sql = "SELECT count(*) AS n FROM stances WHERE target = 'post' AND stance = 'oppose'"
        return int(db.query(sql).to_pylist()[0]["n"])


def test_weights_that_a_spreadsheet_took_for_thousands_are_refused(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 10)[1])
    for row in rows:
        row["weight"] = "8375"
    file = coded(tmp_path / "a.csv", rows, "oppose")
    words = ("codings", "import", file, "--warehouse", warehouse, "--task", "stance", "--coder", "ann")
    code, _, err = run(capsys, *words)
    assert code == 1
    assert "the weights of ann stand for 83,750 posts" in err and "holds 300" in err


def test_who_forgets_to_name_their_codebook_is_told_what_went_with_it(warehouse, tmp_path, capsys):
    mine = tmp_path / "mine.toml"
    mine.write_text('[[proposal]]\nid = "my_own"\nlabel = "My own"\n', encoding="utf-8")
    code, _, err = run(capsys, "analyze", "--warehouse", warehouse, "--codebook", mine)
    assert (code, "note:" in err) == (0, False)
    code, _, err = run(capsys, "analyze", "--warehouse", warehouse)
    assert code == 0
    assert "so these are gone: my_own. To have them back, name your own: --codebook FILE" in err
    assert "note:" not in run(capsys, "analyze", "--warehouse", warehouse)[2]


def test_a_sheet_that_nobody_filled_in_is_not_ready_to_be_compared(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 3)[1])
    words = ("--warehouse", warehouse, "--task", "stance")
    err = run(capsys, "codings", "import", coded(tmp_path / "a.csv", rows, ""), *words)[2]
    assert "Next: fill in the column `label` (support, oppose, mixed, neutral)" in err
    assert "agreement" not in err


def test_codings_for_a_warehouse_that_is_not_there_make_none(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("post_id,label,weight\nforum:1,support,9\n", "utf-8")
    missing = tmp_path / "typo.duckdb"
    words = ("codings", "import", tmp_path / "a.csv", "--warehouse", missing, "--task", "stance")
    code, _, err = run(capsys, *words)
    assert (code, f"{missing}: there is no warehouse here" in err) == (1, True), err
    assert not list(tmp_path.glob("typo*"))


def test_a_page_to_code_in_tells_nothing_of_what_others_said(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 5)[1])
    file, page = tmp_path / "half.csv", tmp_path / "new" / "half.html"
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, rows[0])
        writer.writeheader()
        writer.writerows({**row, "coder": "zenobia", "label": "oppose"} for row in rows)
    code, out, err = run(capsys, "codings", "page", file, "--task", "stance", "--out", page)
    assert (code, out) == (0, f"5 posts: {page}\n")
    assert "folkmoot codings import" in err
    html = page.read_text("utf-8")
    assert all(row["post_id"] in html for row in rows)
    assert "zenobia" not in html


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "holds no rows"),
        ("post_id,label\n1,\n", "lacks the column text"),
        ("one,two\n1,2\n", "lacks the columns label, post_id, text"),
    ],
)
def test_no_page_is_made_of_what_is_no_sheet(tmp_path, capsys, content, told):
    file = tmp_path / "c.csv"
    file.write_text(content)
    code, _, err = run(capsys, "codings", "page", file, "--task", "stance", "--out", tmp_path / "p.html")
    assert code == 1
    assert told in err
    assert err.count("\n") == 1
    assert not (tmp_path / "p.html").exists()


def test_a_sheet_is_read_though_one_of_its_posts_was_forgotten(warehouse, tmp_path, capsys):
    rows = sheet(run(capsys, "sample", "--warehouse", warehouse, "--task", "stance", "--n", 4)[1])
    assert "1 post forgotten" in run(capsys, "forget", rows[0]["post_id"], "--warehouse", warehouse)[1]
    file = coded(tmp_path / "a.csv", rows, "support")
    code, out, err = run(capsys, "codings", "import", file, "--warehouse", warehouse, "--task", "stance")
    told = "3 codings of stance by 1 coder (1); 1 post forgotten since, left out\n"
    assert (code, out) == (0, told), err
