"""What no forum should serve, and somebody will: quotes without end, text that runs backwards, half a page."""

import importlib.util
import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from parse.body import untangle
from parse.html_platform import HtmlPlatform
from parse.json_fields import fragment
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


@pytest.mark.parametrize("name", sorted(n for n in PAGES if PAGES[n].body.lstrip()[:1] == b"<"))
def test_a_page_of_two_bytes_a_letter_is_read_without_a_mark_of_it(name):
    page = PAGES[name]
    whole = Document(page).text
    for form in ("utf-16-le", "utf-16-be"):
        reading = read(replace(page, body=whole.encode(form), content_type="text/html"))
        assert reading.platform == name
        assert reading.threads[0].posts == read(page).threads[0].posts


def test_tens_of_thousands_of_line_breaks_are_no_elements_left_open(page):
    name, page = page
    words = first_words(page)
    reading = read(changed(page, words, f"{words}{'<br>' * 25_000}"), name)
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


def test_a_comment_that_nobody_answered_keeps_its_words_beside_long_branches():
    """Each comment has a box for its answers; in the last of a branch it is empty, and holds no words."""
    comment = (
        '<div class="c" id="c-{0}"><p><a href="/user/u{0}">User {0}</a> <span>March {1}, 2024</span></p>'
        '<div class="words">These are the words of comment number {0}.</div><div class="answers">'
    )
    branches = [range(100, 130), range(200, 230)]
    tree = "".join(
        "".join(comment.format(n, 1 + n % 28) for n in branch) + "</div></div>" * len(branch)
        for branch in branches
    )
    page = golden.page_of(golden.ROOT / "generic" / "declared")
    body = f"<html><body><h1>A thread</h1>{tree}</body></html>".encode()
    (thread,) = read(replace(page, body=body)).threads
    assert [post.text for post in thread.posts] == [
        f"These are the words of comment number {n}." for branch in branches for n in branch
    ]


NOWHERE = ("http://[bad", "http://a:99999999/x", "//[", "/t/1?page=" + "9" * 5000, "/t/1?page=" + "9" * 15)


def misled(page):
    """The page with every other link leading nowhere, in its words, its pager, its breadcrumbs."""
    hrefs, turns = itertools.cycle(NOWHERE), itertools.cycle((True, False))
    text = re.sub(
        r"""(href=["'])[^"']*""",
        lambda m: m[1] + next(hrefs) if next(turns) else m[0],
        Document(page).text,
    )
    return replace(page, body=text.replace("<p>", f'<p><a href="{next(hrefs)}">A link.</a> ').encode())


@pytest.mark.parametrize(
    "case", sorted(golden.ROOT.glob("*/*/page.html")), ids=lambda path: "/".join(path.parts[-3:-1])
)
def test_links_that_lead_nowhere_are_no_reason_to_give_up(case):
    try:
        read(misled(golden.page_of(case.parent)))
    except ParseError as error:
        assert "\n" not in str(error)


def test_a_link_that_leads_nowhere_in_the_words_of_a_post_costs_an_unknown_forum_nothing():
    page = golden.page_of(golden.ROOT / "generic" / "repeated")
    before = read(page).threads[0].posts
    words = first_words(page)
    after = read(changed(page, words, f'<a href="http://[url]">{words}</a>')).threads[0].posts
    assert [(post.id, post.text) for post in after] == [(post.id, post.text) for post in before]


def test_a_script_full_of_comments_and_a_page_full_of_open_drawings_are_read_in_one_go():
    page = golden.page_of(golden.ROOT / "generic" / "repeated")
    hostile = (
        f"""<script type="application/ld+json">{{{"/* " * 100_000}</script><i class="x"/>{"<svg>" * 19_000}"""
    )
    reading = read(replace(page, body=Document(page).text.replace("</body>", hostile, 1).encode()))
    assert len(reading.threads[0].posts) == len(read(page).threads[0].posts)


def test_a_post_of_a_hundred_thousand_blanks_is_read_in_the_time_of_another():
    """Nobody waits for minutes: a search that begins anew at every blank would take as long."""
    page = golden.page_of(golden.ROOT / "generic" / "a_word_of_thanks")
    blank = read(replace(page, body=page.body.replace(b"</p>", b" " * 50_000 + b"\n" * 50_000 + b"</p>")))
    assert [post.id for post in blank.threads[0].posts] == [post.id for post in read(page).threads[0].posts]


def test_quotes_of_vbulletin_a_thousand_deep_each_name_their_source():
    """Measured before its head was looked for first: minutes."""
    head = '<div class="bbcode_postedby">Originally Posted by <strong>Ann</strong> <a href="showthread.php?p={n}#post{n}">v</a></div>'
    begun = '<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container">{head}<div class="message">'
    opened = "".join(begun.format(head=head.format(n=n)) for n in range(1, 1001))
    body = fragment(f"{opened}words{'</div></div></div></div>' * 1000}")
    found = untangle(body, platforms()["vbulletin"].quotes).quotes
    assert [quote.source_ref for quote in found] == [str(n) for n in range(1, 1001)]


def test_thousands_of_signatures_in_one_paragraph_are_as_many_comments():
    page = golden.page_of(golden.ROOT / "mediawiki" / "talk")
    signed = 'Mine. <a href="/wiki/User:Wren">Wren</a> 12:34, 5 May 2024 (UTC) '
    begin = page.body.index(b"<h2")
    body = page.body[:begin] + f"<h2><span class='mw-headline'>Row</span></h2><p>{signed * 5000}</p>".encode()
    [thread] = read(replace(page, body=body)).threads
    assert len(thread.posts) == 5000
    assert {post.text for post in thread.posts} == {"Mine."}
