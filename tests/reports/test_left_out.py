"""What a report leaves out of its lists is said, and leads to where it is."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

Reporter = Callable[..., Path]


def summary(folder: Path) -> dict:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))["figures"]["summary"]


def front(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def test_what_is_asked_for_in_no_proposal_is_counted_and_can_be_read(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, ann, bo = rows.thread(1, "One day"), rows.author("Ann"), rows.author("Bo")
    for position, (author, wish, sure) in enumerate(
        ((ann, "Add a dark mode", 0.9), (ann, "Add a clock", 0.8), (bo, "Paint it", 0.5), (bo, "Hm", 0.3)), 1
    ):
        post = rows.post(thread, position, author, f"{wish}, will you?", communities.NOW)
        rows.mention(post, None, wish, 0, "propose", confidence=sure)
    rows.mention(post, None, "will you", 4, "advise")
    folder = report(rows.save(tmp_path / "outside.duckdb"))
    assert (summary(folder)["outside_requests"], summary(folder)["outside_people"]) == (3, 2)
    assert 'In no proposal: <a href="proposals/none-1.html">3 requests by 2 people</a>.' in front(folder)
    page = (folder / "proposals" / "none-1.html").read_text(encoding="utf-8")
    marks = [part.partition("</mark>")[0] for part in page.split("<mark>")[1:]]
    assert marks == ["Add a dark mode", "Paint it", "Add a clock"]
    assert '<a href="../proposals.html" dir="auto">Proposals</a>' in page


def test_where_all_that_is_asked_for_is_in_a_proposal_nothing_is_said(
    community_report: Path,
) -> None:
    assert summary(community_report)["outside_requests"] == 0
    assert "In no proposal" not in front(community_report)


def test_posts_dated_in_the_future_are_told_until_they_are_asked_for(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, ann = rows.thread(1, "One thread"), rows.author("Ann")
    rows.post(thread, 1, ann, "words", communities.NOW - timedelta(days=2))
    rows.post(thread, 2, ann, "from a clock that is wrong", communities.NOW + timedelta(days=900))
    held = rows.save(tmp_path / "future.duckdb")
    folder = report(held)
    assert (summary(folder)["posts"], summary(folder)["future_posts"]) == (1, 1)
    assert "1 post is dated in the future: left out" in front(folder)
    later = report(held, name="later", until=date(2030, 1, 1))
    assert (summary(later)["posts"], summary(later)["future_posts"]) == (2, 0)
    early = report(held, name="early", until=(communities.NOW - timedelta(days=1)).date())
    assert summary(early)["future_posts"] == 1
    assert "dated in the future" not in front(later)


def test_turns_beyond_those_listed_are_counted(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, ann = rows.thread(1, "One thread"), rows.author("Ann")
    for number in range(31):
        post = rows.post(thread, number + 1, ann, "Hm", communities.NOW - timedelta(days=40 - number))
        rows.mention(post, "p", "Hm", 0)
        rows.stance(post, ann, "oppose" if number % 2 else "support", "Hm", 0, proposal_id="p")
    folder = report(rows.save(tmp_path / "turns.duckdb"))
    page = next(file for file in (folder / "proposals").glob("*.html") if "-1.html" not in file.name)
    assert "<summary>16 earlier turns; 10 before these are not shown</summary>" in page.read_text("utf-8")


def test_proposals_that_the_report_leaves_out_are_among_those_found(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, ann = rows.thread(1, "One thread"), rows.author("Ann")
    post = rows.post(thread, 1, ann, "Yes, build it", communities.NOW)
    rows.mention(post, "p", "build it", 5)
    rows.stance(post, ann, "support", "Yes", 0, proposal_id="p")
    for number in range(50):
        rows.proposal(f"d{number}", f"Found {number}", origin="discovered")
        rows.mention(post, f"d{number}", "build it", 5, "propose")
    folder = report(rows.save(tmp_path / "many.duckdb"))
    told = "51 proposals found, of which this report shows 41. “A thing” has the most net support"
    assert told in front(folder)
    assert "All 41 proposals listed" in front(folder)


def test_where_nobody_is_known_as_staff_nothing_is_counted_as_theirs(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    def told(*, staff: bool) -> tuple[bool, bool]:
        rows = communities.Rows()
        rows.site()
        thread, ann, bo = rows.thread(1, "One thread"), rows.author("Ann"), rows.author("Bo", staff=staff)
        rows.post(thread, 1, ann, "words", communities.NOW - timedelta(hours=2))
        rows.post(thread, 2, bo, "words", communities.NOW)
        page = front(report(rows.save(tmp_path / f"staff-{staff}.duckdb"), name=f"staff-{staff}"))
        return "Answered by staff" in page, "Nobody is known as staff here." in page

    assert told(staff=True) == (True, False)
    assert told(staff=False) == (False, True)
