"""Pages of forums that do not exist, each kind of markup alone, what once went wrong, and mixed at random."""

import importlib.util
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest


def made_by(name):
    """The module beside this one that draws pages of one sort."""
    spec = importlib.util.spec_from_file_location(f"drawn_{name}", Path(__file__).parent / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layouts, wide = made_by("layouts"), made_by("wide_layouts")
ONE_BY_ONE = [
    pytest.param(pages, seeds, each.name, choice, id=f"{pages.__name__}-{each.name}-{choice}")
    for pages, seeds in ((layouts, 2), (wide, 1))
    for each in fields(pages.Layout)
    for choice in pages.CHOICES.get(each.name, (False, True))
]
ONCE_WRONG = {
    "what is told of accounts, line by line": (10, {"about": "lines", "naming": "none"}),
    "what is told of accounts before bare words": (15, {"about": "list", "shape": "comments", "words": "bare"}),
    "what is told of accounts in one line": (25, {"about": "one line", "naming": "data attributes"}),
    "accounts in old fonts": (38, {"about": "lines", "naming": "utility", "shape": "old fonts"}),
    "accounts in elements of the forum's own": (
        228,
        {"about": "lines", "buttons": "buttons", "naming": "inline styles", "shape": "custom", "words": "bare"},
    ),
    "heads before quotes that bare words follow": (
        81,
        {"naming": "none", "quote": "head before", "words": "breaks"},
    ),
    "what everybody quotes": (163, {"posts": 3, "quote": "two boxes"}),
    "a date in two elements": (57, {"author": "link elsewhere", "naming": "utility"}),
    "weekdays as Spanish shortens them": (129, {"author": "link elsewhere", "naming": "hashed", "tongue": "es"}),
    "a letter in place of a picture": (
        81,
        {"author": "link elsewhere", "avatar": "letter", "naming": "none"},
    ),
    "buttons in a row with bars": (
        32,
        {"buttons": "links", "edited": True, "naming": "none", "shape": "dl", "words": "bare"},
    ),
    "bare words below the date": (86, {"buttons": "icons", "shape": "rows", "words": "bare"}),
    "few bare words below the date": (138, {"shape": "rows", "words": "bare"}),
    "signatures below rules of all but one": (19, {"signature": "below rule"}),
    "the number of a post before its author": (
        63,
        {"author": "link elsewhere", "naming": "data attributes", "number": "link", "shape": "dl"},
    ),
    "a notice that says who edited": (90, {"edited": True, "shape": "two rows"}),
    "a notice above the byline": (
        75,
        {"author": "link elsewhere", "edited": True, "naming": "data attributes", "shape": "byline below", "words": "bare"},
    ),
    "a body that is called as its post is": (315, {"naming": "utility"}),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "seeds", "name", "choice"), ONE_BY_ONE)
def test_a_plain_page_is_read_whole_whatever_one_thing_is_laid_out_otherwise(pages, seeds, name, choice):
    for seed in range(2 - seeds, 2):
        assert pages.score(replace(pages.Layout(), **{name: choice}), seed).is_whole


@pytest.mark.parametrize("code", [each.code for each in wide.tongues.FARTHER])
@pytest.mark.parametrize(
    "choices",
    [{"date": date} for date in wide.CHOICES["date"]]
    + [{"about": about} for about in wide.CHOICES["about"]]
    + [{"quote": "cite"}, {"edited": True}, {"buttons": "links"}],
    ids=lambda choices: "-".join(map(str, *choices.items())),
)
def test_a_plain_page_is_read_whole_in_languages_from_farther_away(code, choices):
    layout = replace(wide.Layout(), tongue=code, **choices)
    assert all(wide.score(layout, seed).is_whole for seed in range(2))


@pytest.mark.parametrize(("seed", "choices"), ONCE_WRONG.values(), ids=ONCE_WRONG)
def test_what_was_once_read_wrong_is_read_whole(seed, choices):
    assert wide.score(replace(wide.Layout(), **choices), seed).is_whole


@pytest.mark.parametrize(
    ("pages", "found", "invented"),
    [(layouts, 0.95, 0.03), (wide, 0.94, 0.05)],
    ids=["layouts", "wide_layouts"],
)
def test_most_pages_laid_out_at_random_are_read_whole_and_nearly_all_posts_word_for_word(
    pages, found, invented
):
    """What follows from one choice may hide what another one tells; most pages are read all the same."""
    scores = [pages.score(pages.drawn(seed), seed) for seed in range(120)]
    posts = sum(each.posts for each in scores)
    assert sum(each.is_whole for each in scores) >= 0.8 * len(scores)
    assert sum(each.found for each in scores) >= found * posts
    assert sum(each.invented for each in scores) <= invented * posts
