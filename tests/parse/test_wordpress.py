"""Blogs made with WordPress: what is a thread and what is none, and one blog seen in several ways."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import PageKind, PostState
from parse.page import Document
from parse.registry import UNKNOWN, detect, first_page, platforms, read
from parse.threads import assemble, resolve

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

BLOG = "https://looms.example.org"


def page(case, platform="wordpress", **changes):
    found = golden.page_of(golden.ROOT / platform / case)
    body = found.body.decode()
    for before, after in changes.items():
        body = body.replace(before, after)
    return replace(found, body=body.encode())


def without_form(case):
    found = page(case)
    head, _, rest = found.body.decode().partition('<div id="respond"')
    return replace(found, body=(head + rest.partition("</form></div>")[2]).encode())


def test_an_article_that_nobody_has_talked_below_is_a_thread_as_long_as_somebody_may():
    open_, closed = read(page("no_comment_yet")), read(without_form("no_comment_yet"), "wordpress")
    assert (open_.kind, [post.id for post in open_.threads[0].posts]) == (PageKind.THREAD, ["post-41"])
    assert (closed.kind, closed.threads, closed.warnings) == (PageKind.NO_TALK, (), ())


def test_an_article_without_comments_is_not_claimed():
    assert detect(Document(without_form("no_comment_yet"))).name == UNKNOWN


def test_a_closed_article_with_comments_is_locked():
    (thread,) = read(without_form("html5")).threads
    assert not thread.is_locked  # its comments can be answered
    assert read(page("block_theme_closed")).threads[0].is_locked


def test_what_asks_for_a_password_is_a_wall():
    asked = without_form("no_comment_yet")
    form = b'<form action="https://looms.example.org/wp-login.php?action=postpass" method="post"></form>'
    walled = replace(asked, body=asked.body.replace(b'<div class="entry-content">', b"<div>" + form))
    assert read(walled, "wordpress").kind is PageKind.LOGIN


def test_comments_that_are_counted_and_not_found_are_told():
    found = page("block_theme_closed", **{"depth-": "level-", 'id="comment-': 'id="said-'})
    assert "none was found" in " ".join(read(found, "wordpress").warnings)


def test_behind_the_last_page_of_comments_the_article_is_shown_alone():
    behind = replace(page("no_comment_yet"), url=f"{BLOG}/2024/02/treadles/comment-page-4/")
    assert read(behind).kind is PageKind.PAST_END


@pytest.mark.parametrize(
    "plugin",
    ["<div id='bbpress-forums'></div>", "<div id='buddypress'></div>", "<div id='wpforo'></div>"],
)
def test_what_a_plugin_shows_is_not_claimed(plugin):
    found = page("html5")
    shown = replace(found, body=found.body.replace(b'<main id="main">', f'<main id="main">{plugin}'.encode()))
    assert platforms()["wordpress"].detect(Document(shown)) == 0.0


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("/2024/02/treadles/?replytocom=6#respond", "/2024/02/treadles/"),
        ("/2024/02/treadles/?utm_source=x#comment-7", "/2024/02/treadles/"),
        ("/2024/02/treadles/comment-page-2/#comments", "/2024/02/treadles/comment-page-2/"),
        ("/2024/02/treadles/comment-page-1/", "/2024/02/treadles/comment-page-1/"),
        ("/?replytocom=47&p=52&cpage=2#respond", "/?p=52&cpage=2"),
        ("/page/1/", "/"),
        ("/category/parts/page/2/?orderby=title", "/category/parts/page/2/"),
    ],
)
def test_one_content_has_one_url(url, own):
    assert platforms()["wordpress"].canonical(BLOG + url) == BLOG + own


def test_every_page_of_comments_leads_to_the_first():
    assert first_page(f"{BLOG}/2024/02/treadles/comment-page-2/", "wordpress") == f"{BLOG}/2024/02/treadles/"
    assert first_page(f"{BLOG}/?p=52&cpage=2", "wordpress") == f"{BLOG}/?p=52"
    assert first_page(f"{BLOG}/x", None) == f"{BLOG}/x"


def test_an_article_shown_with_its_last_comments_alone_is_held_and_opens_the_thread_once_all_are_read():
    (last,), (first,) = (
        read(page("block_theme_newest_first")).threads,
        read(page("block_theme_closed")).threads,
    )
    alone = assemble(None, [last])
    assert [post.id for post in alone.posts] == ["post-52", "93", "94", "95"]
    for whole in (assemble(None, [last, first]), assemble(alone, [first])):
        assert [post.id for post in whole.posts] == ["post-52", "90", "91", "93", "94", "95"]
        assert [post.position for post in whole.posts] == [1, 2, 3, 4, 5, 6]


def test_articles_and_comments_that_were_saved_apart_are_one_thread():
    articles, comments = read(page("articles", "wordpress_api")), read(page("comments", "wordpress_api"))
    parts = [thread for reading in (articles, comments) for thread in reading.threads if thread.id == "41"]
    for order in (parts, parts[::-1]):
        whole = resolve(assemble(None, order))
        assert (whole.title, whole.is_sticky) == ("A new treadle – for all frames", True)
        assert [post.id for post in whole.posts] == ["post-41", "6", "7", "12"]
        answers = {reply.post: reply.parent for reply in whole.replies if reply.is_primary}
        assert answers == {"6": "post-41", "7": "6", "12": "post-41"}


def test_an_export_that_breaks_off_is_read_up_to_there_and_the_rest_is_told():
    whole = page("export", "wordpress_api")
    cut = replace(whole, body=whole.body[: whole.body.index(b"A draft")])
    reading = read(cut)
    assert [thread.id for thread in reading.threads] == ["41"]
    assert "breaks off" in reading.warnings[0]
    states = {post.id: post.state for post in reading.threads[0].posts}
    assert (states["9"], states["11"]) == (PostState.HIDDEN, PostState.REMOVED)
