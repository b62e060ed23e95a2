"""What rewrites a page and changes nothing that it shows changes nothing that is read from it."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import ParseError
from parse.registry import read

_SPEC = importlib.util.spec_from_file_location("golden_pages", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

RAW = re.compile(r"(?:<(script|style|textarea|pre|noscript|template)\b.*?</\1>|<!--.*?-->)", re.S | re.I)
"""What is kept as it is."""
VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
TAG = re.compile(rf"<([a-zA-Z][\w:-]*)((?:\s+[\w:@.-]+(?:\s*=\s*{VALUE})?)+)\s*(/?)>")
ATTRIBUTE = re.compile(rf"[\w:@.-]+(?:\s*=\s*{VALUE})?")


def in_tags(change):
    def changed(m):
        return f"<{m[1]} {change(ATTRIBUTE.findall(m[2]))}{' /' if m[3] else ''}>"

    return lambda html: TAG.sub(changed, html)


def shrunk(html):
    """As programs shrink pages: no quotes where none are needed, no ends of the page."""
    bare = in_tags(
        lambda attributes: " ".join(re.sub(r'="([^"\'\s=<>`/]+)"$', r"=\1", a) for a in attributes)
    )
    return re.sub(r"</(?:body|html)>", "", bare(html), flags=re.I)


def typeset(html):
    """As editors write pages: attributes in another order, each in single quotes on a line of its own."""
    turned = in_tags(
        lambda attributes: "\n  ".join(re.sub(r'="([^"\']*)"$', r"='\1'", a) for a in attributes[::-1])
    )
    return turned(html)


def from_elsewhere(html):
    """As files of Windows come: a mark of the order of bytes, and both signs at the end of a line."""
    return "\ufeff" + html.replace("\r\n", "\n").replace("\n", "\r\n")


def outside_scripts(change, html):
    parts, at = [], 0
    for m in RAW.finditer(html):
        parts += [change(html[at : m.start()]), m[0]]
        at = m.end()
    return "".join([*parts, change(html[at:])])


REWRITTEN = {
    "shrunk": lambda html: outside_scripts(shrunk, html),
    "typeset elsewhere": lambda html: from_elsewhere(outside_scripts(typeset, html)),
}


def said(page):
    try:
        reading = read(page)
    except ParseError:
        return None
    posts = [post for thread in reading.threads for post in thread.posts]
    rows = [(row.id, row.title) for row in reading.rows]
    return (
        reading.platform,
        rows,
        [(p.id, p.author, p.posted_at, p.text.split(), len(p.quotes)) for p in posts],
    )


def html_of(page):
    """The text of a page that is HTML in UTF-8, else None."""
    try:
        html = page.body.decode()
    except UnicodeDecodeError:
        return None
    return html if html.lstrip().startswith("<") and "<html" in html[:1500].lower() else None


@pytest.mark.parametrize("platform", sorted({case.parent.name for case in golden.cases()}))
def test_a_rewritten_page_is_read_as_the_page_was(platform):
    pages = [golden.page_of(case) for case in golden.cases() if case.parent.name == platform]
    for page, html in ((page, html) for page in pages if (html := html_of(page))):
        before = said(page)
        for way, change in REWRITTEN.items():
            assert said(replace(page, body=change(html).encode())) == before, (page.url, way)
