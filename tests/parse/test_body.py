"""Own words and quotes come apart exactly, whatever markup they were written in."""

import html
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from parse.body import QuoteMarkup, untangle
from parse.quotes.heads import QuoteHead
from parse.quotes.plain import untangle_text

KHOROS = QuoteMarkup(ends_at_rule=True)
VB3 = QuoteMarkup(
    block="div:has(> table td.alt2)",
    head="td.alt2 > div:first-child",
    content="td.alt2 > div:last-child",
    drop=("div.smallfont",),
)
PHPBB = QuoteMarkup(
    block="blockquote",
    head="cite",
    describe=lambda block: QuoteHead(source_ref=block.attributes.get("cite")),
)
SMF = QuoteMarkup(block="blockquote", head_before="div.quoteheader", drop=("div.quotefooter",))
DISCOURSE = QuoteMarkup(
    block="aside.quote",
    head=".title",
    content="aside.quote > blockquote",
    describe=lambda block: QuoteHead(attributed_to=block.attributes["data-username"]),
)
XENFORO = QuoteMarkup(
    block=".bbCodeBlock--quote",
    head=".bbCodeBlock-title",
    content=".bbCodeBlock-expandContent",
)


def read(markup_text, markup):
    tree = LexborHTMLParser(f'<div id="body">{markup_text}</div>')
    return untangle(tree.css_first("#body"), markup)


# A post is a list of paragraphs (strings) and quotes, which are posts again, with a name.


@dataclass(frozen=True)
class Quoted:
    name: str
    items: tuple


WORDS = [
    "fee",
    "the",
    "client",
    "paid",
    "<b>",
    "&amp;",
    "5>3",
    "naïve",
    "😀",
    "שלום",
    "—",
    "don’t",
    "x_y",
    "%20",
]
paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(lambda w: "Well, " + " ".join(w))
names = st.sampled_from(["Ann", "Jane D", "bob_k", "Łukasz W", "Dr. Strange", "X-ray99"])


def posts(quote):
    """Own words between quotes, so that neighbouring quotes are told apart in every style."""
    return st.lists(st.one_of(paragraphs, quote), min_size=1, max_size=5).map(tuple).filter(_is_alternating)


def _is_alternating(items):
    neighbours = any(isinstance(a, Quoted) and isinstance(b, Quoted) for a, b in pairwise(items))
    return isinstance(items[-1], str) and not neighbours


quotes = st.recursive(
    st.builds(Quoted, names, paragraphs.map(lambda p: (p,))),
    lambda inner: st.builds(Quoted, names, posts(inner)),
    max_leaves=6,
)
trees = posts(quotes)


def escaped(text):
    return html.escape(text, quote=False)


def paragraph(text):
    return f"<p>{escaped(text)}</p>"


def rendered(items, quote):
    return "".join(paragraph(i) if isinstance(i, str) else quote(i, rendered(i.items, quote)) for i in items)


STYLES = {
    "khoros": (KHOROS, lambda q, inner: f"<blockquote><hr/>{q.name} wrote:{inner}<hr/></blockquote>"),
    "khoros, head in a paragraph": (
        KHOROS,
        lambda q, inner: f"<blockquote><hr/><p>@{q.name} wrote:</p>{inner}<hr/></blockquote>",
    ),
    "vbulletin 3": (
        VB3,
        lambda q, inner: (
            '<div style="margin:20px"><div class="smallfont">Quote:</div><table><tr><td class="alt2">'
            f"<div>Originally Posted by <strong>{q.name}</strong></div><div>{inner}</div></td></tr></table></div>"
        ),
    ),
    "phpbb": (
        PHPBB,
        lambda q, inner: f"<blockquote><div><cite>{q.name} wrote:</cite>{inner}</div></blockquote>",
    ),
    "smf 2.0": (
        SMF,
        lambda q, inner: (
            f'<div class="quoteheader">Quote from: {q.name} on May 01, 2024, 10:00:00 AM</div>'
            f'<blockquote>{inner}</blockquote><div class="quotefooter"><div></div></div>'
        ),
    ),
    "discourse": (
        DISCOURSE,
        lambda q, inner: (
            f'<aside class="quote" data-username="{q.name}"><div class="title"><img alt="" src="a.png">'
            f" {q.name}:</div><blockquote>{inner}</blockquote></aside>"
        ),
    ),
    "xenforo": (
        XENFORO,
        lambda q, inner: (
            f'<blockquote class="bbCodeBlock--quote"><div class="bbCodeBlock-title"><a>{q.name} said:</a></div>'
            f'<div><div class="bbCodeBlock-expandContent">{inner}</div><a>Click to expand...</a></div></blockquote>'
        ),
    ),
    "german": (
        QuoteMarkup(),
        lambda q, inner: f"<blockquote><p>{q.name} hat geschrieben:</p>{inner}</blockquote>",
    ),
    "head above the block": (
        QuoteMarkup(),
        lambda q, inner: f"<p>{q.name} wrote:</p><blockquote>{inner}</blockquote>",
    ),
}


