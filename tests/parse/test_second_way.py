"""A theme that renames what an adapter goes by loses no author, no time and no words."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import ParseError
from parse.registry import read

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)


def _posts(page):
    return [post for thread in read(page).threads for post in thread.posts]


def _renamed(case, name):
    page = golden.page_of(golden.ROOT / case)
    text = page.body.decode("utf-8", "replace")
    kind, stem = ("id", name[1:]) if name.startswith("#") else ("class", name)
    pattern = rf"\b({kind}=[\"'][^\"']*?)(?<![\w-]){re.escape(stem)}(?=\d|[\"'\s])"
    changed = re.sub(pattern, r"\1a-theme-", text)
    assert changed != text
    return page, replace(page, body=changed.encode())


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("phpbb/version_3_0", "author"),
        ("phpbb/version_3_3", "post"),
        ("phpbb/version_3_3", "postprofile"),
        ("vbulletin/version3", "bigusername"),
        ("vbulletin/version3", "thead"),
        ("vbulletin/version3", "#post"),
        ("vbulletin/version3", "#post_message_"),
        ("vbulletin/version4", "username"),
        ("vbulletin/version4", "postdate"),
        ("vbulletin/version4", "#post_"),
        ("xenforo/version1", "username"),
        ("xenforo/version2", "message-name"),
        ("smf/topic_2_0", "poster"),
        ("smf/topic_2_0", "post_wrapper"),
        ("smf/topic_2_1", "smalltext"),
        ("mybb/topic", "post"),
        ("mybb/topic", "post_body"),
        ("mybb/topic", "post_author"),
        ("mybb/version_1_6", "largetext"),
        ("invision/topic_4", "#elComment_"),
        ("invision_classic/version_3", "post_block"),
        ("invision_classic/version_2", "normalname"),
        ("fluxbb/topic", "blockpost"),
        ("phpbb_classic/subsilver2", "tablebg"),
    ],
)
def test_authors_and_times_are_found_a_second_way(case, name):
    page, changed = _renamed(case, name)
    whole, found = _posts(page), _posts(changed)
    assert [post.author and post.author.name for post in found] == [
        post.author and post.author.name for post in whole
    ]
    assert [post.posted_at for post in found] == [post.posted_at for post in whole]
    assert [post.text for post in found] == [post.text for post in whole]


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("phpbb/version_3_0", "content"),
        ("xenforo/version1", "messageText"),
        ("xenforo/version2", "bbWrapper"),
        ("smf/topic_2_0", "inner"),
    ],
)
def test_words_are_found_where_most_of_the_page_is_and_it_is_said(case, name):
    page, changed = _renamed(case, name)
    whole, found = _posts(page), _posts(changed)
    assert [post.id for post in found] == [post.id for post in whole]
    for post, other in zip(whole, found, strict=True):
        assert set(post.text.split()) <= set(other.full_text.split())
    assert "no words stand where" in read(changed).warnings[0]


def test_a_guest_is_named_where_members_are():
    page = golden.page_of(golden.ROOT / "smf" / "topic_2_1")
    _, changed = _renamed("smf/topic_2_1", "poster")
    assert [p.author.name for p in _posts(changed)] == [p.author.name for p in _posts(page)]


def test_a_page_of_bodies_within_bodies_without_a_date_is_refused_at_once():
    page = golden.page_of(golden.ROOT / "xenforo" / "version2")
    bodies = '<div class="message-body">' * 300 + '<div class="bbWrapper">Words, words.</div>' * 1500
    body = f'<html id="XF" data-template="thread_view"><body>{bodies}</body></html>'.encode()
    with pytest.raises(ParseError, match="no post was found"):
        read(replace(page, body=body))
