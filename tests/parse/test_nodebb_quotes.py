"""Heads of NodeBB's quotes: above the quote until version 3, within it since, in the quoter's language."""

import pytest

from parse.body import untangle
from parse.json_fields import fragment
from parse.software.nodebb_quotes import QUOTES

ANN = '<a class="plugin-mentions-a" href="/uid/4">@ann-b</a>'


def read(html):
    body = untangle(fragment(html), QUOTES)
    return body.text, [(q.depth, q.attributed_to, q.source_ref, q.text) for q in body.quotes]


@pytest.mark.parametrize("person", [ANN, "@ann-b"])
@pytest.mark.parametrize(
    "head",
    [
        "{} said in {}:",
        "Участник {} написал в {}:",
        "{} 在 {} 中说：",
        "{} je napisal/-a v {}:",
        "{} dixo en {}",
    ],
)
def test_a_head_is_known_by_its_links_in_any_language(head, person):
    said = head.format(person, '<a href="/post/7">Gate hours</a>')
    quoted = [(1, "ann-b", "7", "Open at six.")]
    assert read(f"<p>{said}</p><blockquote><p>Open at six.</p></blockquote><p>No.</p>") == ("No.", quoted)
    assert read(f"<blockquote><p>{said}</p><p>Open at six.</p></blockquote><p>No.</p>") == ("No.", quoted)


@pytest.mark.parametrize(
    "html",
    [
        '<p>{0} said in <a href="/post/7">T</a>:</p><blockquote><p>@bo said in <a href="/post/5">T</a>:</p>'
        "<blockquote><p>Deep.</p></blockquote><p>Mid.</p></blockquote><p>Own.</p>",
        '<blockquote><p>{0} <a href="/post/7">said</a>:</p><blockquote><p>@bo <a href="/post/5">said</a>:</p>'
        "<p>Deep.</p></blockquote><p>Mid.</p></blockquote><p>Own.</p>",
        '<blockquote><p>{0} <a href="/post/7">said</a>:</p><p>@bo said in <a href="/post/5">T</a>:</p>'
        "<blockquote><p>Deep.</p></blockquote><p>Mid.</p></blockquote><p>Own.</p>",
    ],
)
def test_each_quote_within_a_quote_has_its_own_source(html):
    assert read(html.format(ANN)) == ("Own.", [(1, "ann-b", "7", "Mid."), (2, "bo", "5", "Deep.")])


def test_the_head_of_a_quote_is_not_that_of_the_bare_quote_it_begins_with():
    html = f'<blockquote><p>{ANN} <a href="/post/7">said</a>:</p><blockquote><p>A rule.</p></blockquote><p>So.</p></blockquote>'
    assert read(html)[1] == [(1, "ann-b", "7", "So."), (2, None, None, "A rule.")]


def test_own_words_that_lead_to_a_post_are_no_head():
    html = '<p>As I wrote in <a href="/post/7">my first post</a>, the rule:</p><blockquote><p>Be kind.</p></blockquote>'
    assert read(html) == ("As I wrote in my first post, the rule:", [(1, None, None, "Be kind.")])


def test_own_words_before_a_head_in_its_paragraph_stay():
    html = f'<p>No.<br>\n{ANN} said in <a href="/post/7">T</a>:</p><blockquote><p>Six.</p></blockquote>'
    assert read(html) == ("No.", [(1, "ann-b", "7", "Six.")])


def test_the_number_of_a_post_from_another_server_is_its_address():
    html = f'<blockquote><p>{ANN} <a href="/post/https%3A%2F%2Fsea.example.net%2F8">said</a>:</p><p>Six.</p></blockquote>'
    assert read(html)[1] == [(1, "ann-b", "https://sea.example.net/8", "Six.")]