def expected(items):
    """Own text and flat quotes of a tree."""
    flat = []

    def visit(quote, depth, parent):
        ordinal = len(flat) + 1
        flat.append(None)
        own = "\n\n".join(i for i in quote.items if isinstance(i, str))
        flat[ordinal - 1] = (ordinal, depth, parent, quote.name, own)
        for item in quote.items:
            if isinstance(item, Quoted):
                visit(item, depth + 1, ordinal)

    for item in items:
        if isinstance(item, Quoted):
            visit(item, 1, None)
    return "\n\n".join(i for i in items if isinstance(i, str)), flat


def found(body):
    return body.text, [(q.ordinal, q.depth, q.parent, q.attributed_to, q.text) for q in body.quotes]


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=60, deadline=None)
@given(items=trees)
def test_every_style_of_markup_is_read_back_exactly(style, items):
    markup, quote = STYLES[style]
    assert found(read(rendered(items, quote), markup)) == expected(items)


def as_mail(items, prefix=""):
    lines = []
    for item in items:
        if lines:
            lines.append(prefix.rstrip())
        if isinstance(item, str):
            lines.append(prefix + item)
        else:
            lines.append(f"{prefix}On Wed, 1 May 2024 at 10:00, {item.name} <a@example.org> wrote:")
            lines.extend(as_mail(item.items, prefix + "> "))
    return lines


def as_tags(items):
    return "\n\n".join(
        i if isinstance(i, str) else f'[quote="{i.name}"]{as_tags(i.items)}[/quote]' for i in items
    )


@settings(max_examples=100, deadline=None)
@given(items=trees)
def test_mail_is_read_back_exactly(items):
    assert found(untangle_text("\n".join(as_mail(items)))) == expected(items)


@settings(max_examples=100, deadline=None)
@given(items=trees)
def test_typed_tags_are_read_back_exactly(items):
    assert found(untangle_text(as_tags(items))) == expected(items)
    assert found(read(paragraph(as_tags(items)).replace("\n\n", "<br><br>"), QuoteMarkup())) == expected(
        items
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/abpqr =\"'&;!-[]quote\n:wr", max_size=300))
def test_no_markup_however_broken_fails(text):
    body = read(text, KHOROS)
    assert len({quote.ordinal for quote in body.quotes}) == len(body.quotes)
    assert all(q.parent is None or q.parent < q.ordinal for q in body.quotes)
    untangle_text(text)


@pytest.mark.parametrize(
    ("markup_text", "markup"),
    [
        ("<blockquote>a" * 5000 + "</blockquote>" * 5000, QuoteMarkup()),
        ("<blockquote><hr>Ann wrote:<p>a</p>" * 5000, KHOROS),
    ],
)
def test_five_thousand_nested_quotes_are_read(markup_text, markup):
    body = read(markup_text, markup)
    assert [quote.depth for quote in body.quotes] == list(range(1, 5001))


@pytest.mark.parametrize("text", [">" * 5000 + " deep", "[quote]" * 5000 + "deep" + "[/quote]" * 5000])
def test_five_thousand_nested_plain_quotes_are_read(text):
    body = untangle_text(text + "\nmine")
    assert (len(body.quotes), body.quotes[-1].text, body.text) == (5000, "deep", "mine")


def test_words_behind_the_last_rule_are_the_repliers():
    body = read(
        "<blockquote><hr/>Ann wrote:<p>Is it?</p><hr/><p>It is.</p></blockquote><p>Really.</p>", KHOROS
    )
    assert (body.text, body.quotes[0].text) == ("It is.\n\nReally.", "Is it?")


def test_a_quote_that_lost_its_opening_rule_ends_at_the_other():
    body = read("<blockquote>Ann wrote:<p>Is it?</p><hr/>It is.</blockquote>", KHOROS)
    assert (body.text, body.quotes[0].text) == ("It is.", "Is it?")


def test_a_body_that_is_itself_a_blockquote_is_no_quote():
    tree = LexborHTMLParser('<blockquote id="body">Mine.<blockquote>Hers.</blockquote></blockquote>')
    body = untangle(tree.css_first("#body"), QuoteMarkup())
    assert (body.text, [quote.text for quote in body.quotes]) == ("Mine.", ["Hers."])


