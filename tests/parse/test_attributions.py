"""What mail programs write above the lines they quote names who is quoted and is no part of the own words."""

import tomllib
from pathlib import Path

import pytest

from parse.body import QuoteMarkup, untangle
from parse.json_fields import fragment
from parse.quotes.plain import untangle_text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "attributions.toml").read_text("utf-8"))
MAIL = "Thanks for asking.\n\n{}\n> the hut is closed in winter\n\nIt opens in May.\n"


@pytest.mark.parametrize("line", CASES["attributions"])
def test_an_attribution_names_who_is_quoted(line):
    body = untangle_text(MAIL.format(line))
    assert [(q.attributed_to, q.text) for q in body.quotes] == [("Ines Vogel", "the hut is closed in winter")]
    assert body.text == "Thanks for asking.\n\nIt opens in May."


@pytest.mark.parametrize("line", CASES["own_words"])
def test_a_sentence_above_a_quote_stays_with_the_author(line):
    body = untangle_text(MAIL.format(line))
    assert [(q.attributed_to, q.text) for q in body.quotes] == [(None, "the hut is closed in winter")]
    assert line in body.text


def test_attributions_within_quotes_name_who_is_quoted_there():
    mail = (
        "2014-03-12 10:22 GMT+01:00 Ines Vogel <ines@example.org>:\n\n> In May?\n>\n"
        "> 2014-03-11 9:00 GMT+01:00 Ota Beran <ota@example.org>:\n>> It is closed.\n\nYes.\n"
    )
    body = untangle_text(mail)
    assert [(q.depth, q.attributed_to, q.text) for q in body.quotes] == [
        (1, "Ines Vogel", "In May?"),
        (2, "Ota Beran", "It is closed."),
    ]
    assert body.text == "Yes."


def test_what_a_mail_program_marks_as_an_attribution_is_no_name_as_a_whole():
    markup = QuoteMarkup(block="blockquote", head_before=".gmail_attr")
    page = (
        '<p>It opens in May.</p><div class="gmail_attr">út 12. 3. 2019 v 10:22 odesílatel Ines Vogel '
        "&lt;ines@example.org&gt; napsal:</div><blockquote>It is closed.</blockquote>"
    )
    body = untangle(fragment(page), markup)
    assert [(q.attributed_to, q.text) for q in body.quotes] == [("Ines Vogel", "It is closed.")]
    assert body.text == "It opens in May."


@pytest.mark.parametrize(
    "line",
    (
        "On Wed, 1 May 2024 at 10:00, Vogel, Ines wrote:",
        "On Wed, May 1, 2024 at 10:00 AM, Vogel, Ines\n<ines@example.org> wrote:",
        "On Wed, May 1, 2024 at 10:00 AM, Vogel, Ines\n<ines_at_[hidden]> wrote:",
    ),
)
def test_the_family_name_may_stand_first(line):
    body = untangle_text(MAIL.format(line))
    assert [q.attributed_to for q in body.quotes] == ["Vogel, Ines"]
    assert body.text == "Thanks for asking.\n\nIt opens in May."


def test_lines_above_a_head_in_preformatted_words_stay_where_they_are():
    html = (
        "<pre>So I asked.\nOn Wed, 1 May 2024 at 10:00, Ines Vogel\n&lt;ines@example.org&gt; wrote:\n</pre>"
        "<blockquote><pre>It opens in May.\n</pre></blockquote><pre>\nGood.\n</pre>"
    )
    body = untangle(fragment(html))
    assert [(q.attributed_to, q.text) for q in body.quotes] == [("Ines Vogel", "It opens in May.")]
    assert body.text == "So I asked.\n\nGood."
