"""Themes rename classes: a page is then still read, or says loudly what is missing; never does it lose posts in silence."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from parse.html_platform import HtmlPlatform
from parse.model import PageKind, ParseError
from parse.page import Document
from parse.registry import BELIEVED, platforms, read

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

WITHOUT_THEMES = ("reddit", "reddit_new", "hackernews")
"""One site each, that nobody else runs."""
FIELDS = ("author", "posted_at", "full_text")
ONE_KIND_OF_SEVERAL = 2
"""A page may hold posts of two kinds (an article and comments); a class that one kind alone has may cost that kind."""


def _is_html_thread(case):
    page = golden.page_of(case)
    if case.parent.name in WITHOUT_THEMES:
        return False
    if not isinstance(platforms()[case.parent.name], HtmlPlatform) or Document(page).json is not None:
        return False
    return read(page).kind is PageKind.THREAD


CASES = list(filter(_is_html_thread, golden.cases()))


def _posts(reading):
    return [post for thread in reading.threads for post in thread.posts]


def _shown(posts, field):
    return sum(bool(getattr(post, field)) for post in posts)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_without_any_one_class_a_page_is_read_or_says_what_is_missing(case):
    page = golden.page_of(case)
    whole = _posts(read(page))
    text = page.body.decode("utf-8", "replace")
    for name in sorted({name for found in re.findall(r'class="([^"]*)"', text) for name in found.split()}):
        renamed = re.sub(rf'(class="[^"]*?)(?<![\w-]){re.escape(name)}(?![\w-])', r"\1a-theme", text)
        try:
            reading = read(replace(page, body=renamed.encode()))
        except ParseError:
            continue
        posts = _posts(reading)
        if reading.warnings or len(whole) == 1:
            continue
        assert len(posts) * ONE_KIND_OF_SEVERAL >= len(whole), name
        for field in FIELDS:
            assert _shown(posts, field) * ONE_KIND_OF_SEVERAL >= _shown(whole, field), (name, field)


def test_posts_that_a_platform_does_not_know_are_read_by_what_repeats_and_it_is_said():
    page = golden.page_of(golden.ROOT / "generic" / "dated_quotes")
    body = page.body.replace(b"<html>", b'<html id="XF" data-template="thread_view">')
    reading = read(replace(page, url="https://garden.example.org/threads/bees.12/", body=body))
    assert [post.author.name for post in _posts(reading)] == ["Marga", "Old Finn", "tilda_k", "Marga"]
    assert "no post where xenforo keeps them" in reading.warnings[0]
    with pytest.raises(ParseError):
        read(replace(page, url="https://garden.example.org/threads/bees.12/", body=body), "xenforo")


def test_what_repeats_is_taken_for_the_posts_of_a_known_platform_only_where_it_is_believed():
    page = golden.page_of(golden.ROOT / "generic" / "comment_tree")
    assert read(page).confidence < BELIEVED
    body = re.sub(b"<html[^>]*>", b'<html id="XF" data-template="thread_view">', page.body, count=1)
    with pytest.raises(ParseError, match="no post was found on it; has the theme changed"):
        read(replace(page, url="https://garden.example.org/threads/bees.12/", body=body))


@pytest.mark.parametrize("body", [b'{"a": 1}', b"[1, 2]"])
def test_a_page_that_no_platform_claims_is_refused_and_it_says_what_to_do(body):
    page = golden.page_of(golden.ROOT / "generic" / "opening_apart")
    with pytest.raises(ParseError, match=r"no known platform; .*--platform"):
        read(replace(page, body=body))
