"""An exported workspace of Slack: its days are files, its threads go on for days, its people stand beside."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli import main
from tests.folkmoot.asking import ask

ROOT, SECOND, THIRD = "1709283600.000100", "1709370000.000200", "1709456400.000300"


def message(user: str, ts: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": user, "ts": ts, "text": text, **more}


def in_thread(user: str, ts: str, text: str) -> dict[str, Any]:
    return message(user, ts, text, thread_ts=ROOT)


DAYS = {
    "wishes/2024-03-01.json": [
        message("U1", "1709280000.000100", "Good morning, quay."),
        in_thread("U1", ROOT, "Please add a switch for the fog horn."),
    ],
    "wishes/2024-03-02.json": [in_thread("U2", SECOND, "<@U1> I am against that, it saves ships.")],
    "wishes/2024-03-03.json": [
        in_thread("U3", THIRD, "We will add it in April."),
        message("U2", "1709456500.000100", "Good evening."),
    ],
    "quay/2024-03-01.json": [message("U1", "1709283700.000100", "joined", subtype="channel_join")],
}
PEOPLE = [
    {"id": "U1", "name": "pia", "profile": {"display_name": "Pia B.", "real_name": "Pia Brandt"}},
    {"id": "U2", "name": "oskar", "profile": {"display_name": "", "real_name": "Oskar Lind"}},
    {"id": "U3", "name": "ida", "profile": {"display_name": "Ida"}, "is_admin": True},
]
LISTS = {"users.json": PEOPLE, "channels.json": [{"id": "C1", "name": "wishes"}], "canvases.json": []}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in (DAYS | LISTS).items():
        file = tmp_path / "export" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))
    return tmp_path / "export"


@pytest.fixture
def packed(tmp_path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for file in folder.rglob("*.json"):
            archive.write(file, file.relative_to(folder))
    return tmp_path / "export.zip"


def parse(db: Path, *paths: Path) -> None:
    """Stops the test where anything could not be read: the command exits with 1 then."""
    main(["parse", *map(str, paths), "--warehouse", str(db)])


def talk(db: Path) -> list[tuple[object, ...]]:
    return ask(
        db,
        "SELECT a.name, p.position, p.text FROM posts p JOIN authors a USING (author_id) "
        f"WHERE p.thread_id = 'local:wishes/{ROOT}' ORDER BY p.position",
    )


WHOLE = [
    ("Pia B.", 1, "Please add a switch for the fog horn."),
    ("Oskar Lind", 2, "@Pia B. I am against that, it saves ships."),
    ("Ida", 3, "We will add it in April."),
]


@pytest.mark.parametrize("form", ["folder", "packed"])
def test_a_thread_is_one_however_many_days_it_takes(tmp_path, form, request):
    db = tmp_path / "w.duckdb"
    parse(db, request.getfixturevalue(form))
    assert talk(db) == WHOLE
    assert ask(db, "SELECT title, stated_reply_count FROM threads ORDER BY title") == [
        ("#wishes", None),
        ("Please add a switch for the fog horn.", None),
    ]
    assert ask(db, "SELECT name FROM authors WHERE is_staff") == [("Ida",)]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)])
def test_days_may_be_read_apart_and_in_any_order(tmp_path, folder, order):
    db = tmp_path / "w.duckdb"
    for day in order:
        parse(db, folder / "wishes" / f"2024-03-0{day}.json")
    assert talk(db) == WHOLE
    said = "SELECT text, position FROM posts WHERE thread_id = 'local:wishes' ORDER BY posted_at"
    assert ask(db, said) == [("Good morning, quay.", None), ("Good evening.", None)]


def test_a_name_in_a_message_tells_whom_it_answers(tmp_path, packed):
    db = tmp_path / "w.duckdb"
    parse(db, packed)
    answers = "SELECT parent_post_id, method FROM replies WHERE is_primary AND post_id = 'local:wishes/{}'"
    assert ask(db, answers.format(SECOND)) == [(f"local:wishes/{ROOT}", "address")]


def test_without_the_list_of_members_people_are_known_by_their_accounts(tmp_path, folder):
    (folder / "users.json").unlink()
    db = tmp_path / "w.duckdb"
    parse(db, folder / "wishes")
    assert [who for who, *_ in talk(db)] == ["U1", "U2", "U3"]
    assert talk(db)[1][2] == "@U1 I am against that, it saves ships."


@pytest.mark.parametrize(
    "damaged", ["", "[", "{}", "[1, null]", '[{"id": "U1", "profile": []}]', '[{"id": 5}]']
)
def test_a_damaged_list_of_members_costs_the_names_only(tmp_path, folder, damaged):
    (folder / "users.json").write_text(damaged)
    db = tmp_path / "w.duckdb"
    parse(db, folder)
    assert [who for who, *_ in talk(db)] == ["U1", "U2", "U3"]


def test_whoever_joins_a_channel_answers_what_was_said_last_not_what_was_said_first(tmp_path):
    said = [message(f"U{n}", f"17092836{n:02}.000100", f"Boat {n} is in.") for n in range(6)]
    day = tmp_path / "quay" / "2024-03-01.json"
    day.parent.mkdir()
    day.write_text(json.dumps(said))
    db = tmp_path / "w.duckdb"
    parse(db, day)
    found = ask(db, "SELECT post_id, parent_post_id FROM replies WHERE is_primary ORDER BY post_id")
    ids = [f"local:quay/{each['ts']}" for each in said]
    assert found == list(zip(ids[1:], ids, strict=False))
