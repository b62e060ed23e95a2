"""Forums nobody has described are read nearly as well as those with an adapter: golden pages, names hidden."""

import importlib.util
from pathlib import Path

import pytest

from parse.html_platform import HtmlPlatform
from parse.model import PageKind, ParseError
from parse.page import Document
from parse.registry import platforms, read


def _module(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


IN_SCRIPTS = ("flarum/page", "khoros_aurora/topic", "vanilla/layout_post", "vanilla/layout_question")
"""Whose posts stand in data for scripts: with the scripts, they are gone."""

golden, scrambled = _module("golden"), _module("scrambled")


@pytest.fixture(scope="module")
def scores():
    """Of every golden thread page with three posts or more, whose adapter reads HTML."""
    cases = [c for c in golden.cases() if isinstance(platforms()[c.parent.name], HtmlPlatform)]
    found = {f"{c.parent.name}/{c.name}": scrambled.compared(golden.page_of(c)) for c in cases}
    return {name: s for name, s in found.items() if s and s.posts > 2 and name not in IN_SCRIPTS}


def test_most_posts_are_found_without_a_name_to_go_by(scores):
    # Golden pages are short and odd on purpose: on real ones scrambled.py finds more than nine in ten.
    assert sum(score.f1 for score in scores.values()) / len(scores) >= 0.7


def test_authors_and_days_are_found_with_the_posts(scores):
    matched = sum(score.matched for score in scores.values())
    assert sum(score.authors for score in scores.values()) >= 0.85 * matched
    assert sum(score.times for score in scores.values()) >= 0.9 * matched


def _boards():
    """Golden pages that list three threads or more, and their rows."""
    for case in golden.cases():
        page = golden.page_of(case)
        reading = read(page, case.parent.name) if _is_html(page) else None
        if reading and len(reading.rows) > 2 and case.parent.name != "generic":
            yield case, page, reading


def _is_html(page):
    return Document(page).json is None and b"<html" in page.body[:500].lower()


def test_what_lists_threads_is_never_taken_for_a_thread():
    wrong = []
    for case, page, _ in _boards():
        try:
            reading = read(scrambled.scrambled(page), "generic")
        except ParseError:
            continue
        if reading.kind is not PageKind.BOARD:
            wrong.append(f"{case.parent.name}/{case.name}")
    assert wrong == []
