"""Pages of forums that do not exist, in markup of 25 years: each kind alone, what once went wrong, and mixed at random."""

import importlib.util
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("wide_pages", Path(__file__).parent / "wide_layouts.py")
wide = sys.modules["wide_pages"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(wide)

ONE_BY_ONE = [
    (each.name, choice)
    for each in fields(wide.Layout)
    for choice in wide.CHOICES.get(each.name, (False, True))
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


@pytest.mark.parametrize(("name", "choice"), ONE_BY_ONE, ids=str)
def test_a_plain_page_is_read_whole_whatever_one_thing_is_laid_out_otherwise(name, choice):
    assert wide.score(replace(wide.Layout(), **{name: choice}), 1).is_whole


@pytest.mark.parametrize(("seed", "choices"), ONCE_WRONG.values(), ids=ONCE_WRONG)
def test_what_was_once_read_wrong_is_read_whole(seed, choices):
    assert wide.score(replace(wide.Layout(), **choices), seed).is_whole


@pytest.fixture(scope="module")
def scores():
    return [wide.score(wide.drawn(seed), seed) for seed in range(120)]


def test_most_pages_laid_out_at_random_are_read_whole(scores):
    assert sum(each.is_whole for each in scores) >= 0.8 * len(scores)


def test_nearly_all_posts_laid_out_at_random_are_found_word_for_word(scores):
    posts = sum(each.posts for each in scores)
    assert sum(each.found for each in scores) >= 0.94 * posts
    assert sum(each.invented for each in scores) <= 0.05 * posts
