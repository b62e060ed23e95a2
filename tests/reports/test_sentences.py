"""What a report says in words is what it shows: no number of one page against that of another, small ones small."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType

from tests.reports.pages import figures

Reporter = Callable[..., Path]


def test_a_lost_post_is_told_once_and_in_no_other_count(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, ann, bo = rows.thread(1, "One thread"), rows.author("Ann"), rows.author("Bo")
    rows.post(thread, 1, ann, "words", communities.NOW)
    rows.post(thread, 2, bo, "words that only a quote holds", None, state="ghost")
    rows.post(thread, 3, None, "more words", None, state="ghost")
    folder = report(rows.save(tmp_path / "lost.duckdb"))
    summary = figures(folder)["summary"]
    assert (summary["posts"], summary["people"], summary["ghosts"]) == (1, 1, 2)
    assert (summary["undated_posts"], summary["unknown_author_posts"]) == (0, 0)
    front = (folder / "index.html").read_text(encoding="utf-8")
    assert "To keep in mind: 2 posts are known from quotes only.</p>" in front
    assert "1 person wrote 1 post." in front


def test_one_is_not_called_many(report: Reporter, tmp_path: Path, communities: ModuleType) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    rows.post(thread, 1, author, "words", communities.NOW)
    front = (report(rows.save(tmp_path / "one.duckdb")) / "index.html").read_text(encoding="utf-8")
    assert [
        name for name in ("post", "person", "thread", "acts of moderation") if f"<dt>{name}</dt>" not in front
    ] == []
    assert "most active tenth" not in front


def test_where_nothing_is_older_nothing_is_called_new(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread = rows.thread(1, "One day")
    for position in range(1, 13):
        author = rows.author(f"P{position}")
        at = communities.NOW + timedelta(minutes=position - 60)
        post = rows.post(thread, position, author, "I want it", at)
        rows.mention(post, "p", "I want it", 0, "propose")
        rows.stance(post, author, "support", "I want it", 0, proposal_id="p")
    folder = report(rows.save(tmp_path / "day.duckdb"))
    views = figures(folder)
    assert (
        views["changes"]["sentence"]
        == "No post is older than 19 May 2026, so there is nothing to compare with."
    )
    assert [item["subject"] for item in views["changes"]["items"]] == ["One day"]
    assert views["emerging"]["rows"] == []
    assert "New voices" not in [measure["name"] for measure in views["participation"]["measures"]]
    assert views["proposals"][0]["against_past"] == "nothing before to compare with"
    assert "lately, " not in (folder / "index.html").read_text(encoding="utf-8")


def test_equals_share_a_place_and_nobody_leads_alone(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    for position, (label, side) in enumerate(
        (("Silence", ""), ("Cats", "support"), ("Dogs", "support"), ("Rain", "oppose")), start=1
    ):
        rows.proposal(label, label)
        post = rows.post(thread, position, author, "I want it", communities.NOW)
        rows.mention(post, label, "I want it", 0)
        if side:
            rows.stance(post, author, side, "I want it", 0, proposal_id=label)
    ranking = figures(report(rows.save(tmp_path / "equals.duckdb")))["ranking"]
    assert [(row["label"], row["rank"]) for row in ranking["rows"]] == [
        ("Cats", "1"),
        ("Dogs", "1"),
        ("Rain", "3"),
        ("Silence", ""),
    ]
    assert ranking["sentence"] == (
        "4 proposals found. “Cats” and “Dogs” have the most net support (+1 each); "
        "“Rain” comes last (nobody for, 1 against)."
    )


def test_a_long_history_is_told_as_it_is_drawn(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "Decades"), rows.author("Ann")
    for position in range(1, 60):
        rows.post(thread, position, author, "words", communities.NOW - timedelta(days=200 * (60 - position)))
    for position in range(60, 64):
        rows.post(thread, position, author, "words", communities.NOW - timedelta(days=8 * (position - 59)))
    chart = figures(report(rows.save(tmp_path / "long.duckdb")))["participation"]["chart"]
    assert chart["title"] == "Posts every 4 weeks"
    told = re.fullmatch(r"Most in the 4 weeks from (.*): (\d+) posts, none by staff\.", chart["sentence"])
    assert told
    assert [told[1], int(told[2]), 0] in chart["table"]["rows"]
    assert int(told[2]) == max(posts for _, posts, _ in chart["table"]["rows"])
    assert chart["alt"].endswith(f"at most {told[2]}.")


def test_of_many_sites_the_first_are_named(report: Reporter, tmp_path: Path, communities: ModuleType) -> None:
    rows = communities.Rows()
    for number in range(9):
        rows.add(
            "sites",
            site_id=f"s{number}",
            platform="khoros",
            base_url="https://x.example/",
            title=f"Site {number}",
        )
    front = (report(rows.save(tmp_path / "sites.duckdb")) / "index.html").read_text(encoding="utf-8")
    assert "<h1><bdi>Site 0, Site 1, Site 2 and 6 other sites</bdi></h1>" in front


def test_a_thread_longer_than_its_page_is_counted_whole_as_in_the_list(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, people = rows.thread(1, "Long"), [rows.author(f"P{number}") for number in range(3)]
    earlier = None
    for position in range(1, 451):
        author = people[0 if position < 440 else position % 3]
        at = communities.NOW - timedelta(hours=500 - position)
        post = rows.post(thread, position, author, "No.", at)
        if earlier:
            rows.reply(post, earlier)
            rows.stance(post, author, "oppose", "No", 0, target="post", target_post_id=earlier)
        earlier = post
    file = rows.save(tmp_path / "long.duckdb")
    folder = report(file)
    (row,) = figures(folder)["threads"]["rows"]
    page = (folder / row["page"]).read_text(encoding="utf-8")
    assert (row["posts"], row["people"], row["opposes"]) == (450, 3, 449)
    assert "450 posts by 3 known people; no replies support the post answered, 449 oppose it." in page
    assert "This page shows the first 400 of them." in page
    assert "50 more posts at the forum." in page
    since = (communities.NOW - timedelta(days=5)).date()
    week = report(file, name="week", since=since)
    assert "within the report&#39;s period." in (week / row["page"]).read_text(encoding="utf-8")


def test_what_counts_beyond_the_period_is_told_apart(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread = rows.thread(1, "One thread")
    for position, weeks in enumerate((40, 1), start=1):
        author = rows.author(f"P{position}")
        post = rows.post(thread, position, author, "I want it", communities.NOW - timedelta(weeks=weeks))
        rows.stance(post, author, "support", "I want it", 0, proposal_id="p")
        if position == 1:
            rows.mention(post, "p", "I want it", 0)
    file = rows.save(tmp_path / "two.duckdb")
    whole = (report(file, name="all") / "index.html").read_text(encoding="utf-8")
    assert "no mention in the last 26 weeks" in whole
    assert "1 proposal gained or lost support." in whole
    since = (communities.NOW - timedelta(weeks=2)).date()
    part = (report(file, name="part", since=since) / "index.html").read_text(encoding="utf-8")
    assert "for 1 → 2" in part
    assert "all counted that was ever said; the tables below count this period alone." in part


def test_a_bare_no_comes_last_and_brings_the_next_sentence_along(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread = rows.thread(1, "One thread")
    texts = ("No. We tried it in 2019 and it was a mess. Ask Bo.", "It helps nobody here. Sorry.")
    for position, (text, words) in enumerate(zip(texts, ("No", "It helps nobody"), strict=True), start=1):
        author = rows.author(f"P{position}")
        post = rows.post(thread, position, author, text, communities.NOW)
        rows.mention(post, "p", words, 0)
        rows.stance(post, author, "oppose", words, 0, proposal_id="p", confidence=0.9 - position / 10)
    folder = report(rows.save(tmp_path / "bare.duckdb"))
    page = next((folder / "proposals").glob("*-oppose-1.html")).read_text(encoding="utf-8")
    assert page.index("It helps nobody") < page.index("<mark>No</mark>")
    assert "<mark>No</mark>. We tried it in 2019 and it was a mess.</p>" in page
    assert "<mark>It helps nobody</mark> here.</p>" in page


def test_of_what_was_discovered_no_sides_are_told(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, author = rows.thread(1, "One thread"), rows.author("Ann")
    rows.proposal("d-1", "Bring back the wizard", origin="discovered")
    for position in (1, 2):
        post = rows.post(thread, position, author, "I want it back", communities.NOW)
        rows.mention(post, "d-1", "I want it back", 0)
    folder = report(rows.save(tmp_path / "found.duckdb"))
    assert figures(folder)["ranking"]["sentence"] == (
        "1 proposal discovered; none of the codebook's was spoken of. "
        "Most spoken of: “Bring back the wizard” (1 person)."
    )
    front = (folder / "index.html").read_text(encoding="utf-8")
    assert "in no codebook" in front
    assert "folkmoot codebook promote" in front


def test_where_nothing_is_older_no_voice_is_called_new_and_one_proposal_leads_nothing(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread, author = rows.thread(1, "One day"), rows.author("Ann")
    post = rows.post(thread, 1, author, "I want it", communities.NOW)
    rows.mention(post, "p", "I want it", 0, "propose")
    rows.stance(post, author, "support", "I want it", 0, proposal_id="p")
    folder = report(rows.save(tmp_path / "one.duckdb"))
    views = figures(folder)
    assert views["proposals"][0]["novelty"]["whole"] == views["ranking"]["rows"][0]["novelty"]["whole"] == 0
    assert views["ranking"]["sentence"] == "1 proposal found: “A thing” (1 for, nobody against)."
    page = (folder / views["proposals"][0]["page"]).read_text(encoding="utf-8")
    assert '<dt>New voices lately</dt><dd><span class="muted">nothing before</span>' in page


def test_a_discovered_proposal_whose_sides_nobody_read_shows_none(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("d", "Add a print queue", origin="discovered")
    thread, author = rows.thread(1, "One day"), rows.author("Ann")
    post = rows.post(thread, 1, author, "Add a print queue", communities.NOW)
    rows.mention(post, "d", "Add a print queue", 0, "propose")
    folder = report(rows.save(tmp_path / "one.duckdb"))
    (view,) = figures(folder)["proposals"]
    page = (folder / view["page"]).read_text(encoding="utf-8")
    assert "1 person spoke of it in 1 passage of 1 thread; who is for it and who against is not read." in page
    assert "<dt>asked for it</dt>" in page
    assert "<dt>against</dt>" not in page
    assert "For, of those who took a side" not in page


def test_the_line_of_where_people_stand_says_whom_it_cannot_show(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("p", "A thing")
    thread = rows.thread(1, "A long debate")
    for position in range(1, 9):
        author = rows.author(f"P{position}")
        at = communities.NOW - timedelta(weeks=2 * position) if position < 8 else None
        post = rows.post(thread, position, author, "I want it", at)
        rows.stance(post, author, "support", "I want it", 0, proposal_id="p")
    file = rows.save(tmp_path / "debate.duckdb")
    drawn = re.findall(r"At the end[^<]*", _page(report(file, name="all")))
    assert drawn and "7 for and 0 against; after" in drawn[0]
    assert drawn[0].endswith("Without a date, so not drawn: 1 for it.")
    since = (communities.NOW - timedelta(weeks=9)).date()
    part = report(file, name="part", since=since)
    assert figures(part)["proposals"][0]["supporters"] == 4
    assert "At the end, with what was said before" in _page(part)


def _page(folder: Path) -> str:
    """The page of the only proposal."""
    return (folder / figures(folder)["proposals"][0]["page"]).read_text(encoding="utf-8")


def test_a_removed_post_is_not_called_by_the_number_of_the_one_that_follows(
    report: Reporter, tmp_path: Path, communities: ModuleType
) -> None:
    rows = communities.Rows()
    rows.site()
    thread, ann, bo = rows.thread(1, "Renumbered"), rows.author("Ann"), rows.author("Bo")
    first = rows.post(thread, 1, ann, "Words of Ann", communities.NOW)
    gone = rows.post(thread, 2, bo, "Words that went", communities.NOW, post_id="gone", state="removed")
    assert gone != first
    rows.post(thread, 2, ann, "Words that moved up", communities.NOW + timedelta(hours=1))
    folder = report(rows.save(tmp_path / "renumbered.duckdb"))
    page = next((folder / "threads").iterdir()).read_text(encoding="utf-8")
    assert re.findall(r'class="number">([^<]*)<', page) == ["1", "2 (removed)", "2"]
