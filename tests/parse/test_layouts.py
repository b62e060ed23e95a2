"""Pages of forums that do not exist, laid out in every way and in ways mixed at random, are read as of unknown make."""

import importlib.util
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("thread_layouts", Path(__file__).parent / "layouts.py")
layouts = sys.modules["thread_layouts"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(layouts)

ONE_BY_ONE = [
    (each.name, choice)
    for each in fields(layouts.Layout)
    for choice in layouts.CHOICES.get(each.name, (False, True))
]


@pytest.mark.parametrize(("name", "choice"), ONE_BY_ONE, ids=str)
def test_a_plain_page_is_read_whole_whatever_one_thing_is_laid_out_otherwise(name, choice):
    for seed in range(2):
        assert layouts.score(replace(layouts.Layout(), **{name: choice}), seed).is_whole


@pytest.fixture(scope="module")
def scores():
    return [layouts.score(layouts.drawn(seed), seed) for seed in range(120)]


def test_most_pages_laid_out_at_random_are_read_whole(scores):
    """What follows from one choice may hide what another one tells; most pages are read all the same."""
    assert sum(each.is_whole for each in scores) >= 0.8 * len(scores)


def test_nearly_all_posts_laid_out_at_random_are_found_word_for_word_and_few_are_invented(scores):
    posts = sum(each.posts for each in scores)
    assert sum(each.found for each in scores) >= 0.95 * posts
    assert sum(each.invented for each in scores) <= 0.03 * posts
