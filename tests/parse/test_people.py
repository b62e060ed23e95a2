"""Who wrote what the page does not say."""

from parse.model import Author, Post, Quote, Thread
from parse.threads import resolve

LONG = "The fee for arbitration is far beyond what a beginner earns in a month, and nobody tells us so."
OTHER = "Escrow was never meant to replace reading the contract before you start to work on anything."


def post(number, author, text, *quotes):
    """Quotes are given as (name, text)."""
    return Post(
        id=str(number),
        text=text,
        full_text=text,
        position=number,
        author=Author(name=author) if author else None,
        quotes=tuple(
            Quote(ordinal=n, depth=1, attributed_to=q[0], text=q[1]) for n, q in enumerate(quotes, 1)
        ),
    )


def resolved(*posts):
    return resolve(Thread(id="t", title="Fees", url="https://forum.example.org/t/1", posts=posts))


def test_authors_are_recovered_from_quotes_and_their_names_joined():
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, None, LONG),
        post(3, None, OTHER),
        post(4, "Bob", "No.", ("Steven S", LONG)),
        post(5, "Bob", "And.", ("Steven", OTHER)),
    )
    by_id = {p.id: p for p in result.posts}
    assert by_id["2"].author == by_id["3"].author == Author(name="Steven S")
    assert by_id["2"].author_method == "quoted"
    assert by_id["2"].author_confidence > 0.8


def test_a_deleted_user_is_named_by_those_who_quoted_him():
    result = resolved(post(1, "[deleted]", LONG), post(2, "Bob", "No.", ("Ann", LONG)))
    assert result.posts[0].author == Author(name="Ann")


def test_whoever_answers_what_was_said_to_somebody_by_name_is_that_person():
    asked = "Phyllis, are you speaking for the company, or do you just know it all?"
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, "Steven S", asked),
        post(3, None, "I have no inside information.", ("Steven S", asked)),
        post(4, "Steven S", f"Tiffany, {LONG}"),
        post(5, None, "No.", ("Steven S", f"Tiffany, {LONG}")),
        post(6, None, "Never.", ("Steven S", f"Tiffany, {LONG}")),
    )
    authors = [p.author.name if p.author else None for p in result.posts]
    assert authors == ["Ann", "Steven S", "Phyllis", "Steven S", None, None]
    assert result.posts[2].author_method == "addressed"


def test_a_post_is_signed():
    result = resolved(
        post(1, "Ann", "Opening."), post(2, None, "Please stay polite.\n\nThank you.\n~ Bojan\nForum")
    )
    assert result.posts[1].author == Author(name="Bojan")


def test_a_quote_whose_source_is_doubtful_names_nobody():
    half = " ".join(LONG.split()[:9])
    result = resolved(
        post(1, "Ann", "Opening."),
        post(2, None, LONG),
        post(3, "Bob", "No.", ("Steven", f"{half} which is a shame for us all and no secret")),
    )
    assert result.posts[2].quotes[0].source_post_id in (None, "2")
    assert result.posts[1].author is None


def test_two_who_name_different_people_are_believed_less_than_two_who_name_one():
    def confidence(*names: str) -> float:
        quoting = [post(n, "Bob", "No.", (name, LONG)) for n, name in enumerate(names, 3)]
        result = resolved(post(1, "Ann", "Opening."), post(2, None, LONG), *quoting)
        return result.posts[1].author_confidence

    assert confidence("Steven", "Steven") > confidence("Steven") > confidence("Steven", "Phyllis")
    assert confidence("Steven", "Phyllis") < 0.6
