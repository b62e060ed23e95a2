"""A report from a warehouse: what it says is what the warehouse says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reports.errors import ReportError
from tests.reports.pages import dead_links, figures
from warehouse.store import reading

Reporter = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_ranking_is_the_leaderboard_of_the_warehouse(
    community_file: Path, community_report: Path
) -> None:
    rows = figures(community_report)["ranking"]["rows"]
    with reading(community_file) as db:
        known = db.query("FROM proposal_leaderboard WHERE mentions > 0").to_pylist()
    known.sort(key=lambda row: not row["supporters"] + row["opposers"])  # no side, no place by net support
    assert [(r["proposal_id"], r["supporters"], r["opposers"], r["net"], r["mentions"]) for r in rows] == [
        (k["proposal_id"], k["supporters"], k["opposers"], k["net_support"], k["mentions"]) for k in known
    ]


def test_contention_is_that_of_the_thread_overview(community_file: Path, community_report: Path) -> None:
    rows = figures(community_report)["threads"]["rows"]
    with reading(community_file) as db:
        known = {row["thread_id"]: row for row in db.query("FROM thread_overview").to_pylist()}
    assert len(rows) == len(known) == 40
    for row in rows:
        told = known[row["thread_id"]]
        assert row["contention"] == pytest.approx(told["contention"], abs=1e-3)
        assert (row["opposes"], row["supports"], row["posts"]) == (
            told["opposes"],
            told["supports"],
            told["posts"],
        )


def test_the_timeline_is_that_of_the_warehouse(community_file: Path, community_report: Path) -> None:
    months = figures(community_report)["timeline"]
    with reading(community_file) as db:
        (number,) = db.query("SELECT count(*)::INTEGER AS n FROM moderation_timeline")["n"].to_pylist()
    assert sum(len(month["events"]) for month in months) == number > 0


def test_every_side_of_a_proposal_leads_to_its_sentences(community_report: Path) -> None:
    folder = community_report
    for row in figures(folder)["ranking"]["rows"]:
        page = (folder / row["page"]).read_text(encoding="utf-8")
        for side, number in (("support", row["supporters"]), ("oppose", row["opposers"])):
            if number:
                evidence = (folder / row["page"].replace(".html", f"-{side}-1.html")).read_text(
                    encoding="utf-8"
                )
                assert f"-{side}-1.html" in page
                assert evidence.count('<blockquote class="evidence">') >= min(number, 50)
                assert 'href="https://forum.example.com/p/' in evidence


def test_a_period_counts_only_what_was_written_in_it(community_file: Path, report: Reporter) -> None:
    since, until = date(2025, 10, 1), date(2025, 12, 31)
    counts = figures(report(community_file, since=since, until=until))["summary"]
    with reading(community_file) as db:
        (posts,) = db.query(
            "SELECT count(*)::INTEGER AS n FROM posts WHERE posted_at >= '2025-10-01' AND posted_at < '2026-01-01'"
        )["n"].to_pylist()
    assert counts["posts"] == posts > 0


def test_compare_tells_what_changed_since_that_day(community_file: Path, report: Reporter) -> None:
    then, now = date(2026, 3, 1), date(2026, 5, 31)
    later = figures(report(community_file, name="later", until=now, compare=then))
    earlier = figures(report(community_file, name="earlier", until=then))
    moved = {row["proposal_id"]: row["net"] for row in later["ranking"]["rows"]}
    for row in earlier["ranking"]["rows"]:
        text = " ".join(
            item["text"] for item in later["changes"]["items"] if item["subject"] == row["label"]
        ).replace("−", "-")
        if moved[row["proposal_id"]] != row["net"] and text:
            assert f"{row['net']:+d} → {moved[row['proposal_id']]:+d}".replace("+0", "0") in text
    assert later["changes"]["sentence"].startswith("Since 2 Mar 2026")


def test_a_report_compares_with_the_last_one_that_is_a_week_old(
    community_file: Path, report: Reporter
) -> None:
    for until in (date(2026, 4, 20), date(2026, 5, 4), date(2026, 5, 10)):
        folder = report(community_file, until=until, now=datetime(2026, 5, 12, until.day, tzinfo=UTC))
    changes = figures(folder)["changes"]
    assert changes["sentence"].startswith("Since the last report, which went to 4 May 2026 (6 days): ")
    again = figures(report(community_file, until=date(2026, 5, 10), now=datetime(2026, 5, 13, tzinfo=UTC)))
    assert again["changes"] == changes
    asked = figures(report(community_file, until=date(2026, 5, 10), compare=date(2026, 4, 20)))
    assert asked["changes"]["sentence"].startswith("Since 21 Apr 2026 (20 days): ")


def test_whoever_is_known_by_an_answer_only_is_told_apart(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, ann, bo = rows.thread(1, "One thread"), rows.author("Ann"), rows.author("Bo")
    first = rows.post(thread, 1, ann, "Please build it.", communities.NOW)
    second = rows.post(thread, 2, bo, "So true.", communities.NOW + timedelta(hours=1))
    rows.reply(second, first)
    rows.mention(first, "p", "Please build it", 0, "propose")
    rows.stance(first, ann, "support", "Please build it", 0, proposal_id="p", rule="proposes")
    rows.stance(second, bo, "support", "So true", 0, proposal_id="p", rule="carried.agree", confidence=0.99)
    folder = report(rows.save(tmp_path / "carried.duckdb"))
    row = figures(folder)["ranking"]["rows"][0]
    assert (row["supporters"], row["said_supporters"]) == (2, 1)
    page = next((folder / "proposals").glob("*-support-1.html")).read_text(encoding="utf-8")
    assert page.index("Please build it") < page.index("So true")
    assert 'to <bdi>Ann</bdi>: <q dir="auto">Please build it.</q>' in page


def test_what_the_first_crawl_found_done_is_not_called_recent(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    post = rows.post(thread, 1, author, "words", communities.NOW - timedelta(days=1))
    rows.event(thread, None, "thread_locked", None, method="platform")
    rows.event(thread, post, "post_removed", None, method="recrawl")
    folder = report(rows.save(tmp_path / "seen.duckdb"))
    counts = figures(folder)["summary"]
    assert (counts["events"], counts["recent_events"]) == (2, 1)
    assert [month["name"] for month in figures(folder)["timeline"]] == ["Jun 2026", "When is not known"]


def test_what_became_of_an_idea_stands_beside_it(report: Reporter, tmp_path: Path, communities) -> None:
    rows = communities.Rows()
    rows.site()
    ann, bo = rows.author("Ann"), rows.author("Bo")
    for number, status in ((1, "Nicht geplant <b>"), (2, None)):
        thread = rows.thread(number, f"Idea {number}", status=status)
        asked = rows.post(thread, 1, ann, "Please build it.", communities.NOW - timedelta(days=3))
        answer = rows.post(thread, 2, bo, "No.", communities.NOW - timedelta(days=2))
        rows.reply(answer, asked, "native")
        rows.stance(answer, bo, "oppose", "No", 0, target="post", target_post_id=asked)
    folder = report(rows.save(tmp_path / "ideas.duckdb"))
    shown = "Nicht geplant &lt;b&gt;"
    for page in ("index.html", "threads.html"):
        assert (folder / page).read_text(encoding="utf-8").count(
            f'<span class="tag" dir="auto">{shown}</span>'
        ) == 1
    pages = sorted(page.read_text(encoding="utf-8") for page in (folder / "threads").glob("*.html"))
    assert [f"<bdi>{shown}</bdi>" in page for page in pages] == [True, False]
    assert [row["status"] for row in figures(folder)["threads"]["rows"]] == ["Nicht geplant <b>", None]


def test_what_its_author_may_have_taken_back_stands_apart_from_what_staff_did(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author, staff = rows.thread(1, "One thread"), rows.author("Ann"), rows.author("Mod", staff=True)
    posts = [rows.post(thread, at, author, "words", communities.NOW - timedelta(days=1)) for at in (1, 2)]
    rows.event(thread, posts[0], "post_removed", None, method="recrawl")
    at = communities.NOW - timedelta(days=10)  # too long ago to tell of the other removal
    rows.event(thread, posts[1], "post_removed", at, method="notice", actor_author_id=staff)
    folder = report(rows.save(tmp_path / "gone.duckdb"))
    moderation = figures(folder)["moderation"]
    assert [(kind["name"], kind["events"]) for kind in moderation["kinds"]] == [
        ("post removed", 1),
        ("post removed, by staff or its author", 1),
    ]
    assert "Of 1 of them nobody says whether staff did it or the author." in moderation["sentence"]
    told = (folder / moderation["kinds"][1]["page"]).read_text(encoding="utf-8")
    assert "<h1>Post removed, by staff or its author</h1>" in told
    assert told.count("<li>\n") == 1
    (page,) = (folder / "threads").iterdir()
    assert "post removed, by staff or its author (recrawl)" in page.read_text(encoding="utf-8")


def test_every_count_of_people_leads_to_its_evidence(community_report: Path) -> None:
    front = (community_report / "index.html").read_text(encoding="utf-8")
    for row in figures(community_report)["ranking"]["rows"]:
        for number, page in ((row["supporters"], row["support_page"]), (row["opposers"], row["oppose_page"])):
            assert not number or f'<a href="{page}">{number}<' in front


def test_a_lost_post_is_not_counted_among_those_of_its_thread(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    for position, state in ((1, "visible"), (2, "ghost"), (3, "visible")):
        rows.post(thread, position, author, "words", communities.NOW, state=state)
    folder = report(rows.save(tmp_path / "lost.duckdb"))
    page = next((folder / "threads").iterdir()).read_text(encoding="utf-8")
    assert "2 posts (and 1 lost post, known from quotes) by 1 known person" in page
    assert figures(folder)["threads"]["rows"][0]["posts"] == 2


def test_a_period_that_ends_before_it_begins_is_refused(community_file: Path, report: Reporter) -> None:
    with pytest.raises(ReportError, match=r"ends on 2025-01-01, before --since 2025-02-01"):
        report(community_file, since=date(2025, 2, 1), until=date(2025, 1, 1))
    with pytest.raises(ReportError, match=r"oldest post is of 2025-\d\d-\d\d, after --until 2024-12-31"):
        report(community_file, until=date(2024, 12, 31))


def test_small_numbers_carry_no_trend_line_and_no_percentage(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    for position in range(1, 4):
        post = rows.post(
            thread, position, author, "I want it", communities.NOW - timedelta(days=30 * position)
        )
        rows.mention(post, "p", "I want it", 0)
        rows.stance(post, author, "support", "I want it", 0, proposal_id="p")
    view = figures(report(rows.save(tmp_path / "few.duckdb")))["proposals"][0]
    assert [chart["key"] for chart in view["charts"]] == ["trend"]
    assert (view["favour"]["part"], view["favour"]["whole"]) == (1, 1)
    assert view["favour"]["low"] < 0.25


def test_an_empty_warehouse_gives_a_report_that_says_so(empty_file: Path, report: Reporter) -> None:
    text = (report(empty_file) / "index.html").read_text(encoding="utf-8")
    assert "Nobody spoke of any proposal in this period." in text
    assert "No moderation was seen in this period." in text


def test_a_stance_without_words_of_its_own_is_shown_with_the_reply_that_takes_it(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    post = rows.post(thread, 1, author, "What Bo said, and with bells on.", communities.NOW)
    rows.mention(post, "p", "What Bo said", 0)
    rows.stance(post, author, "support", "", 0, proposal_id="p", start_offset=None, end_offset=None)
    folder = report(rows.save(tmp_path / "carried.duckdb"))
    page = next((folder / "proposals").glob("*-support-1.html")).read_text(encoding="utf-8")
    assert '<p dir="auto">What Bo said, and with bells on.</p>' in page


def test_posts_without_any_date_are_counted_and_nothing_is_said_of_change(
    report: Reporter, tmp_path: Path, communities
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    post = rows.post(thread, 1, author, "I want it", None)
    rows.mention(post, "p", "I want it", 0)
    text = (report(rows.save(tmp_path / "undated.duckdb")) / "index.html").read_text(encoding="utf-8")
    assert "No post carries a date, so what changed cannot be told." in text
    assert "1 post has no date: counted, not drawn" in text
    assert "posts without dates" in text


def test_what_no_reader_could_read_is_bounded_and_said(report: Reporter, tmp_path: Path, communities) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "Towers"), rows.author("Ann")
    first = rows.post(thread, 1, author, "word " * 1_000_000, communities.NOW)
    post = rows.post(thread, 2, author, "and I answer", communities.NOW)
    rows.reply(post, first)
    for ordinal in range(1, 5001):
        rows.quote(post, "so you say", None, "Bo", ordinal=ordinal, depth=ordinal)
    for number in range(60):
        rows.proposal(f"d{number}", f"Discovered {number}", origin="discovered")
        rows.mention(post, f"d{number}", "and", 0)
    rows.event(thread, post, "post_hidden", communities.NOW)
    folder = report(rows.save(tmp_path / "towers.duckdb"))
    page = next((folder / "threads").glob("*.html")).read_text(encoding="utf-8")
    assert len(page) < 500_000
    assert "4 960 more quotes at the forum." in page
    assert "4\u202f980\u202f000 more characters at the forum." in page
    assert "20 discovered proposals of fewer people left out" in (folder / "proposals.html").read_text(
        "utf-8"
    )
    assert dead_links(folder) == []
