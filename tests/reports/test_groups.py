"""Who is for a proposal and who against it, by what is known of them."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.reports.pages import figures


def kinds(folder: Path) -> dict[str, dict[str, tuple[int, int, int]]]:
    """People for, against and for in part, by kind and group."""
    (proposal,) = figures(folder)["proposals"]
    return {
        kind["title"]: {
            group["name"]: (group["sides"][0]["total"], group["sides"][1]["total"], group["undecided"])
            for group in kind["groups"]
        }
        for kind in proposal["kinds"]
    }


def section(folder: Path) -> str:
    (proposal,) = figures(folder)["proposals"]
    page = (folder / proposal["page"]).read_text(encoding="utf-8")
    return page.partition('id="h-groups"')[2].partition("</section>")[0]


@pytest.fixture
def rows(communities: ModuleType) -> Any:
    made = communities.Rows()
    made.site()
    for key, title in (("s:i", "Ideas"), ("s:h", "Help")):
        made.add("boards", board_id=key, site_id="s", title=title, url=f"https://forum.example.com/{key}")
    made.proposal("dark", "Dark theme")
    made.thread(1, "In the ideas", board="s:i")
    made.thread(2, "In the help", board="s:h")
    return made


@pytest.fixture
def say(rows: Any, communities: ModuleType) -> Callable[..., None]:
    """Lets somebody take a stance in thread 1 or 2, some days before today."""

    def said(author: str, stance: str, *, thread: int = 1, ago: int = 5) -> None:
        position = len(rows.tables.get("posts", [])) + 1
        when = communities.NOW - timedelta(days=ago)
        post = rows.post(f"s:t{thread}", position, author, "Yes to it", when)
        rows.mention(post, "dark", "Yes to it", 0)
        rows.stance(post, author, stance, "Yes to it", 0, proposal_id="dark")

    return said


def test_each_person_counts_once_where_they_last_said_so(
    rows: Any, say: Callable[..., None], report: Callable[..., Path], tmp_path: Path
) -> None:
    ann, bo, cy = (rows.author(name) for name in ("Ann", "Bo", "Cy"))
    say(ann, "oppose", thread=2, ago=20)
    say(ann, "support", thread=1)
    say(bo, "oppose", thread=2)
    say(cy, "mixed", thread=2)
    folder = report(rows.save(tmp_path / "w.duckdb"))
    assert kinds(folder) == {"Board where they said so": {"Help": (0, 1, 1), "Ideas": (1, 0, 0)}}


def test_newcomers_and_staff_are_told_from_the_others(
    rows: Any, say: Callable[..., None], report: Callable[..., Path], tmp_path: Path
) -> None:
    old, new, boss = rows.author("Old"), rows.author("New"), rows.author("Boss", staff=True)
    say(old, "support", ago=120)
    for who in (old, new, boss):
        say(who, "oppose")
    folder = report(rows.save(tmp_path / "w.duckdb"))
    assert kinds(folder) == {
        "Role": {"members": (0, 2, 0), "staff": (0, 1, 0)},
        "Had written there for": {"less than 90 days": (0, 2, 0), "90 days or more": (0, 1, 0)},
    }


def test_a_difference_is_stated_only_where_it_is_more_than_chance(
    rows: Any, say: Callable[..., None], report: Callable[..., Path], tmp_path: Path
) -> None:
    for number in range(12):
        say(rows.author(f"Fan {number}"), "support", thread=1)
    say(rows.author("Foe 0"), "oppose", thread=2)
    few = report(rows.save(tmp_path / "few.duckdb"), name="few")
    assert "No group differs" in section(few)
    for number in range(1, 12):
        say(rows.author(f"Foe {number}"), "oppose", thread=2)
    many = report(rows.save(tmp_path / "many.duckdb"), name="many")
    assert (
        "Board where they said so: 12 of 12 (100 %) of “Ideas” are for it, 0 of 12 (0 %) of “Help”."
        in section(many)
    )


def test_behind_each_number_stand_its_people(
    rows: Any, say: Callable[..., None], report: Callable[..., Path], tmp_path: Path
) -> None:
    for number in range(25):
        say(rows.author(f"Fan {number:02}"), "support", thread=1)
    say(rows.author("Foe"), "oppose", thread=2)
    folder = report(rows.save(tmp_path / "w.duckdb"))
    fans, foes = re.findall(r"<details>(.*?)</details>", section(folder), re.DOTALL)
    assert len(re.findall(r'<a href="[^"]*people/[^"]+"><bdi>Fan', fans)) == 20
    assert fans.endswith(" and 5 more")
    assert re.findall(r"<bdi>(.*?)</bdi>", foes) == ["Foe"]


def test_where_all_are_alike_nothing_is_said(
    rows: Any, say: Callable[..., None], report: Callable[..., Path], tmp_path: Path
) -> None:
    for name in ("Ann", "Bo"):
        say(rows.author(name), "support")
    folder = report(rows.save(tmp_path / "w.duckdb"))
    assert kinds(folder) == {}
    assert section(folder) == ""


def test_of_many_boards_the_largest_are_shown_and_the_others_counted(
    rows: Any, say: Callable[..., None], report: Callable[..., Path], tmp_path: Path
) -> None:
    for number in range(3, 13):
        key = f"s:b{number}"
        rows.add(
            "boards",
            board_id=key,
            site_id="s",
            title=f"Board {number}",
            url=f"https://forum.example.com/{key}",
        )
        rows.thread(number, "Another thread", board=key)
        say(rows.author(f"Fan {number}"), "support", thread=number)
    folder = report(rows.save(tmp_path / "w.duckdb"))
    assert len(kinds(folder)["Board where they said so"]) == 8
    assert "the 8 largest; 2 more in the view positions" in section(folder)
