"""Every golden page is read as its folder says, by its platform and by no other."""

import importlib.util
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from parse.html_platform import HtmlPlatform
from parse.model import PageKind, ParseError
from parse.page import Document
from parse.registry import platforms, read

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

CASES = list(golden.cases())


@pytest.fixture(params=CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def case(request):
    return request.param


def test_a_page_is_read_as_its_folder_says(case):
    expected = json.loads((case / "thread.json").read_text())
    assert golden.serialised(read(golden.page_of(case))) == expected


def test_no_platform_takes_the_page_of_another(case):
    doc = Document(golden.page_of(case))
    claims = {name: platform.detect(doc) for name, platform in platforms().items()}
    own, generic = claims.pop(case.parent.name), claims.pop("generic", 0)
    assert own >= 0.5 and own > generic
    assert {name: sure for name, sure in claims.items() if sure >= 0.5} == {}


def _shows_posts(case):
    """Whether the case is an HTML page on which the platform's table finds posts."""
    platform, page = platforms()[case.parent.name], golden.page_of(case)
    if not isinstance(platform, HtmlPlatform) or read(page).kind is not PageKind.THREAD:
        return False
    return Document(page).tree.css_first(platform.table.post) is not None


@pytest.mark.parametrize("case", list(filter(_shows_posts, CASES)), ids=lambda c: f"{c.parent.name}/{c.name}")
def test_a_thread_page_whose_posts_are_not_recognised_is_reported(case):
    platform, page = platforms()[case.parent.name], golden.page_of(case)
    doc = Document(page)
    for node in doc.tree.css(platform.table.post):
        node.decompose()
    emptied = replace(page, body=doc.tree.html.encode())
    try:
        reading = read(emptied, platform.name)
    except ParseError as error:
        assert f"thread page of {platform.name}, but no post" in str(error)
    else:  # what some software serves past the last page; or the page carries its posts as JSON as well
        assert reading.kind is PageKind.PAST_END or any(thread.posts for thread in reading.threads)


def test_the_same_page_cut_in_the_middle_is_read_or_refused_in_one_line(case):
    page = golden.page_of(case)
    cut = replace(page, body=page.body[: len(page.body) * 2 // 3])
    try:
        read(cut, case.parent.name)
    except ParseError as error:
        assert "\n" not in str(error)


def test_the_other_pages_of_a_site_settle_the_order_of_day_and_month():
    page = golden.page_of(golden.ROOT / "vbulletin" / "version3")
    dates = ("05-13-2024, 10:00 AM", "05-11-2024, 10:00 AM")
    later = page.fetched_at + timedelta(days=365)  # read sooner, the 5th of November would be yet to come
    unclear = replace(page, body=page.body.replace(*map(str.encode, dates)), fetched_at=later)
    alone, informed = read(unclear), read(unclear, day_first=True)
    assert (alone.day_first, informed.day_first) == (None, None)
    assert alone.threads[0].posts[0].posted_at.month == 5
    assert informed.threads[0].posts[0].posted_at.month == 11
