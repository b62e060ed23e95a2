"""A site that is known, and a page of it in another look, or of other software."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parse.model import PageKind, ParseError
from parse.page import Page
from parse.registry import OtherSoftwareError, platforms, read_again, software

GOLDEN = Path(__file__).parents[1] / "golden"


def page(body: bytes, url: str = "https://forum.example.org/viewtopic.php?t=120") -> Page:
    return Page(url=url, body=body, fetched_at=datetime(2026, 1, 5, tzinfo=UTC), content_type="text/html")


def golden(platform: str, case: str) -> Page:
    return page((GOLDEN / platform / case / "page.html").read_bytes())


def test_a_forum_in_another_style_is_read_on() -> None:
    reading = read_again(golden("phpbb_classic", "subsilver2"), "phpbb")
    assert (reading.platform, reading.kind) == ("phpbb_classic", PageKind.THREAD)
    assert [post.id for post in reading.threads[0].posts] == ["900", "903"]
    assert read_again(golden("phpbb", "version_3_3"), "phpbb_classic").platform == "phpbb"


def test_a_page_of_other_software_is_refused_with_what_to_do() -> None:
    with pytest.raises(OtherSoftwareError, match="made with xenforo, while this site is known as phpbb"):
        read_again(golden("xenforo", "version2"), "phpbb")


def test_a_notice_in_place_of_a_thread_is_of_no_other_software() -> None:
    notice = page(b"<html><body><h1>Back soon</h1><p>We are upgrading the board.</p></body></html>")
    with pytest.raises(ParseError, match="no post was found on it"):
        read_again(notice, "phpbb")


def test_looks_of_one_software_share_its_ids() -> None:
    shared = {name: software(name) for name in platforms() if software(name) != name}
    assert shared == {
        "discord_html": "discord_export",
        "gitea_api": "gitea",
        "invision_classic": "invision",
        "jira_api": "jira",
        "khoros_aurora": "khoros",
        "matrix_html": "matrix",
        "mlmym": "lemmy",
        "nodebb_api": "nodebb",
        "phpbb_classic": "phpbb",
        "reddit_dump": "reddit",
        "reddit_new": "reddit",
        "stackexchange_api": "stackexchange",
        "stackexchange_dump": "stackexchange",
        "wordpress_api": "wordpress",
        "zendesk_api": "zendesk",
    }
