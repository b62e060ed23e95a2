"""Exports of Telegram, WhatsApp, Mattermost and Zulip as somebody gives them to `folkmoot parse`: files, folders, zips."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli import main
from tests.folkmoot.asking import ask

GOLDEN = Path(__file__).parents[1] / "golden"


def parse(db: Path, *paths: Path) -> None:
    """Stops the test where anything could not be read: the command exits with 1 then."""
    main(["parse", *map(str, paths), "--warehouse", str(db)])


def parents(db: Path) -> dict[str, tuple[str, str]]:
    sql = "SELECT post_id, parent_post_id, method FROM replies WHERE is_primary"
    return {
        str(post).rpartition("/")[2]: (str(parent).rpartition("/")[2], str(method))
        for post, parent, method in ask(db, sql)
    }


def message(number: int, text: str, **more: Any) -> dict[str, Any]:
    who = {"from": "Pia", "from_id": "user1"}
    return {
        "id": number, "type": "message", "date_unixtime": str(1709283600 + number), **who, "text": text, **more
    }  # fmt: skip


def chat(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Quay", "type": "private_supergroup", "id": 5, "messages": list(messages)}


@pytest.fixture
def result(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def test_an_answer_on_telegram_is_an_answer_and_all_else_follows_what_was_said_last(result, db):
    said = [message(n, f"Boat {n} is in.") for n in range(1, 5)]
    said.append(message(5, "Which one?", reply_to_message_id=2))
    result.write_text(json.dumps(chat(*said)))
    parse(db, result)
    found = parents(db)
    assert found["4"] == ("3", "sequence")
    assert found["5"] == ("2", "native")


def test_an_answer_to_a_message_that_is_not_in_the_export_is_kept_without_it(result, db):
    result.write_text(json.dumps(chat(message(1, "Hello."), message(2, "Why?", reply_to_message_id=99))))
    parse(db, result)
    assert ask(db, "SELECT text FROM posts ORDER BY posted_at") == [("Hello.",), ("Why?",)]
    assert parents(db)["2"][1] != "native"


def test_a_later_export_of_the_same_chat_adds_what_is_new(tmp_path, db):
    for day, count in (("a", 2), ("b", 3)):
        file = tmp_path / day / "result.json"
        file.parent.mkdir()
        file.write_text(json.dumps(chat(*(message(n, f"Boat {n} is in.") for n in range(1, count + 1)))))
        parse(db, file)
    assert ask(db, "SELECT count(*) FROM posts") == [(3,)]
    assert ask(db, "SELECT count(*) FROM threads") == [(1,)]


@pytest.mark.parametrize("form", ["folder", "zip", "second page first"])
def test_the_pages_of_telegrams_html_are_one_talk(tmp_path, db, form):
    folder = tmp_path / "ChatExport_2024-03-02"
    folder.mkdir()
    for case, name in (("first", "messages.html"), ("second", "messages2.html")):
        (folder / name).write_bytes((GOLDEN / "telegram_html" / case / "page.html").read_bytes())
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "chat.zip", "w") as archive:
            for file in folder.iterdir():
                archive.write(file, f"{folder.name}/{file.name}")
        parse(db, tmp_path / "chat.zip")
    elif form == "folder":
        parse(db, folder)
    else:
        parse(db, folder / "messages2.html")
        parse(db, folder / "messages.html")
    assert ask(db, "SELECT title FROM threads") == [("Lighthouse owners",)]
    assert parents(db)["1004"] == ("3", "native")
    times = [moment for (moment,) in ask(db, "SELECT posted_at FROM posts WHERE state = 'visible'")]
    assert len(times) == 12 and all(times)


@pytest.mark.parametrize("place", ["", "chats/chat_01/"])
def test_a_chat_exported_in_both_forms_is_read_once(tmp_path, db, place):
    folder = tmp_path / "export"
    (folder / place).mkdir(parents=True)
    page = (GOLDEN / "telegram_html" / "first" / "page.html").read_bytes()
    (folder / place / "messages.html").write_bytes(page)
    (folder / "result.json").write_text(json.dumps(chat(message(1, "Hello."))))
    parse(db, folder)
    assert ask(db, "SELECT title FROM threads") == [("Quay",)]


def test_private_talk_in_the_export_of_an_account_is_left_out_and_told(result, db, capsys):
    result.write_bytes((GOLDEN / "telegram_export" / "account" / "page.json").read_bytes())
    parse(db, result)
    assert "chats with one person, left out: 2" in capsys.readouterr().err
    assert ask(db, "SELECT title FROM threads ORDER BY title") == [("Old quay",), ("Quay",)]
    assert ask(db, "SELECT count(*) FROM authors WHERE name = 'Oskar'") == [(0,)]


def test_a_chat_with_one_person_that_was_exported_by_itself_is_read(result, db):
    result.write_text(json.dumps(chat(message(1, "Between us.")) | {"type": "personal_chat"}))
    parse(db, result)
    assert ask(db, "SELECT text FROM posts") == [("Between us.",)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        (json.dumps(chat(message(1, "Hello.")))[:-20], "was it cut off?"),
        (json.dumps(chat()), "nobody wrote a message in it"),
    ],
    ids=["empty", "half", "silent"],
)
def test_an_export_that_cannot_be_read_is_told_in_a_line(result, db, content, told, capsys):
    result.write_text(content)
    with pytest.raises(SystemExit):
        parse(db, result)
    assert told in capsys.readouterr().err


def test_removed_members_and_new_titles_of_a_group_are_moderation(tmp_path, db):
    parse(db, GOLDEN / "telegram_export" / "group" / "page.json")
    main(["analyze", "--warehouse", str(db)])
    sql = "SELECT kind::VARCHAR, excerpt FROM moderation_events WHERE method = 'platform' ORDER BY kind::VARCHAR"
    assert ask(db, sql) == [
        ("thread_retitled", "Lighthouse owners"),
        ("user_banned", "removed Troll, Bot"),
    ]


def test_what_an_administrator_of_mattermost_deleted_is_removed_and_told(tmp_path, db):
    parse(db, GOLDEN / "mattermost" / "thread" / "page.json")
    assert ask(db, "SELECT text FROM posts WHERE state = 'removed'") == [("",)]
    main(["analyze", "--warehouse", str(db)])
    sql = "SELECT kind::VARCHAR, a.name FROM moderation_events e JOIN authors a ON a.author_id = actor_author_id"
    assert ask(db, sql) == [("post_removed", "u9")]


def test_quotes_on_zulip_lead_to_the_messages_that_they_name(tmp_path, db):
    parse(db, GOLDEN / "zulip" / "markdown" / "page.json")
    assert ask(db, "SELECT post_id, source_post_id, source_method FROM quotes ORDER BY quote_id LIMIT 3") == [
        ("local:103", "local:101", "link"),
        ("local:104", "local:103", "link"),
        ("local:104", "local:101", "link"),
    ]
    assert ask(db, "SELECT title, is_solved FROM threads ORDER BY title") == [
        ("fog horn", True),
        ("general chat", False),
    ]


@pytest.mark.parametrize(
    ("file", "inside"),
    [("WhatsApp Chat - Quay.zip", "_chat.txt"), ("quay.zip", "WhatsApp Chat with Quay.txt")],
    ids=["iphone", "android"],
)
def test_a_chat_of_whatsapp_is_called_as_its_file_is_and_an_earlier_export_of_it_adds_nothing(
    tmp_path: Path, db: Path, file: str, inside: str
) -> None:
    said = [f"13/02/2024, 10:0{n} - Pia: Boat {n} is in.\n" for n in range(5)]
    for last in (3, 5, 3):
        with zipfile.ZipFile(tmp_path / file, "w") as packed:
            packed.writestr(inside, "".join(said[:last]))
            packed.writestr("IMG-20240213-WA0001.jpg", b"\xff\xd8\xff")
        parse(db, tmp_path / file)
    assert ask(
        db,
        "SELECT title, count(*), min(posts.state)::VARCHAR FROM posts JOIN threads USING (thread_id) GROUP BY 1",
    ) == [("Quay", 5, "visible")]
    assert {method for _, method in parents(db).values()} == {"sequence"}
