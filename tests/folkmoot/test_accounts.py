"""The same pages give the same authors, however many of them are read at a time."""

from itertools import permutations

import pytest

from folkmoot import reading
from folkmoot.pages import saved_sources
from folkmoot.reading import ParseSummary, load_sources
from warehouse.store import writing

PAGE = """<!DOCTYPE html><html><head><title>Talk {number} / Ideas / Ferry Board</title>
<link rel="canonical" href="https://flux.example.org/viewtopic.php?id={number}{more}" /></head><body>
<div id="punviewtopic" class="pun"><div class="punwrap"><div id="brdmain">
<div class="linkst"><div class="inbox crumbsplus"><ul class="crumbs"><li><a href="index.php">Index</a></li>
<li><span>»&#160;</span><a href="viewforum.php?id=4">Ideas</a></li></ul></div></div>
{posts}</div></div></div></body></html>"""
POST = """<div id="p{id}" class="blockpost"><h2><span><span class="conr">#{n}</span>
<a href="viewtopic.php?pid={id}#p{id}">2024-05-0{n} 10:00:00</a></span></h2><div class="box"><div class="inbox">
<div class="postbody"><div class="postleft"><dl><dt><strong><a href="profile.php?id={who}">{name}</a></strong></dt></dl></div>
<div class="postright"><h3>Re</h3><div class="postmsg"><p>{name} thinks of ferries.</p></div></div></div></div></div></div>"""
MEMBERS = ("Ann", "Bob", "Cid", "Dee", "Eve", "Fay", "Gus", "Hal")


def page(number, *people, first=1, more=""):
    """A page of a thread; each of the people, (id, name), has written one post of it."""
    posts = (
        POST.format(id=100 * number + n, n=n, who=who, name=name)
        for n, (who, name) in enumerate(people, first)
    )
    return PAGE.format(number=number, more=more, posts="".join(posts))


def numbered_anew(number, names):
    return page(number, *enumerate(names, 1))


@pytest.fixture
def authors(tmp_path, monkeypatch):
    """Reads pages, so many at a time, into a warehouse of their own: who wrote each post."""

    def read(pages, at_a_time):
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for number, text in enumerate(pages):
            (folder / f"{number:03}.html").write_text(text)
        monkeypatch.setattr(reading, "BATCH_PAGES", at_a_time)
        failures = []
        with writing(folder / "w.duckdb") as db:
            sources = saved_sources([folder], platform=None, url=None, site="ferry", failed=failures.append)
            load_sources(db, sources, ParseSummary(), lambda *_: None)
            rows = db.query("SELECT post_id, author_id FROM posts ORDER BY post_id").to_pylist()
            known = set(db.query("SELECT author_id FROM authors")["author_id"].to_pylist())
        assert not failures
        assert known == {row["author_id"] for row in rows}
        return {
            row["post_id"].removeprefix("ferry:"): row["author_id"].removeprefix("ferry:") for row in rows
        }

    return read


@pytest.mark.parametrize("at_a_time", [1, 2, 3, 5, 100])
def test_people_numbered_anew_in_each_thread_are_told_apart_by_name_in_portions_of_any_size(
    authors, at_a_time
):
    talks = [MEMBERS[n % 8 :] + MEMBERS[: n % 8] for n in (0, 3, 1, 6, 2, 5, 4, 7)]
    told = authors([numbered_anew(n, names[: 3 + n % 5]) for n, names in enumerate(talks, 1)], at_a_time)
    assert told == {
        str(100 * n + place): name.casefold()
        for n, names in enumerate(talks, 1)
        for place, name in enumerate(names[: 3 + n % 5], 1)
    }


@pytest.mark.parametrize("at_a_time", [1, 2, 100])
def test_an_id_that_all_guests_share_is_nobodys_and_accounts_stay_what_they_are(authors, at_a_time):
    told = authors(
        [
            page(1, (7, "Ann"), (1, "Wanda"), (8, "Bob")),
            page(2, (8, "Bob"), (1, "Otto")),
            page(3, (9, "Cid"), (7, "Ann"), (1, "Wanda")),
        ],
        at_a_time,
    )
    assert told == {
        "101": "7", "102": "wanda", "103": "8", "201": "8", "202": "otto", "301": "9", "302": "7", "303": "wanda"
    }  # fmt: skip


def test_the_order_of_the_pages_tells_nobody_apart(authors):
    pages = [
        page(1, (1, "Ann"), (2, "Bob")),
        page(2, (1, "Cid"), (2, "Bob")),
        page(3, (3, "Dee"), (1, "Ann")),
    ]
    told = [authors(list(order), 1) for order in permutations(pages)]
    assert told == [told[0]] * len(told)
    assert told[0] == {"101": "ann", "102": "2", "201": "cid", "202": "2", "301": "3", "302": "ann"}


@pytest.mark.parametrize("at_a_time", [1, 100])
def test_of_a_site_whose_accounts_keep_their_names_one_that_does_not_was_renamed(authors, at_a_time):
    crowd = [(n, f"Member {n}") for n in range(1, 13)]
    told = authors([page(1, *crowd), page(2, *crowd), page(3, (5, "Ann"), (0, "Guest"))], at_a_time)
    assert told == {str(100 * n + place): str(place) for n in (1, 2) for place in range(1, 13)} | {
        "301": "5", "302": "guest"
    }  # fmt: skip


@pytest.mark.parametrize("at_a_time", [1, 2])
def test_an_account_that_is_renamed_stays_one(authors, at_a_time):
    told = authors(
        [
            page(1, (5, "Ann"), (6, "Bob")),
            page(2, (5, "Ann"), (6, "Bob")),
            page(1, (5, "Ann Ortega"), (6, "Bob")),
            page(3, (5, "Ann Ortega"), (7, "Cid")),
        ],
        at_a_time,
    )
    assert told == {"101": "5", "102": "6", "201": "5", "202": "6", "301": "5", "302": "7"}
