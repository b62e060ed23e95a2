"""What became of ideas: the section on the front page, the list behind its counts, and the threads."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.reports.pages import dead_links, figures

Reporter = Callable[..., Path]
WEEK = timedelta(days=7)


@pytest.fixture
def ideas(communities: ModuleType, tmp_path: Path) -> Callable[..., Path]:
    """A warehouse of ideas: of each its title, votes, and the statuses that weekly crawls saw, the last now."""

    def made(*told: tuple[str, int | None, tuple[str | None, ...]], name: str = "ideas") -> Path:
        rows = communities.Rows()
        rows.site()
        rows.add("boards", board_id="s:ideas", site_id="s", title="Ideas", url="https://forum.example.com/b")
        ann, bo = rows.author("Ann"), rows.author("Bo")
        for number, (title, votes, statuses) in enumerate(told, 1):
            seen = [communities.NOW - WEEK * back for back in range(len(statuses) - 1, -1, -1)]
            thread = rows.thread(
                number, title, "s:ideas", status=statuses[-1], is_solved=statuses[-1] == "Shipped",
                first_seen_at=seen[0], last_seen_at=seen[-1],
            )  # fmt: skip
            rows.post(thread, 1, ann, "Please build it.", communities.NOW - 10 * WEEK, like_count=votes)
            rows.post(thread, 2, bo, "Mine too.", communities.NOW - WEEK / 2)
            before = None
            for at, status in zip(seen, statuses, strict=True):
                if status != before or at == seen[0]:
                    rows.add("thread_statuses", thread_id=thread, seen_at=at, status=status)
                before = status
        return rows.save(tmp_path / f"{name}.duckdb")

    return made


def page(folder: Path, name: str = "index.html") -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_a_community_without_statuses_has_no_ideas(community_report: Path) -> None:
    assert "What became of ideas" not in page(community_report)
    assert 'href="ideas.html"' not in page(community_report)
    assert not (community_report / "ideas.html").exists()


def test_the_front_page_tells_what_changed_what_waits_and_what_was_declined(
    report: Reporter, ideas: Callable[..., Path]
) -> None:
    folder = report(
        ideas(
            ("Night mode", 48, ("New", "New", "Declined")),
            ("Tip jar", 31, ("New", "Planned", "Shipped")),
            ("Webhooks", 12, ("New", "New", "New")),
            ("Half stars", 90, ("Declined", "Declined", "Declined")),
        )
    )
    found = figures(folder)["ideas"]
    assert found["sentence"] == (
        "Of 4 ideas, 1 waits for an answer (for 70 days); 2 ideas changed status lately. "
        "2 got a first answer that the crawls saw come, half of them after 66 days or more. "
        "Most wanted of those declined: “Half stars” (90 votes)."
    )
    assert [(row["name"], row["says"], row["ideas"]) for row in found["statuses"]] == [
        ("New", "waits for an answer", 1), ("Shipped", "done", 1), ("Declined", "declined", 2),
    ]  # fmt: skip
    assert [(row["title"], row["change"], row["direction"]) for row in found["changed"]] == [
        ("Night mode", "New → Declined", "down"), ("Tip jar", "New → Planned → Shipped", "up"),
    ]  # fmt: skip
    assert [(row["title"], row["votes"], row["waited"]) for row in found["waiting"]] == [
        ("Webhooks", 12, "70 days")
    ]
    assert [(row["title"], row["waited"], row["since"]) for row in found["declined"]] == [
        ("Half stars", "", "before 1 Jun 2026"), ("Night mode", "70 days", "15 Jun 2026"),
    ]  # fmt: skip
    front = page(folder)
    assert front.index("h-proposals") < front.index("h-ideas") < front.index("h-emerging")
    assert "<bdi>New → Planned → Shipped</bdi> · 31 votes · seen 15 Jun 2026" in front
    assert dead_links(folder) == []


def test_every_count_of_a_status_leads_to_its_ideas(report: Reporter, ideas: Callable[..., Path]) -> None:
    told = [(f"Idea {number:03}", number, ("Open", "Planned")) for number in range(130)]
    folder = report(ideas(*told, ("Silence", None, ("Open", "Open"))))
    listed = page(folder, "ideas.html")
    for status in figures(folder)["ideas"]["statuses"]:
        place = f'href="ideas.html#{status["anchor"]}">{status["ideas"]}<'
        assert place in page(folder)
        rows = listed.partition(f'<h2 id="{status["anchor"]}">')[2].partition("</section>")[0]
        assert rows.count('<th scope="row">') == min(status["ideas"], 100)
    assert "The 100 most voted; the view idea_outcomes holds all." in listed
    assert "All 130 that changed" in page(folder)
    assert listed.partition('id="h-changed"')[2].partition("</section>")[0].count("<li ") == 100
    assert dead_links(folder) == []


def test_the_thread_tells_in_place_when_its_status_changed(
    report: Reporter, ideas: Callable[..., Path]
) -> None:
    folder = report(ideas(("Night mode", 48, ("New", "Planned", "New")), ("Old", 3, ("Shipped",))))
    night, old = sorted(
        (path.read_text(encoding="utf-8") for path in (folder / "threads").glob("*.html")),
        key=lambda text: "Night mode" not in text,
    )
    first = night.index('status New → Planned</strong> <span class="hint">noticed 8 Jun 2026')
    back = night.index('status Planned → New</strong> <span class="hint">noticed 15 Jun 2026')
    assert night.index("Please build it.") < first < night.index("Mine too.") < back
    assert 'id="status-' not in old  # found with it: nobody knows since when


def test_a_status_taken_back_is_a_change_too(report: Reporter, ideas: Callable[..., Path]) -> None:
    folder = report(ideas(("Night mode", 1, ("A", "B", "C", "D", "A"))))
    (row,) = figures(folder)["ideas"]["changed"]
    assert row["change"] == "A → … → D → A"
    assert row["direction"] == "level"


def test_where_silence_is_the_word_for_waiting_it_is_called_so(
    report: Reporter, ideas: Callable[..., Path]
) -> None:
    folder = report(ideas(("Asked", 9, (None, None)), ("Answered", 2, (None, "Planned"))))
    found = figures(folder)["ideas"]
    assert [(row["name"], row["ideas"]) for row in found["statuses"]] == [
        ("no answer yet", 1),
        ("Planned", 1),
    ]
    assert [row["change"] for row in found["changed"]] == ["no answer yet → Planned"]


def test_changes_before_the_recent_stretch_are_not_told_again(
    report: Reporter, ideas: Callable[..., Path]
) -> None:
    held = ideas(("Night mode", 48, ("New", "Planned", "Planned")))
    assert figures(report(held, compare=date(2026, 6, 1)))["ideas"]["counts"]["changed"] == 1
    assert figures(report(held, name="later", compare=date(2026, 6, 10)))["ideas"]["counts"]["changed"] == 0


def test_statuses_that_mean_harm_stay_words(report: Reporter, ideas: Callable[..., Path]) -> None:
    folder = report(
        ideas(
            ("Long", 5, ("New", "x" * 10_000)),
            ("Turned", 4, ("New", "\u202edenilceD\u2066")),
            ("Script", 3, ("New", "<script>alert(1)</script>")),
            *((f"Own {number}", 1, ("New", f"RESOLVED DUPLICATE of bug {number}")) for number in range(30)),
        )
    )
    every = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.html"))
    assert "x" * 41 not in every
    assert "\u202e" not in every
    assert "<script>alert" not in every
    assert "9 rarer statuses" in page(folder)
    assert dead_links(folder) == []


def test_the_same_ideas_give_the_same_bytes(report: Reporter, ideas: Callable[..., Path]) -> None:
    told = [("Night mode", 48, ("New", "Planned")), ("Tip jar", 48, ("New", "Planned"))]
    one, other = report(ideas(*told)), report(ideas(*told, name="again"), name="again")
    for file in ("index.html", "ideas.html", "report.json"):
        assert page(one, file) == page(other, file)


def test_a_report_with_ideas_is_written_over_the_last_one(
    report: Reporter, ideas: Callable[..., Path], community_file: Path
) -> None:
    held = ideas(("Night mode", 48, ("New", "Planned")))
    before = page(report(held), "ideas.html")
    assert page(report(held), "ideas.html") == before
    assert not (report(community_file) / "ideas.html").exists()
