"""Pages of sites that were copied whole: which address each had, when it was copied, and where its links led."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parse.files.saved import read

HOST = "board.example.net"
PAGE = '<!DOCTYPE html>\n<html><head>{head}</head><body>{body}<a href="{link}">back</a></body></html>'
CANONICAL = f'<link rel="canonical" href="https://{HOST}/viewtopic.php?t=7">'


def lay(folder: Path, name: str, link: str = "x", head: str = "", body: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(head=head, body=body, link=link), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "other", "link", "url"),
    [
        # wget -m: as they were asked for
        ("viewtopic.php?t=7&p=3", "viewforum.php?f=2", "./viewforum.php?f=2", "viewtopic.php?t=7&p=3"),
        ("forum/index.php", "viewforum.php?f=2", "/viewforum.php?f=2", "forum/index.php"),
        ("t/fees/7", "c/money", f"https://{HOST}/c/money", "t/fees/7"),
        ("t/fees/7", "c/money/index.html", "/c/money/", "t/fees/7"),
        # wget -m -k -E: links lead to files
        ("viewtopic.php?t=7.html", "viewforum.php?f=2.html", "viewforum.php%3Ff=2.html", "viewtopic.php?t=7"),
        ("index.php.html", "viewforum.php?f=2.html", "viewforum.php%3Ff=2.html", "index.php"),
        (
            "threads/fees.7/index.html",
            "forums/money.2/index.html",
            "../../forums/money.2/",
            "threads/fees.7/",
        ),
        # where file names may have no question mark
        ("viewtopic.php@t=7.html", "viewforum.php@f=2.html", "viewforum.php@f=2.html", "viewtopic.php?t=7"),
        ("viewtopic.php%3ft=7", "viewforum.php%3ff=2", "viewforum.php%3ff=2", "viewtopic.php?t=7"),
    ],
)
def test_a_copied_page_has_the_address_that_its_place_tells(
    tmp_path: Path, name: str, other: str, link: str, url: str
) -> None:
    lay(tmp_path / HOST, other)
    page = read(lay(tmp_path / HOST, name, link, CANONICAL))
    assert page.url == f"https://{HOST}/{url}"


def test_links_to_files_lead_where_they_led_on_the_site(tmp_path: Path) -> None:
    lay(tmp_path / HOST, "viewforum.php?f=2.html")
    links = "viewtopic.php%3Ff=2&amp;p=31.html#p31", "../up/member.php%3Fu=4.html", "style.css%3Fv=3.css"
    body = "".join(f'<a href="{link}">there</a>' for link in links)
    page = read(lay(tmp_path / HOST, "viewtopic.php?t=7.html", "viewforum.php%3Ff=2.html", CANONICAL, body))
    for link in ("viewtopic.php?f=2&amp;p=31#p31", "../up/member.php?u=4", "viewforum.php?f=2"):
        assert f'href="{link}"'.encode() in page.body


def test_a_suffix_is_taken_off_where_the_site_has_none(tmp_path: Path) -> None:
    lay(tmp_path / HOST, "c/money.html")
    outside = f'<a href="https://{HOST}/login">log in</a>'
    page = read(lay(tmp_path / HOST, "t/7.html", "../c/money.html", body=outside))
    assert (page.url, b'href="../c/money"' in page.body) == (f"https://{HOST}/t/7", True)


def test_a_suffix_stays_where_the_site_has_it(tmp_path: Path) -> None:
    lay(tmp_path / HOST, "money-2.html")
    outside = f'<a href="https://{HOST}/login">log in</a><a href="https://{HOST}/fees-7-print.html">print</a>'
    page = read(lay(tmp_path / HOST, "fees-7.html", "money-2.html", body=outside))
    assert (page.url, b'href="money-2.html"' in page.body) == (f"https://{HOST}/fees-7.html", True)


def test_httrack_says_where_a_page_stood_and_when_and_its_names_are_read_back(tmp_path: Path) -> None:
    note = (
        f"<!-- Mirrored from {HOST}/viewtopic.php?t=7 by HTTrack Website Copier/3.x [XR&CO'2014], "
        "Tue, 05 Nov 2024 10:11:12 GMT -->"
    )
    page = read(lay(tmp_path, f"{HOST}/viewtopic3a7f.html", "viewtopic9c01.html?t=7&amp;p=31#p31", note))
    assert (page.url, page.fetched_at) == (
        f"http://{HOST}/viewtopic.php?t=7",
        datetime(2024, 11, 5, 10, 11, 12, tzinfo=UTC),
    )
    assert b'href="viewtopic.php?t=7&amp;p=31#p31"' in page.body


@pytest.mark.parametrize("order", ["{at}/{host}/{page}", "{host}/{at}/{page}"])
def test_a_copy_of_captures_tells_when_each_was_made(tmp_path: Path, order: str) -> None:
    for at in ("20190505120000", "20190601120000"):
        lay(tmp_path, order.format(at=at, host=HOST, page="viewforum.php?f=2"))
        name = order.format(at=at, host=HOST, page="viewtopic.php?t=7")
        page = read(lay(tmp_path, name, "viewforum.php?f=2", CANONICAL))
        assert page.url == f"https://{HOST}/viewtopic.php?t=7"
        assert f"{page.fetched_at:%Y%m%d%H%M%S}" == at


@pytest.mark.parametrize("folder", ["127.0.0.1:8080", "127.0.0.1_8080", "127.0.0.1+8080"])
def test_the_port_is_part_of_the_host(tmp_path: Path, folder: str) -> None:
    lay(tmp_path / folder, "viewforum.php?f=2")
    page = read(lay(tmp_path / folder, "viewtopic.php?t=7", "viewforum.php?f=2"))
    assert page.url == "http://127.0.0.1:8080/viewtopic.php?t=7"


@pytest.mark.parametrize(
    "link", ["https://other.example.org/", "viewforum.php?f=9", "#top", "fees.html", "a\x00b", "x" * 400]
)
def test_pages_that_somebody_keeps_in_a_folder_of_that_name_are_no_copy(tmp_path: Path, link: str) -> None:
    lay(tmp_path / HOST, "another thread.html")
    page = read(lay(tmp_path / HOST, "fees.html", link, CANONICAL))
    assert page.url == f"https://{HOST}/viewtopic.php?t=7"


def test_a_copy_of_an_archive_s_pages_has_the_archive_s_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "web.archive.org" / "web" / "20190505120000" / "https:" / HOST
    body = '<img src="https://web.archive.org/logo.png">'
    lay(folder, "viewforum.php?f=2")
    page = read(lay(folder, "viewtopic.php?t=7", "viewforum.php?f=2", CANONICAL, body))
    assert page.url == f"https://web.archive.org/web/20190505120000/https:/{HOST}/viewtopic.php?t=7"


def test_a_folder_that_is_only_called_like_a_host_is_none(tmp_path: Path) -> None:
    home = tmp_path / "jane.doe" / "saved"
    lay(home, "2.html")
    assert read(lay(home, "1.html", "2.html", CANONICAL)).url == f"https://{HOST}/viewtopic.php?t=7"


def test_what_a_browser_noted_counts_more_than_the_place(tmp_path: Path) -> None:
    lay(tmp_path / HOST, "viewforum.php?f=2")
    note = f"<!-- saved from url=(0052)https://{HOST}/viewtopic.php?t=7&start=10 -->"
    page = read(lay(tmp_path / HOST, "viewtopic.php?t=7", "viewforum.php?f=2", note))
    assert page.url == f"https://{HOST}/viewtopic.php?t=7&start=10"
