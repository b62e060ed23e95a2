"""What was put to the vote, on the page of its thread and of the proposals that the asking post speaks of."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.reports.pages import dead_links

Reporter = Callable[..., Path]
WEEK = timedelta(days=7)


@pytest.fixture
def asked(communities: ModuleType, tmp_path: Path) -> Callable[..., Path]:
    """A warehouse with a poll: of each option the votes that weekly crawls saw, the last now."""

    def made(options: dict[str, tuple[int | None, ...]], confidence: float = 0.9, **poll: object) -> Path:
        rows = communities.Rows()
        rows.site()
        ann, bo = rows.author("Ann"), rows.author("Bo")
        rows.proposal("fee", "Lower the fee", "What it costs.")
        thread = rows.thread(1, "The fee")
        post = rows.post(thread, 1, ann, "Lower the fee. Vote below.", communities.NOW - 10 * WEEK)
        rows.post(thread, 2, bo, "I have.", communities.NOW - WEEK / 2)
        rows.mention(post, "fee", "Lower the fee.", 0, confidence=confidence)
        weeks = len(next(iter(options.values())))
        seen = [communities.NOW - WEEK * back for back in range(weeks - 1, -1, -1)]
        rows.add(
            "polls",
            **{
                "poll_id": f"{thread}#1", "thread_id": thread, "post_id": post, "question": "Lower it?",
                "option_count": len(options), "first_seen_at": seen[0], "last_seen_at": seen[-1], **poll,
            },
        )  # fmt: skip
        for number, (words, votes) in enumerate(options.items(), 1):
            for at, count in zip(seen, votes, strict=True):
                rows.add(
                    "poll_votes",
                    poll_id=f"{thread}#1",
                    option_number=number,
                    seen_at=at,
                    option=words,
                    votes=count,
                )
        return rows.save(tmp_path / "w.duckdb")

    return made


def told(folder: Path, page: str) -> str:
    """The words of the polls on a page, without markup."""
    file = min(folder.glob(page), key=lambda found: len(found.name))  # others hold the evidence
    html = file.read_text(encoding="utf-8")
    section = re.search(r'<section aria-labelledby="h-polls">.*?</section>', html, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", section[0]).split()) if section else ""


def test_a_thread_and_its_proposal_show_how_the_vote_stands(
    report: Reporter, asked: Callable[..., Path]
) -> None:
    folder = report(asked({"Yes": (30, 41), "No, never": (9, 9)}, voters=50))
    for page in ("threads/*.html", "proposals/fee-*.html"):
        said = told(folder, page)
        assert (
            "Lower it? Option Votes Since 8 Jun 2026 Yes 41 of 50 (82 %) +11 No, never 9 of 50 (18 %)" in said
        )
        assert "50 voters; seen last on 15 Jun 2026." in said
    assert "In The fee · in context · the post" in told(folder, "proposals/fee-*.html")
    assert dead_links(folder) == []


def test_a_vote_that_has_ended_says_when(
    report: Reporter, asked: Callable[..., Path], communities: ModuleType
) -> None:
    folder = report(asked({"Yes": (6,), "No": (2,)}, is_closed=True, closes_at=communities.NOW - 2 * WEEK))
    said = told(folder, "threads/*.html")
    assert "Yes 6 of 8 No 2 of 8 8 votes; ended 1 Jun 2026; seen last on 15 Jun 2026." in said
    assert "Since" not in said


def test_votes_that_the_forum_keeps_to_itself_are_no_zeros(
    report: Reporter, asked: Callable[..., Path]
) -> None:
    said = told(report(asked({"Yes": (None,), "No": (None,)})), "threads/*.html")
    assert "Yes not shown No not shown the forum does not show the votes" in said


def test_a_post_that_may_not_speak_of_a_proposal_brings_it_no_poll(
    report: Reporter, asked: Callable[..., Path]
) -> None:
    folder = report(asked({"Yes": (6,), "No": (2,)}, confidence=0.2))
    assert told(folder, "threads/*.html")
    assert not told(folder, "proposals/fee-*.html")


def test_a_report_that_ends_before_knows_of_no_later_vote(
    report: Reporter, asked: Callable[..., Path]
) -> None:
    folder = report(asked({"Yes": (6, 20), "No": (2, 2)}), until=date(2026, 6, 10))
    assert "Yes 6 of 8" in told(folder, "threads/*.html")


def test_twenty_of_a_hundred_options_are_shown(report: Reporter, asked: Callable[..., Path]) -> None:
    said = told(report(asked({f"Option {number}": (number,) for number in range(100)})), "threads/*.html")
    assert "Option 19" in said and "Option 20" not in said
    assert "80 more options at the forum." in said
