"""What no forum should serve, and somebody will: quotes without end, text that runs backwards, half a page."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from parse.html_platform import HtmlPlatform
from parse.model import PageKind, ParseError
from parse.page import Document
from parse.registry import platforms, read

_SPEC = importlib.util.spec_from_file_location("golden_pages", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)


def first_words(page):
    """How a post begins, as it stands in the page's HTML and nowhere else there; None where none does."""
    text = Document(page).text
    posts = [post for thread in read(page).threads for post in thread.posts if post.text]
    beginnings = (post.text.split("\n")[0][:15].strip() for post in posts)
    return next((words for words in beginnings if text.count(words) == 1), None)


def thread_pages():
    """One thread page of every platform whose pages are HTML."""
    seen = {}
    for case in golden.cases():
        platform = platforms().get(case.parent.name)
        if case.parent.name in seen or not isinstance(platform, HtmlPlatform):
            continue
        page = golden.page_of(case)
        if read(page).kind is PageKind.THREAD and first_words(page):
            seen[case.parent.name] = page
    return seen


PAGES = thread_pages()


@pytest.fixture(params=sorted(PAGES))
def page(request):
    return request.param, PAGES[request.param]


def changed(page, words, to):
    return replace(page, body=Document(page).text.replace(words, to, 1).encode())


def test_two_thousand_quotes_in_each_other_are_read(page):
    name, page = page
    words = first_words(page)
    nested = f"{'<blockquote>' * 2000}deep{'</blockquote>' * 2000}"
    reading = read(changed(page, words, words + nested), name)
    assert any(words in post.full_text for thread in reading.threads for post in thread.posts)


def test_text_that_changes_direction_is_kept(page):
    name, page = page
    words = first_words(page)
    turned = "\u202eבבקשה\u202c \u2067abc\u2069"
    reading = read(changed(page, words, f"{words} {turned}"), name)
    assert any("בבקשה" in post.text for thread in reading.threads for post in thread.posts)


def test_elements_that_are_never_closed_lose_no_words(page):
    name, page = page
    words = first_words(page)
    reading = read(changed(page, words, f"{'<b><i><font>' * 300}{words}"), name)
    assert any(words in post.full_text for thread in reading.threads for post in thread.posts)


@pytest.mark.parametrize("body", [b"", b"   \n", b"\x00\x01\x02" * 100, b"<html", b"<html></html>"])
def test_a_page_that_is_none_is_refused_or_read_as_empty(page, body):
    name, page = page
    try:
        reading = read(replace(page, body=body), name)
    except ParseError as error:
        assert "\n" not in str(error)
    else:
        assert not any(thread.posts for thread in reading.threads)


def test_comments_in_comments_however_deep_answer_what_they_stand_in():
    """Of a forum that nobody knows: every answer stands inside the post that it answers."""
    depth = 300
    comment = (
        '<li class="c"><div><a href="/user/u{0}">User {0}</a> <span>March {1}, 2024</span></div>'
        "<p>These are the words of comment number {0}, with an opinion of its own.</p><ul>"
    )
    nested = "".join(comment.format(n, 1 + n % 28) for n in range(depth)) + "</ul></li>" * depth
    page = golden.page_of(golden.ROOT / "generic" / "declared")
    body = f"<html><body><h1>A thread</h1><ul>{nested}</ul></body></html>".encode()
    (thread,) = read(replace(page, body=body)).threads
    assert len(thread.posts) == depth
    assert all(f"number {n}," in post.text for n, post in enumerate(thread.posts))
    # What stands in the opening post answers the topic, all else what it stands in.
    assert [post.reply_to for post in thread.posts[2:]] == [post.id for post in thread.posts[1:-1]]
