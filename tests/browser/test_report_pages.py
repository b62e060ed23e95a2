"""Every page of a report in a real browser: nothing runs, nothing is fetched, nothing overflows, all is usable."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser.pages import AXE_RUN

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
WIDER = """() => [...document.querySelectorAll('body *')].filter(element =>
  element.getBoundingClientRect().right > innerWidth + 1
  && !element.closest('.scroll, svg') && getComputedStyle(element).position !== 'absolute'
).map(element => element.tagName + '.' + element.className).slice(0, 5)"""

STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { top, bottom } = element.getBoundingClientRect();
  return { what: element.outerHTML.slice(0, 120), top, bottom, outline: getComputedStyle(element).outlineStyle };
}"""


def pages_of(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


def one_of_each(report: Path) -> list[Path]:
    """The front pages, and the largest page of every other kind: that is where most can go wrong."""
    largest = sorted(pages_of(report), key=lambda page: (-page.stat().st_size, page.name))
    folders = {page.parent.name: page for page in reversed(largest) if page.parent != report}
    evidence = [page for page in largest if page.stem.endswith("-1")][:1]
    return [*sorted(report.glob("*.html")), *folders.values(), *evidence]


def test_no_page_breaks_its_policy_fetches_anything_or_is_wider_than_the_window(
    report: Path, tab: Any
) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    for page in pages_of(report):
        tab.goto(page.as_uri())
        assert tab.evaluate("violations") == [], page
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (page, tab.evaluate(WIDER))
        assert tab.title() != "owned"
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert {url for url in requests if url.startswith("file:")} == {
        page.as_uri() for page in pages_of(report)
    }


@pytest.mark.parametrize(
    ("report", "scheme", "width"),
    [
        ("community", "light", 1100),
        ("community", "dark", 1100),
        ("community", "light", 360),
        ("hostile", "dark", 360),
        ("hostile", "light", 1100),
        ("empty", "light", 1100),
    ],
    indirect=["report"],
)
def test_pages_meet_wcag_aa(report: Path, browser: Any, axe: str, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    tab = context.new_page()
    found: list[str] = []
    for page in one_of_each(report):
        tab.goto(page.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        tab.evaluate(axe)
        result = tab.evaluate(AXE_RUN)
        found += [told(page, violation) for violation in result["violations"]]
    context.close()
    assert not found, "\n".join(found)


def told(page: Path, violation: dict[str, Any]) -> str:
    nodes: Sequence[dict[str, Any]] = violation["nodes"]
    return f"{page.name}: {violation['id']} ({len(nodes)}): {nodes[0]['html'][:160]} {nodes[0]['failureSummary'][:300]}"


@pytest.mark.parametrize("report", ["community"], indirect=True)
def test_the_drawing_is_walked_with_the_keyboard(report: Path, tab: Any) -> None:
    page = max((report / "threads").iterdir(), key=lambda page: page.stat().st_size)
    tab.goto(page.as_uri())
    assert tab.locator(".nodes a[tabindex='0']").count() == 1
    tab.locator(".nodes a").first.focus()
    first = tab.locator("#reading").inner_text()
    assert first.startswith("Post 1 by ")
    tab.keyboard.press("ArrowRight")
    second = tab.locator("#reading").inner_text()
    assert ", answers 1 by " in second
    tab.keyboard.press("ArrowLeft")
    assert tab.locator("#reading").inner_text() == first
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash").startswith("#p-")
    assert tab.evaluate("document.querySelector(location.hash).classList.contains('post')")


@pytest.mark.parametrize("report", ["community"], indirect=True)
def test_a_chart_is_read_with_the_arrow_keys(report: Path, tab: Any) -> None:
    tab.goto((report / "index.html").as_uri())
    chart = tab.locator("#chart-participation .plot")
    chart.focus()
    for key, week in (("Home", 0), ("ArrowRight", 1), ("End", -1)):
        tab.keyboard.press(key)
        told = tab.locator("#tip").inner_text()
        rows = tab.locator("#chart-participation tbody tr")
        row = rows.nth(week % rows.count())
        assert row.locator("th").text_content() in told
        assert f"{row.locator('td').first.text_content()} post" in told
        assert tab.locator(".hidden[role=status]").text_content() == told
    tab.keyboard.press("Escape")
    assert not tab.locator("#tip").is_visible()


@pytest.mark.parametrize("report", ["community"], indirect=True)
def test_marked_words_tell_their_rule_to_pointer_and_keyboard(report: Path, tab: Any) -> None:
    page = max((report / "threads").iterdir(), key=lambda page: page.stat().st_size)
    tab.set_viewport_size({"width": 360, "height": 640})
    tab.goto(page.as_uri())
    mark = tab.locator(".words mark").first
    for reach in (mark.focus, mark.hover):
        reach()
        told = tab.locator("#tip").inner_text()
        assert "confidence 0." in told
        assert "rule " in told
        box = tab.locator("#tip").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        tab.keyboard.press("Escape")
        tab.mouse.move(1, 1)
    assert not tab.locator("#tip").is_visible()


@pytest.mark.parametrize("report", ["community"], indirect=True)
def test_every_stop_of_the_tab_key_is_seen(report: Path, tab: Any) -> None:
    for page in ("index.html", "people.html"):
        tab.goto((report / page).as_uri())
        stops = 0
        while stops < 500:
            tab.keyboard.press("Tab")
            seen = tab.evaluate(STOP)
            if seen is None:
                break
            stops += 1
            assert seen["outline"] != "none", seen
            assert seen["top"] < tab.viewport_size["height"], seen
            assert seen["bottom"] > 0, seen
        assert 30 < stops < 500


@pytest.mark.parametrize("report", ["community"], indirect=True)
def test_the_first_tab_leads_past_the_navigation(report: Path, tab: Any) -> None:
    tab.goto((report / "index.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("report", ["hostile"], indirect=True)
def test_words_from_right_to_left_stand_at_the_right(report: Path, tab: Any) -> None:
    page = max((report / "threads").iterdir(), key=lambda page: page.stat().st_size)
    tab.goto(page.as_uri())
    words = tab.locator(".words", has_text="שלום").first
    assert words.evaluate("element => getComputedStyle(element).direction") == "rtl"


@pytest.mark.parametrize("report", ["community"], indirect=True)
def test_the_report_prints(report: Path, tab: Any) -> None:
    tab.emulate_media(media="print")
    tab.goto((report / "index.html").as_uri())
    assert not tab.locator(".top nav").is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")
