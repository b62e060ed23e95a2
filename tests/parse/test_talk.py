"""A lone post is made like an article: what stands beside it tells whether a page is read as a thread."""

from datetime import UTC, datetime

import pytest

from parse.model import ParseError
from parse.page import Page
from parse.registry import read

WORDS = "<p>The old pier was closed in March because the planks had rotted through in several places.</p>"
ARTICLE = f"""
<div class="piece"><h1>The pier is closed</h1>
<div class="byline"><a href="/author/jane">Jane Doe</a> <time datetime="2024-03-05T10:00">5 March</time></div>
<div class="copy">{WORDS * 4}</div></div>
"""
MENU = '<ul><li><a href="/news">News</a><li><a href="/sport">Sport</a><li><a href="/shop">Shop</a></ul>'
BOARD = '<a href="/forum/4-piers">Piers</a> <a href="/forum/5-ships">Ships</a>'


def posts_on(body, url="https://coast.example/2024/pier"):
    page = Page(
        url=url,
        body=f"<html><body>{MENU}{body}</body></html>".encode(),
        fetched_at=datetime(2024, 5, 1, tzinfo=UTC),
    )
    return [post for thread in read(page).threads for post in thread.posts]


def test_an_article_is_reported_and_no_thread():
    with pytest.raises(ParseError, match="too doubtful"):
        posts_on(ARTICLE)


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("https://coast.example/viewtopic.php?t=5", ARTICLE),
        ("https://forum.coast.example/x", ARTICLE),
        ("https://coast.example/t/the-pier/812", ARTICLE),
        ("https://coast.example/x", BOARD + ARTICLE),
        ("https://coast.example/x", ARTICLE.replace("</a> <time", "</a> <i>Joined: 3 May 2011</i> <time")),
        ("https://coast.example/x", ARTICLE.replace("</div></div>", "</div><a href='#'>Zitieren</a></div>")),
    ],
    ids=["address", "host", "number in the address", "boards", "account", "button"],
)
def test_the_same_words_on_a_page_of_talk_are_its_opening_post(where, body):
    (post,) = posts_on(body, where)
    assert post.author.name == "Jane Doe" and "planks had rotted" in post.text


def test_two_people_with_an_account_each_talk():
    post = (
        '<div class="w"><a href="/who/{0}">{0}</a> <time datetime="2024-03-0{1}T10:00">x</time>'
        "<p>{2} That is what I think of the pier and of its planks.</p></div>"
    )
    both = post.format("Ida", 5, "It is a shame.") + post.format("Per", 6, "It is no loss.")
    assert [each.author.name for each in posts_on(both)] == ["Ida", "Per"]


def test_a_comment_below_an_article_makes_it_talk():
    comment = (
        '<div class="comment"><b class="author">Per</b> <time datetime="2024-03-06T10:00">6 March</time>'
        "<p>I walked on it as a child and I shall miss it, rotten planks or not.</p></div>"
    )
    assert [post.author.name for post in posts_on(ARTICLE + comment)][-1] == "Per"


DECLARED = """<script type="application/ld+json">{"@type": "BlogPosting", "author": {"name": "Jane Doe"},
"datePublished": "2024-03-05", "text": "The old pier was closed in March." %s}</script>"""


def test_a_declared_article_is_talk_only_with_what_was_said_about_it():
    with pytest.raises(ParseError):
        posts_on(DECLARED % "")
    said = ', "comment": [{"@type": "Comment", "author": {"name": "Per"}, "text": "I shall miss it."}]'
    assert [post.author.name for post in posts_on(DECLARED % said)] == ["Jane Doe", "Per"]
