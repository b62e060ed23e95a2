"""Which address a saved page had, by what it states of itself, and what site it is then of."""

import pytest

from parse.files.saved import noted, site_of, stated_url

THREAD = "https://forum.example.org/t/12"


def head(*tags: str) -> bytes:
    return f"<html><head>{''.join(tags)}</head><body>Words.</body></html>".encode()


def test_the_canonical_link_is_believed_first():
    og = '<meta property="og:url" content="https://forum.example.org/other">'
    assert stated_url(head(og, f"<link rel='canonical' href='{THREAD}'>")) == THREAD
    assert (
        stated_url(head("<base href='https://forum.example.org/'>", "<link rel=canonical href='t/12'>"))
        == THREAD
    )


@pytest.mark.parametrize("wrong", ["about:blank", "file:///home/me/page.html"])
def test_a_note_of_no_address_of_the_web_is_none(wrong: str):
    assert noted(head(f"<!-- saved from url=(0011){wrong} -->")) is None


@pytest.mark.parametrize(
    "wrong", ["http://[bad/t/1", "https://forum.example.org:99999999/t/1", "/t/1", "about:blank"]
)
def test_an_address_that_there_cannot_be_gives_way_to_the_next(wrong: str):
    canonical, og = f"<link rel='canonical' href='{wrong}'>", f'<meta property="og:url" content="{THREAD}">'
    assert stated_url(head(canonical, og)) == THREAD
    assert stated_url(head(canonical)) is None


@pytest.mark.parametrize(
    ("url", "site"),
    [
        (THREAD, "forum.example.org"),
        ("https://www.example.org:8080/t/1", "example.org-8080"),
        ("file:///home/me/page.html", "local"),
        ("http://[bad/", "local"),
        ("https://forum.example.org:99999999/", "local"),
    ],
)
def test_the_site_is_the_host(url: str, site: str):
    assert site_of(url) == site
