"""Pages of people: what they say is what the warehouse says; nobody has one where names are pseudonyms."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

from warehouse.store import reading

Reporter = Callable[..., Path]


def people(folder: Path) -> dict[str, dict]:
    figures = json.loads((folder / "report.json").read_text(encoding="utf-8"))["figures"]
    return {row["name"]: row for row in figures["people"]["rows"]}


def test_everybody_named_has_a_page_with_the_counts_of_the_warehouse(
    community_file: Path, community_report: Path
) -> None:
    found = people(community_report)
    with reading(community_file) as db:
        known = db.query(
            "SELECT name, count(*)::INTEGER AS posts, count(DISTINCT thread_id)::INTEGER AS threads "
            "FROM posts JOIN authors USING (author_id) GROUP BY name"
        ).to_pylist()
    assert {name: (row["posts"], row["thread_count"]) for name, row in found.items()} == {
        row["name"]: (row["posts"], row["threads"]) for row in known
    }
    for row in found.values():
        assert row["name"] in (community_report / row["page"]).read_text(encoding="utf-8")


def test_a_person_stands_where_the_view_of_positions_puts_them(
    community_file: Path, community_report: Path
) -> None:
    with reading(community_file) as db:
        known = db.query("SELECT author, label, stance::VARCHAR AS stance FROM positions").to_pylist()
    told = {
        (name, stand["label"]): stand["side"]
        for name, row in people(community_report).items()
        for stand in row["stands"]
    }
    assert len(known) > 20
    assert {(row["author"], row["label"]): row["stance"] for row in known} == {
        key: side for key, side in told.items() if side != "raised"
    }


def test_answers_are_those_of_the_view_of_interactions(community_file: Path, community_report: Path) -> None:
    with reading(community_file) as db:
        known = db.query("FROM interactions").to_pylist()
    pairs = {(row["from_author"], row["to_author"]): row for row in known}
    for name, row in people(community_report).items():
        for other in row["answers"]:
            told = pairs[name, other["name"]]
            assert (other["replies"], other["supports"], other["opposes"]) == (
                told["replies"],
                told["supports"],
                told["opposes"],
            )


def test_moderation_meets_the_author_of_the_post_and_is_done_by_staff(community_report: Path) -> None:
    found = people(community_report)
    staff = found["Clementine (staff)"]
    assert {act["kind"] for act in staff["did"]} == {"posts removed", "post hidden"}
    assert staff["met"] == []
    met = [act for row in found.values() for act in row["met"]]
    assert {act["kind"] for act in met} == {"post hidden"}
    assert {act["actor"] for act in met} == {"Clementine (staff)"}


def test_names_lead_to_their_pages(community_report: Path) -> None:
    page = people(community_report)["Ottilie B"]["page"]
    assert f'href="{page}"' in (community_report / "people.html").read_text(encoding="utf-8")
    thread = max((community_report / "threads").iterdir(), key=lambda file: file.stat().st_size)
    assert 'href="../people/' in thread.read_text(encoding="utf-8")
    proposal = next((community_report / "proposals").glob("*-support-1.html"))
    assert 'href="../people/' in proposal.read_text(encoding="utf-8")


def test_words_that_ask_for_something_and_are_for_it_stand_once(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    post = rows.post(thread, 1, author, "Please build it", communities.NOW)
    rows.mention(post, "p", "Please build it", 0, "propose")
    rows.stance(post, author, "support", "Please build it", 0, proposal_id="p")
    row = people(report(rows.save(tmp_path / "once.duckdb")))["Ann"]
    assert [(said["side"], said["asks"]) for said in row["said"]] == [("support", True)]
    assert (row["asked_for"], row["stands"][0]["statements"]) == (1, 1)


def test_somebody_of_many_words_stands_where_their_older_ones_put_them(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    for number in range(100):
        rows.proposal(f"p{number:02}", f"Thing {number:02}")
        post = rows.post(
            thread, number + 1, author, "Please build it", communities.NOW - timedelta(days=100 - number)
        )
        rows.mention(post, f"p{number:02}", "Please build it", 0, "propose")
        if number == 0:
            rows.stance(post, author, "oppose", "build it", 7, proposal_id="p00")
    folder = report(rows.save(tmp_path / "words.duckdb"))
    row = people(folder)["Ann"]
    assert (row["asked_for"], row["said_part"]["shown"], len(row["stands"])) == (100, 60, 20)
    assert row["sentence"].endswith("Stands against “Thing 00”.")
    assert (row["stands"][0]["label"], row["stands"][0]["side"]) == ("Thing 00", "oppose")
    page = (folder / row["page"]).read_text(encoding="utf-8")
    assert "80 more proposals of which they said less." in page


def test_the_pages_of_people_are_bounded(report: Reporter, tmp_path: Path, communities) -> None:
    rows = communities.Rows()
    rows.site()
    thread = rows.thread(1, "Everybody")
    for number in range(230):
        at = communities.NOW + timedelta(minutes=number)
        for position in (1, 2) if number < 5 else (1,):
            rows.post(thread, 10 * number + position, rows_author(rows, number), "words", at)
    found = people(report(rows.save(tmp_path / "crowd.duckdb")))
    assert len(found) == 200
    assert {f"member {number}" for number in range(5)} <= set(found)


def rows_author(rows, number: int) -> str:
    key = f"s:member {number}"
    known = {row["author_id"] for row in rows.tables.get("authors", [])}
    return key if key in known else rows.author(f"member {number}")


def test_nobody_has_a_page_where_names_are_pseudonyms(report: Reporter, tmp_path: Path, communities) -> None:
    rows = communities.Rows()
    rows.site()
    thread = rows.thread(1, "One thread")
    for number in range(3):
        author = rows.author(f"member-{number:010x}")
        rows.post(thread, number + 1, author, "words", communities.NOW + timedelta(hours=number))
    folder = report(rows.save(tmp_path / "veiled.duckdb"))
    assert not (folder / "people.html").exists()
    assert not (folder / "people").exists()
    assert "people.html" not in (folder / "index.html").read_text(encoding="utf-8")
    assert "member-" in next((folder / "threads").iterdir()).read_text(encoding="utf-8")


MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_lost_post_is_in_no_count_of_a_person(
    communities: ModuleType, tmp_path: Path, report: Reporter
) -> None:
    rows = communities.Rows()
    rows.site()
    ann, bo = rows.author("Ann"), rows.author("Bo")
    for number in (1, 2):
        thread = rows.thread(number, "A thread")
        rows.post(thread, 1, bo, "Words", MONDAY)
        rows.post(
            thread, 2, ann, "Words", MONDAY if number == 1 else None, state=("visible", "ghost")[number - 1]
        )
    ann_told = people(report(rows.save(tmp_path / "w.duckdb")))["Ann"]
    assert (ann_told["posts"], ann_told["thread_count"], len(ann_told["threads"])) == (1, 1, 1)


def test_an_answer_to_two_people_is_one_to_each_as_the_view_has_it(
    communities: ModuleType, tmp_path: Path, report: Reporter
) -> None:
    rows = communities.Rows()
    rows.site()
    people_known = [rows.author(name) for name in ("Ann", "Bo", "Cy")]
    thread = rows.thread(1, "A thread")
    first, second, answer = (
        rows.post(thread, at, author, "Words", MONDAY) for at, author in enumerate(people_known, start=1)
    )
    rows.reply(answer, second)
    rows.add(
        "replies", post_id=answer, parent_post_id=first, method="quote", confidence=0.9, is_primary=False
    )
    told = people(report(rows.save(tmp_path / "w.duckdb")))["Cy"]["answers"]
    assert [(one["name"], one["replies"]) for one in told] == [("Ann", 1), ("Bo", 1)]


def test_what_a_person_wrote_before_the_period_does_not_begin_it(
    communities: ModuleType, tmp_path: Path, report: Reporter
) -> None:
    rows = communities.Rows()
    rows.site()
    ann, thread = rows.author("Ann"), rows.thread(1, "A thread")
    for position, day in enumerate((0, 40), start=1):
        rows.post(thread, position, ann, "Words", MONDAY + timedelta(days=day))
    since = (MONDAY + timedelta(days=30)).date()
    told = people(report(rows.save(tmp_path / "w.duckdb"), since=since))["Ann"]
    assert (told["posts"], told["first_day"], told["last_day"]) == (1, "11 Apr 2026", "11 Apr 2026")


def test_a_list_that_is_cut_says_how_many_it_leaves_out(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    busy = rows.author("Busy")
    for number in range(14):
        thread, other = rows.thread(number, f"Thread {number}"), rows.author(f"P{number}")
        at = communities.NOW - timedelta(hours=number + 2)
        opening = rows.post(thread, 1, other, "A question", at)
        rows.reply(rows.post(thread, 2, busy, "An answer", at + timedelta(hours=1)), opening)
    folder = report(rows.save(tmp_path / "busy.duckdb"))
    page = (folder / people(folder)["Busy"]["page"]).read_text(encoding="utf-8")
    assert "… and 2 more threads</p>" in page
    assert "… and 4 more people</p>" in page
    row = people(folder)["P1"]
    assert "… and" not in (folder / row["page"]).read_text(encoding="utf-8")


def test_whoever_says_much_of_one_thing_is_shown_with_all_else_that_they_stand_for(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("old", "The old thing")
    rows.proposal("new", "The new thing")
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    for number in range(80):
        label = "old" if number == 0 else "new"
        at = communities.NOW - timedelta(days=100 - number)
        post = rows.post(thread, number + 1, author, "Please build it", at)
        rows.mention(post, label, "Please build it", 0, "propose")
        rows.stance(post, author, "support", "Please build it", 0, proposal_id=label)
    folder = report(rows.save(tmp_path / "much.duckdb"))
    row = people(folder)["Ann"]
    assert {stand["label"]: stand["statements"] for stand in row["stands"]} == {
        "The old thing": 1,
        "The new thing": 79,
    }
    assert [stand["label"] for stand in row["stands"] if stand["anchor"] is None] == []
    assert row["stretch"][0] == "7 Mar 2026"
    assert row["said_part"] == {"total": 80, "shown": 60}
    page = (folder / row["page"]).read_text(encoding="utf-8")
    assert page.count('<blockquote class="evidence') == 60
    assert "Drawn: 60 of 80 statements, the newest on each proposal before others." in page