def test_text_shows_as_a_browser_shows_it():
    body = read(
        "<p>One\n two&nbsp; three<br>four</p><ul><li>a<li>b</ul><pre>if x:\n    y</pre><script>no()</script>"
        '<p>&nbsp;</p>Ok <img class="smilies" alt=":)"> <img src="me.jpg" alt="Me in Rome">',
        QuoteMarkup(),
    )
    assert body.text == "One two three\nfour\n\n• a\n• b\n\nif x:\n    y\n\nOk :)"


def test_items_of_lists_have_the_marks_that_a_browser_draws():
    body = read(
        "I ask for<ol start=3><li>a <b>refund</b><li><p>a form</p><p>in French</p><ul><li>or <br>two</ul>"
        "<li value=9>peace<li></ol>Three things.<ul><li> <li><img src=a.png></ul>",
        QuoteMarkup(),
    )
    assert body.text == (
        "I ask for\n\n3. a refund\n\n4. a form\n\nin French\n\n• or\ntwo\n\n9. peace\n\nThree things."
    )


def test_a_quote_in_a_list_is_a_quote():
    body = read(
        "<ul><li>Jane wrote:<blockquote>Pay <ul><li>first</ul></blockquote>Never.</ul>", QuoteMarkup()
    )
    assert body.text == "Never."
    assert [(quote.attributed_to, quote.text) for quote in body.quotes] == [("Jane", "Pay\n\n• first")]


def test_an_unattributed_document_in_a_blockquote_keeps_its_first_line():
    body = read("<blockquote><p>Section 4: fees.</p><p>Note: none.</p></blockquote>", QuoteMarkup())
    assert body.quotes[0].attributed_to is None
    assert body.quotes[0].text == "Section 4: fees.\n\nNote: none."


def test_an_outlook_reply_quotes_everything_below_the_header():
    body = untangle_text(
        "Fine with me.\n\n-----Original Message-----\nFrom: Jane Doe <j@example.org>\nSent: Monday\n"
        "To: list\nSubject: Re: fees\n\nShall we?\n\n> Older words."
    )
    assert body.text == "Fine with me."
    assert [(q.depth, q.attributed_to, q.text) for q in body.quotes] == [
        (1, "Jane Doe", "Shall we?"),
        (2, None, "Older words."),
    ]


def test_a_wrapped_attribution_and_a_signature():
    body = untangle_text(
        "On Wed, 1 May 2024 at 10:00, Jane Doe\n<jane@example.org> wrote:\n> Yes?\n\nNo.\n-- \nBob"
    )
    assert (body.text, body.quotes[0].attributed_to, body.quotes[0].text) == ("No.", "Jane Doe", "Yes?")


def test_a_half_deleted_tag_takes_nothing_away():
    body = untangle_text("[quote=Ann]I never closed this.\n\nSo it is all mine.")
    assert body.quotes == ()
    assert "So it is all mine." in body.text
    assert untangle_text("Words.[/quote] More.").text == "Words. More."


def test_a_closing_tag_without_its_slash_closes():
    body = untangle_text("[quote=Ann]Is it?[quote]\n\nIt is. [quote=Bob]No.[/quote] Yes.")
    assert [(q.attributed_to, q.text, q.depth) for q in body.quotes] == [
        ("Ann", "Is it?", 1),
        ("Bob", "No.", 1),
    ]
    assert body.text == "It is.\n\nYes."


def test_an_empty_quote_ends_where_it_begins():
    body = read("<blockquote></blockquote>Mine. <blockquote><p>Hers.</p></blockquote>", QuoteMarkup())
    assert (body.text, [quote.text for quote in body.quotes]) == ("Mine.", ["Hers."])


@pytest.mark.parametrize("text", ["", "   \n\n", ">:( that hurts", "a > b\n>= 5 of them"])
def test_what_only_looks_like_a_quote_is_none(text):
    assert untangle_text(text).quotes == ()


@pytest.mark.parametrize("air", ["\n", " \n", "> quoted\n\n"])
def test_however_much_air_a_text_has_it_is_read_in_one_go(air):
    body = untangle_text(f"Above. [sic]\n{air * 200_000}\nBelow.")
    assert (body.text.split()[0], body.text.split()[-1]) == ("Above.", "Below.")


def test_a_quote_that_begins_with_a_thousand_labels_is_read():
    quote = untangle_text("> Quote:\n" * 3000 + "> Ann wrote:\n> words").quotes[0]
    assert (quote.attributed_to, quote.text) == ("Ann", "words")
