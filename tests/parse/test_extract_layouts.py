"""One invented thread as text, in the layouts that page-to-text tools leave of many kinds of forum."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from parse.names import normal
from parse.page import Page
from parse.registry import read
from parse.threads import assemble, resolve

GOLDEN = Path(__file__).parents[1] / "golden" / "plaintext"
TITLE = "Mediation fee raised without notice"
FEE = "Is the mediation fee really ten percent of the order?"
POSTS = [
    (
        "kiln_and_clay",
        "2024-05-06 10:15",
        [],
        ["My report was closed without an answer.", f"{FEE} Who knows?"],
    ),
    (
        "Walter",
        "2024-05-06 11:02",
        [("kiln_and_clay", FEE)],
        ["It was eight, and nobody announced the change."],
    ),
    ("Hanna P", "2024-05-06 14:40", [], ["I never paid it.", "Maybe I was lucky for all those years."]),
    (
        "kiln_and_clay",
        "2024-05-07 09:01",
        [("Walter", "nobody announced the change"), ("Hanna P", "Maybe I was lucky for all those years.")],
        ["They should publish the fee on the first page.", "Lucky indeed, you should buy a lottery ticket."],
    ),
    (
        "Milan K",
        "2024-05-17 21:33",
        [("kiln_and_clay", "They should publish the fee on the first page.")],
        ["Agreed."],
    ),
    ("Walter", "2024-05-18 08:12", [], ["An exam would only keep honest beginners away."]),
]


def layout(byline, quote, foot=(), heading=(TITLE, "")):
    """A page of the thread. `byline` gives the lines above a post, `quote` those of a quote."""
    lines = list(heading)
    for number, (author, when, quotes, paragraphs) in enumerate(POSTS, 1):
        lines += [*byline(number, author, datetime.fromisoformat(when)), ""]
        for name, text in quotes:
            lines += [*quote(name, text), ""]
        lines += ["\n\n".join(paragraphs), "", *foot, ""]
    return "\n".join(lines)


def said(word):
    return lambda name, text: [f"{name} {word}:", text]


LAYOUTS = {
    "phpbb": layout(
        lambda n, a, t: ["Re: " * (n > 1) + TITLE, f"Post by {a} » {t:%a %b %d, %Y %I:%M %p}"],
        lambda name, text: [f"{name} wrote: ↑Mon May 06, 2024 10:15 am", text],
        ["Top"],
    ),
    "phpbb, older": layout(lambda n, a, t: ["Re: " * (n > 1) + TITLE, f"by {a} » {t:%d %b %Y, %H:%M}"], said("wrote")),
    "vbulletin": layout(
        lambda n, a, t: [f"{t:%m-%d-%Y, %I:%M %p}", f"#{n}", a, "Senior Member", "Join Date: May 2010", "Posts: 1,204"],
        lambda name, text: ["Quote:", f"Originally Posted by {name}", text],
    ),
    "xenforo": layout(
        lambda n, a, t: [
            a, "Well-known member", "Joined", "Mar 3, 2015", "Messages", "812", f"{t:%b} {t.day}, {t.year}", f"#{n}",
        ],
        lambda name, text: [f"{name} said:", text, "Click to expand..."],
        ["Reply"],
    ),
    "discourse": layout(
        lambda _, a, t: [a, "", f"{t:%b} {t.day}, {t.year}"], lambda name, text: [f"{name}:", "", text], ["1 Like"]
    ),
    "smf, printed": layout(
        lambda _, a, t: [f"Title: {TITLE}", f"Post by: {a} on {t:%B %d, %Y, %I:%M:%S %p}"],
        lambda name, text: [f"Quote from: {name} on May 06, 2024, 10:15:00 AM", text],
    ),
    "posted by": layout(
        lambda _, a, t: [f"Posted by {a} on {t:%d %B %Y} at {t:%H:%M}"],
        lambda name, text: [f"> {name} wrote:", f"> {text}"],
    ),
    "german": layout(
        lambda n, a, t: [f"#{n}", a, "Mitglied", "Beiträge: 212", "Registriert: 03.03.2015", f"{t:%d.%m.%Y, %H:%M} Uhr"],
        said("schrieb"),
        ["Zitieren"],
    ),
    "headings": layout(
        lambda _, a, t: [f"### {a} — {t:%Y-%m-%d %H:%M}"],
        lambda name, text: [f"> **{name}** wrote:", f"> {text}"],
        ["* * *"],
        [f"# {TITLE}", ""],
    ),
    "khoros": layout(
        lambda _, a, t: [a, "Community Member", f"{t:%b %d, %Y %I:%M:%S %p}", "Mark as New", "Bookmark", "Permalink"],
        lambda name, text: [f"{name} wrote:", "", text, "", ""],
        ["0 Kudos", "Reply"],
    ),
}  # fmt: skip
BELOW = "\n".join(
    [TITLE, ""]
    + [
        line
        for author, when, quotes, paragraphs in POSTS
        for name, text in [*quotes, (None, None)]
        for line in (
            [f"{name} wrote:", text, ""]
            if name
            else [
                "\n\n".join(paragraphs),
                "",
                f"— {author}, {datetime.fromisoformat(when):%d %b %Y %H:%M}",
                "",
                "",
            ]
        )
    ]
)


def thread_of(text):
    page = Page(
        url="file:///saved/thread.txt",
        body=text.encode(),
        fetched_at=datetime(2024, 6, 1, tzinfo=UTC),
        content_type="text/plain",
    )
    return resolve(assemble(None, read(page).threads))


@pytest.mark.parametrize("name", [*LAYOUTS, "bylines below"])
def test_every_layout_is_read_back_exactly(name):
    thread = thread_of(LAYOUTS.get(name, BELOW))
    assert [p.text for p in thread.posts] == ["\n\n".join(paragraphs) for _, _, _, paragraphs in POSTS]
    assert [normal(p.author.name) for p in thread.posts] == [normal(author) for author, *_ in POSTS]
    assert [f"{p.posted_at:%Y-%m-%d}" for p in thread.posts] == [when[:10] for _, when, _, _ in POSTS]
    order = [p.id for p in thread.posts]
    quotes = [
        (order.index(p.id), q.attributed_to, q.text, order.index(q.source_post_id))
        for p in thread.posts
        for q in p.quotes
    ]
    assert quotes == [
        (1, "kiln_and_clay", FEE, 0),
        (3, "Walter", "nobody announced the change", 1),
        (3, "Hanna P", "Maybe I was lucky for all those years.", 2),
        (4, "kiln_and_clay", "They should publish the fee on the first page.", 3),
    ]


def test_a_list_of_dates_within_a_post_divides_nothing():
    text = (GOLDEN / "no_bylines" / "page.txt").read_text("utf-8")
    before = [post.id for post in thread_of(text).posts]
    dates = "\n".join(
        f"May {day}, 2024: {what}" for day, what in ((1, "sent"), (3, "paid"), (9, "refused"), (12, "shut"))
    )
    dated = thread_of(text.replace("1) how many", f"{dates}\n\n1) how many"))
    assert len(dated.posts) == len(before)
