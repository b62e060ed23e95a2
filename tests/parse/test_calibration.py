"""A confidence means something: of the sources given with .9 and more, 97 of 100 are right.

Threads are invented, word by word; quotes are mangled in every way that people and forums mangle them.
`pytest tests/parse/test_calibration.py -s` shows the reliability table.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from parse.model import Author, Post, PostState, Quote, Thread
from parse.threads import resolve

START = datetime(2024, 5, 1, tzinfo=UTC)
VOWELS, CONSONANTS = "aeiou", "bcdfglmnprstvz"
PEOPLE = ["Steven S", "Petra R", "Will L", "Phyllis G", "jane_doe", "Old Bob", "Ann", "Łukasz W"]
SHORT = {"Steven S": "Steven", "Petra R": "petra", "Will L": "WillL", "jane_doe": "Jane Doe"}
FORMER = {"Old Bob": "bobby77"}


def vocabulary(rng):
    """Words of which some are everywhere and most are rare, as in any language."""

    def word():
        return "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(1, 4)))

    return sorted({word() for _ in range(1500)}, key=len)


def sentence(rng, words):
    chosen = [words[int(len(words) * rng.random() ** 3)] for _ in range(rng.randint(3, 18))]
    return " ".join(chosen).capitalize() + "."


def mangled(rng, kind, sentences):
    """What a quoter makes of a run of sentences."""
    text = " ".join(sentences)
    words = text.split()
    if kind == "trimmed" and len(words) > 6:
        start = rng.randrange(len(words) - 5)
        return " ".join(words[start : start + rng.randint(4, 12)])
    if kind == "elided" and len(words) > 9:
        cut = rng.randrange(3, len(words) - 4)
        return " ".join([*words[:cut], rng.choice(["…", "...", "[snip]", "[...]"]), *words[cut + 2 :]])
    if kind == "retyped":
        return " ".join(w[:-1] + w[-1] * 2 if rng.random() < 0.12 else w for w in words)
    if kind == "redacted" and len(words) > 6:
        at = rng.randrange(1, len(words) - 2)
        return " ".join([*words[:at], "[edited for guidelines]", *words[at + 2 :]])
    if kind == "edited later" and len(sentences) > 1:
        return " ".join(sentences[:-1])
    return text


KINDS = ["whole", "whole", "trimmed", "elided", "retyped", "redacted", "edited later"]


def thread(rng, words):
    """A thread, and the true source of each quote by (post, ordinal)."""
    stock = [sentence(rng, words) for _ in range(3)]  # what everybody says sooner or later
    said = [
        (rng.choice(PEOPLE), [rng.choice(stock) if rng.random() < 0.08 else sentence(rng, words) for _ in range(rng.randint(1, 6))])
        for _ in range(rng.randint(8, 60))
    ]  # fmt: skip
    truth: dict[tuple[str, int], str] = {}
    posts = []
    for number, (author, sentences) in enumerate(said):
        quotes = []
        for ordinal in range(1, rng.choice([1, 1, 2, 3, 4])):
            source = rng.randrange(len(said)) if rng.random() < 0.1 else rng.randrange(max(1, number))
            if said[source][0] == author or source == number:
                continue
            name = said[source][0]
            written = SHORT.get(name, name) if rng.random() < 0.3 else FORMER.get(name, name)
            first = rng.randrange(len(said[source][1]))
            quoted = said[source][1][first : first + rng.randint(1, 3)]
            quotes.append(
                Quote(
                    ordinal=len(quotes) + 1,
                    depth=1,
                    text=mangled(rng, rng.choice(KINDS), quoted),
                    attributed_to=None if rng.random() < 0.15 else written,
                )
            )
            truth[str(number), len(quotes)] = str(source)
            del ordinal
        text = " ".join(sentences)
        posts.append(
            Post(
                id=str(number),
                text=text,
                full_text=text,
                position=number + 1,
                posted_at=None if rng.random() < 0.3 else START + timedelta(hours=number),
                author=Author(name=author),
                quotes=tuple(quotes),
            )
        )
    return Thread(id="t", title="Fees", url="https://forum.example.org/t/1", posts=tuple(posts)), truth


def judged():
    """Every quote of many threads: how sure its source is (None: no answer), and whether it is right."""
    rng = random.Random(11)
    words = vocabulary(rng)
    for _ in range(60):
        made, truth = thread(rng, words)
        result = resolve(made)
        ghosts = {post.id for post in result.posts if post.state is PostState.GHOST}
        for post in result.posts:
            for quote in post.quotes if post.id not in ghosts else ():
                yield quote.source_confidence, quote.source_post_id == truth[post.id, quote.ordinal]


def test_confidences_are_calibrated():
    given, right = Counter(), Counter()
    silent = 0
    for sure, is_right in judged():
        if sure is None:
            silent += 1
            continue
        bin_ = min(int(sure * 10), 9)
        given[bin_] += 1
        right[bin_] += is_right
    print("\nconfidence   given   right")
    for each in sorted(given):
        print(f"{each / 10:.1f} - {each / 10 + 0.1:.1f}   {given[each]:6}   {right[each] / given[each]:.3f}")
    print(f"no answer    {silent:6}")
    assert min(given) >= 5
    assert right[9] / given[9] >= 0.97
    assert right.total() / (given.total() + silent) >= 0.95
    for each in given:
        assert given[each] < 30 or right[each] / given[each] >= each / 10 - 0.05
