"""A count in a table leads to exactly the rows that were counted."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reports.build import build
from tests.reports.pages import figures
from warehouse.store import reading


@pytest.fixture(scope="module", params=["all", "a quarter"])
def folder(
    request: pytest.FixtureRequest,
    community_file: Path,
    community_report: Path,
    communities: ModuleType,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The report on everything, and one whose threads hold posts from before its period."""
    if request.param == "all":
        return community_report
    out = tmp_path_factory.mktemp("quarter") / "report"
    since, until = date(2025, 11, 10), date(2026, 2, 20)
    return build(community_file, out, since=since, until=until, now=communities.NOW, version="0.test").parent


def entry(folder: Path, place: str) -> str:
    """What stands at a place of a page: the element with that id, up to the end of its block."""
    page, _, anchor = place.partition("#")
    text = (folder / page).read_text(encoding="utf-8")
    assert text.count(f' id="{anchor}"') == 1, place
    return text.partition(f' id="{anchor}"')[2].partition("</div>")[0]


def linked(html: str) -> int:
    """The links to places on the page, those to several passages of one post as often as they say."""
    return sum(int(often or 1) for often in re.findall(r'<a href="#[^>]*>[^<]*?(?: ×(\d+))?</a>', html))


def test_replies_staff_and_acts_of_a_thread_are_named_one_by_one(folder: Path) -> None:
    rows = [row for row in figures(folder)["threads"]["rows"] if row["page"]]
    assert sum(row["opposes"] for row in rows) > 20
    for row in rows:
        for count, place in (
            ("opposes", "at-oppose"),
            ("supports", "at-support"),
            ("staff_posts", "at-staff"),
            ("events", "at-moderation"),
        ):
            assert linked(entry(folder, f"{row['page']}#{place}")) == row[count], (row["title"], place)
        people = (
            (folder / row["page"])
            .read_text(encoding="utf-8")
            .partition(' id="at-people"')[2]
            .partition("</dl>")[0]
        )
        assert people.count("<dt") == row["people"]


def test_each_count_of_the_list_of_threads_is_such_a_link(folder: Path) -> None:
    text = (folder / "threads.html").read_text(encoding="utf-8")
    for row in figures(folder)["threads"]["rows"]:
        for count, place in (
            ("opposes", "at-oppose"),
            ("supports", "at-support"),
            ("posts", "h-posts"),
            ("people", "at-people"),
        ):
            if row["page"] and row[count]:
                assert f'<a href="{row["page"]}#{place}">{row[count]}<' in text


def test_the_posts_of_a_person_and_of_a_proposal_in_a_thread_are_named_there(folder: Path) -> None:
    views = figures(folder)
    pages = {row["thread_id"]: row["page"] for row in views["threads"]["rows"]}
    checked = 0
    for person in views["people"]["rows"]:
        text = (folder / person["page"]).read_text(encoding="utf-8")
        for thread in person["threads"]:
            place = next(
                iter(re.findall(rf'href="\.\./({re.escape(pages[thread["thread_id"]])}#by-[^"]+)"', text))
            )
            assert linked(entry(folder, place)) == thread["posts"]
            checked += 1
    assert checked > 20
    for view in views["proposals"]:
        for line in view["threads"]:
            spoken = entry(folder, f"{line['page']}#{line['anchor']}").split('<span class="hint">')
            parts = {part.partition(":<")[0]: linked(part) for part in spoken[1:]}
            assert (parts.get("spoken of in", 0), parts.get("for", 0), parts.get("against", 0)) == (
                line["mentions"], line["supporters"], line["opposers"],
            )  # fmt: skip


def test_acts_of_a_kind_and_of_a_span_stand_behind_their_number(folder: Path) -> None:
    moderation = figures(folder)["moderation"]
    assert moderation["kinds"]
    for kind in moderation["kinds"]:
        text = (folder / kind["page"]).read_text(encoding="utf-8")
        before = text.partition('<h2 id="before"')
        assert text.count("<li>\n") == kind["events"]
        assert before[0].count("<li>\n") * ('id="lately"' in text) == kind["recent_events"]
    for span in moderation["speeds"]:
        if span["posts"]:
            assert (folder / span["page"]).read_text(encoding="utf-8").count("<li>\n") == span["posts"]
    front = (folder / "index.html").read_text(encoding="utf-8")
    for row in (*moderation["kinds"], *moderation["speeds"]):
        count = row.get("events", row.get("posts"))
        assert not count or f'<a href="{row["page"]}">{count}<' in front


def test_acts_about_a_proposal_stand_behind_their_number(folder: Path) -> None:
    subjects = figures(folder)["moderation"]["subjects"]
    assert subjects
    front = (folder / "index.html").read_text(encoding="utf-8")
    for subject in subjects:
        (page,) = re.findall(
            rf'href="(moderation/about-[^"]+)">{subject["events"]}<[^>]*>[^<]* on {subject["label"]}:', front
        )
        text = (folder / page).read_text(encoding="utf-8")
        assert text.count("<li>\n") == subject["events"]
        titles = re.findall(r"<strong>.*? in <a href=\"([^\"]+)\"", text)
        assert len(set(titles)) == subject["threads"]


