"""Selectors are cut to what can be on a page, and find no less for that."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from parse.html_fields import find_all
from parse.page import Document, Page
from tests.parse.made import START

HTML = """<html><body><div class="head"><b class="label label-pinned">Pinned</b><b class="label">Planned</b></div>
<ul id="list"><li class="row"><a href="/t/1">One</a></li><li class="row odd">Two</li></ul></body></html>"""


@pytest.mark.parametrize(
    "selector",
    [
        ".head .label:not([class*=-closed], [class*=-pinned])",
        ".label:not(.label-closed, :has(.icon, .arrow), [title*='x, y'])",
        ".row:not(:has(a, .never)), .never",
        ".never :not(.row), .row:has(.nowhere, a)",
        "[class=ROW i], .absent",
        ".absent",
    ],
)
def test_as_much_is_found_as_by_the_whole_selector(selector):
    doc = Document(Page(url="https://f.example.org/", body=HTML.encode(), fetched_at=START))
    whole = LexborHTMLParser(HTML).css(selector)
    assert [node.html for node in find_all(doc, selector)] == [node.html for node in whole]
