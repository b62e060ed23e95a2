"""Somebody who takes another name stays one person, whichever pages have been read again since."""

import os
from pathlib import Path

from folkmoot.cli import main
from warehouse.store import reading

PAGE = """<!DOCTYPE html><html id="XF" data-template="thread_view"><head><title>Dogs</title>
<link rel="canonical" href="https://cars.example.org/threads/dogs.4/{page}" /></head><body>
<h1 class="p-title-value">Dogs</h1><div class="block--messages">{posts}
<div class="pageNav"><ul class="pageNav-main"><li><a href="/threads/dogs.4/">1</a></li>
<li><a href="/threads/dogs.4/page-2">2</a></li></ul></div></div></body></html>"""
POST = """<article class="message message--post" data-author="{name}" data-content="post-{id}" id="js-post-{id}">
<h4 class="message-name"><a href="/members/{slug}.77/" class="username" data-user-id="77">{name}</a></h4>
<ul class="message-attribution-main"><li><a href="/threads/dogs.4/post-{id}">
<time datetime="2026-08-0{id}T10:00:00+0000">then</time></a></li></ul>
<div class="message-body"><div class="bbWrapper">{text}</div></div></article>"""


def save(file: Path, page: str, *posts: tuple[int, str, str]) -> Path:
    shown = (
        POST.format(id=number, name=name, slug=name.lower().replace(" ", "-"), text=text)
        for number, name, text in posts
    )
    file.write_text(PAGE.format(page=page, posts="".join(shown)))
    return file


def test_a_new_name_makes_no_second_person(tmp_path: Path) -> None:
    first = save(tmp_path / "1.html", "", (1, "Hamish Orr", "Ban them."), (2, "Hamish Orr", "Or some."))
    last = save(tmp_path / "2.html", "page-2", (3, "Hamish Orr", "Or none."))
    db = tmp_path / "cars.duckdb"
    main(["parse", str(first), str(last), "--warehouse", str(db)])
    save(last, "page-2", (3, "hamish", "Or none."), (4, "hamish", "I like them now."))
    main(["parse", str(last), "--warehouse", str(db)])
    with reading(db) as held:
        said = held.query(
            "SELECT name, count(*) AS posts FROM posts JOIN authors USING (author_id) GROUP BY ALL"
        )
    assert said.to_pylist() == [{"name": "hamish", "posts": 4}]


def test_pages_of_a_forum_that_is_held_go_to_it_under_whatever_id(tmp_path: Path) -> None:
    first = save(tmp_path / "1.html", "", (1, "Hamish Orr", "Ban them."))
    last = save(tmp_path / "2.html", "page-2", (2, "Hamish Orr", "Or none."))
    db = tmp_path / "cars.duckdb"
    main(["parse", str(first), "--warehouse", str(db), "--site", "cars"])
    main(["parse", str(first), str(last), "--warehouse", str(db)])
    with reading(db) as held:
        said = held.query("SELECT post_id FROM posts ORDER BY ALL").to_pylist()
    assert [row["post_id"] for row in said] == ["cars:1", "cars:2"]


def test_who_is_staff_no_more_has_their_role_no_more(tmp_path: Path) -> None:
    page, db = save(tmp_path / "1.html", "", (1, "Hamish Orr", "Ban them.")), tmp_path / "cars.duckdb"
    plain = page.read_text()
    title = '</h4><h5 class="message-userTitle">Moderator</h5>'
    for number, shown in enumerate((plain.replace("</h4>", title), plain)):
        page.write_text(shown)
        os.utime(page, (1_790_000_000 + number, 1_790_000_000 + number))
        main(["parse", str(page), "--warehouse", str(db)])
    with reading(db) as held:
        (person,) = held.query("SELECT role, is_staff FROM authors").to_pylist()
    assert person == {"role": None, "is_staff": False}