def test_the_passages_on_a_facet_stand_behind_their_number(folder: Path) -> None:
    views = [view for view in figures(folder)["proposals"] if view["facets"]]
    assert views
    for view in views:
        for facet in view["facets"]:
            pages = list(
                (folder / "proposals").glob(f"{Path(view['page']).stem}-facet-{facet['facet']}-*.html")
            )
            texts = [page.read_text(encoding="utf-8") for page in pages]
            assert sum(text.count('<blockquote class="evidence">') for text in texts) == facet["mentions"]
            named = {name for text in texts for name in re.findall(r"<cite>.*?<bdi>(.*?)</bdi>", text)}
            assert len(named) == facet["people"]
            assert f'-1.html">{facet["mentions"]}<' in (folder / view["page"]).read_text(encoding="utf-8")


def test_people_named_for_and_against_stand_behind_who_said_so(folder: Path) -> None:
    rows = [row for row in figures(folder)["ranking"]["rows"] if row["supporters"]]
    assert rows
    for row in rows:
        named = entry(folder, f"{row['page']}#camp-support").partition("By how they answer")[0]
        assert named.count("<bdi>") == row["said_supporters"]


def test_a_proposal_names_who_is_for_and_who_against(community_file: Path, community_report: Path) -> None:
    with reading(community_file) as db:
        known = db.query("SELECT label, stance::VARCHAR AS side, author FROM positions").to_pylist()
    told = {
        (view["label"], camp["side"], member["name"])
        for view in figures(community_report)["proposals"]
        for camp in view["camps"]
        for member in camp["members"]
    }
    assert told == {(row["label"], row["side"], row["author"]) for row in known}


def of_two_anns(communities: ModuleType) -> Any:
    """A site, another one on which somebody is called Ann as well, and a proposal."""
    rows = communities.Rows()
    rows.site("The Workbench")
    rows.add("sites", site_id="o", platform="phpbb", base_url="https://other.example.com/", title="The Other")
    rows.add("authors", author_id="o:ann", site_id="o", name="Ann", is_staff=False, role=None)
    rows.proposal("dark", "Dark theme")
    return rows


def test_two_people_of_one_name_are_told_apart_by_their_site(
    report: Callable[..., Path], tmp_path: Path, communities: ModuleType
) -> None:
    rows = of_two_anns(communities)
    thread = rows.thread(1, "One thread")
    for position, author in enumerate((rows.author("Ann"), "o:ann", rows.author("Bo")), 1):
        post = rows.post(thread, position, author, "Yes to it", communities.NOW)
        rows.mention(post, "dark", "Yes to it", 0)
        rows.stance(post, author, "support", "Yes to it", 0, proposal_id="dark")
    folder = report(rows.save(tmp_path / "namesakes.duckdb"))
    (own,) = figures(folder)["proposals"]
    page = (folder / own["page"]).read_text(encoding="utf-8")
    camp = page[page.index("In their own words") :]
    assert re.findall(r"<bdi>(Ann|Bo)</bdi></a>(?: <span class=\"hint\">\((.*?)\))?", camp)[:3] == [
        ("Ann", "The Other"), ("Ann", "The Workbench"), ("Bo", ""),
    ]  # fmt: skip


def test_two_people_of_one_name_on_two_sides_are_told_apart_too(
    report: Callable[..., Path], tmp_path: Path, communities: ModuleType
) -> None:
    rows = of_two_anns(communities)
    thread = rows.thread(1, "One thread")
    for position, (author, side) in enumerate(((rows.author("Ann"), "support"), ("o:ann", "oppose")), 1):
        post = rows.post(thread, position, author, "My word", communities.NOW)
        rows.mention(post, "dark", "My word", 0)
        rows.stance(post, author, side, "My word", 0, proposal_id="dark")
    folder = report(rows.save(tmp_path / "namesakes.duckdb"))
    (own,) = figures(folder)["proposals"]
    page = (folder / own["page"]).read_text(encoding="utf-8")
    shown = re.findall(r"<bdi>Ann</bdi></a> <span class=\"hint\">\((.*?)\)", page)
    assert {"The Workbench", "The Other"} <= set(shown)


def test_why_more_people_ask_for_something_than_are_for_it_is_said(
    report: Callable[..., Path], tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, ann, bo = rows.thread(1, "One thread"), rows.author("Ann"), rows.author("Bo")
    for proposal, people in (("dark", (ann, bo)), ("tips", (ann,))):
        rows.proposal(proposal, proposal.title())
        for author in people:
            post = rows.post(
                thread, len(rows.tables.get("posts", ())) + 1, author, "Please do", communities.NOW
            )
            rows.mention(post, proposal, "Please do", 0, "propose")
        rows.stance(post, people[-1], "support", "Please do", 0, proposal_id=proposal)
    folder = report(rows.save(tmp_path / "asked.duckdb"))
    told = {
        view["proposal_id"]: "More people asked for it" in (folder / view["page"]).read_text(encoding="utf-8")
        for view in figures(folder)["proposals"]
    }
    assert told == {"dark": True, "tips": False}
