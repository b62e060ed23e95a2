"""The page on which posts are coded, in a real browser: by keys, kept, handed over, and inert."""

import csv
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from folkmoot.cli import main
from reports.coding import page
from tests.browser.pages import AXE_RUN
from warehouse.store import reading

pytestmark = pytest.mark.browser

LABELS = {"support": "it agrees", "oppose": "it disagrees", "neutral": "anything else"}
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=alert(1)> \u202e evil " + "x" * 9000
)


def rows(*texts: str) -> list[dict[str, str]]:
    return [
        {"post_id": f"site:{n}", "thread": "A thread", "role": "Member", "answers": "", "text": text, "weight": "2.5", "coder": "", "label": ""}
        for n, text in enumerate(texts)
    ]  # fmt: skip


@pytest.fixture
def opened(tab: Any, tmp_path: Path) -> Callable[..., Any]:
    """Opens the page made of these posts."""

    def shown(sheet: list[dict[str, str]]) -> Any:
        file = tmp_path / "sheet.html"
        html = page(sheet, task="stance", question="Where does it stand?", labels=LABELS, name="sheet")
        file.write_text(html, encoding="utf-8")
        tab.goto(file.as_uri())
        return tab

    return shown


def press(tab: Any, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def taken(tab: Any, folder: Path) -> tuple[str, list[dict[str, str]]]:
    """The name and the rows of the sheet that the page hands over."""
    with tab.expect_download() as download:
        tab.click("#take")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as sheet:
        return file.name, list(csv.DictReader(sheet))


def named(tab: Any, name: str) -> None:
    tab.fill("#coder", name)
    tab.locator("#post-head").focus()


def test_posts_are_labelled_by_keys_and_handed_over_as_the_sheet(opened: Any, tmp_path: Path) -> None:
    texts = ("I agree.", 'He said "no",\nthen left; = why', "Nonsense, 世界.")
    tab = opened(rows(*texts))
    named(tab, "Ann B.")
    press(tab, "1", "3")
    assert tab.inner_text("#text") == texts[2]
    name, sheet = taken(tab, tmp_path)
    assert name == "sheet-ann-b-.csv"
    assert [(row["coder"], row["label"]) for row in sheet] == [
        ("Ann B.", "support"),
        ("Ann B.", "neutral"),
        ("Ann B.", ""),
    ]
    assert [row["text"] for row in sheet] == list(texts)
    assert {row["weight"] for row in sheet} == {"2.5"}


def test_nobody_labels_without_a_name(opened: Any) -> None:
    tab = opened(rows("One.", "Two."))
    tab.locator("#post-head").focus()
    press(tab, "1")
    assert tab.inner_text("#count") == "0 of 2 coded"
    assert tab.evaluate("document.activeElement.id") == "coder"
    press(tab, "1")
    assert tab.input_value("#coder") == "1"
    assert tab.inner_text("#count") == "0 of 2 coded"


def test_what_was_said_outlives_the_tab_and_is_each_coders_own(opened: Any) -> None:
    sheet = rows("One.", "Two.", "Three.")
    tab = opened(sheet)
    named(tab, "Ann")
    press(tab, "1", "2")
    tab = opened(sheet)
    assert tab.input_value("#coder") == "Ann"
    assert tab.inner_text("#count") == "2 of 3 coded"
    assert tab.inner_text("#text") == "Three."
    named(tab, "Ben")
    assert tab.inner_text("#count") == "0 of 3 coded"
    assert tab.inner_text("#next") == "Nothing is coded by Ben yet. Kept here are labels by Ann."
    named(tab, "Ann")
    assert tab.inner_text("#count") == "2 of 3 coded"
    assert opened(rows("Another sheet.")).inner_text("#count") == "0 of 1 coded"


def test_where_the_browser_keeps_nothing_it_is_said_and_nothing_is_lost_while_the_page_is_open(
    opened: Any, tab: Any, tmp_path: Path
) -> None:
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    tab = opened(rows("One.", "Two.", "Three."))
    named(tab, "Ann")
    press(tab, "1", "2")
    assert tab.is_visible("#warned")
    named(tab, "Ben")
    named(tab, "Ann")
    assert [row["label"] for row in taken(tab, tmp_path)[1]] == ["support", "oppose", ""]


def test_a_label_is_seen_again_changed_and_taken_back(opened: Any, tmp_path: Path) -> None:
    tab = opened(rows("One.", "Two."))
    named(tab, "Ann")
    press(tab, "1", "ArrowLeft")
    assert tab.locator("[aria-pressed=true]").inner_text().split() == ["1", "support"]
    press(tab, "2")
    assert tab.inner_text("#text") == "Two."
    press(tab, "1", "ArrowLeft", "2")
    assert tab.inner_text("#count") == "1 of 2 coded"
    assert [row["label"] for row in taken(tab, tmp_path)[1]] == ["", "support"]


def test_keys_can_be_switched_off(opened: Any) -> None:
    tab = opened(rows("One.", "Two."))
    named(tab, "Ann")
    tab.uncheck("#keys")
    press(tab, "1", "ArrowRight")
    assert tab.inner_text("#count") == "0 of 2 coded"
    assert tab.inner_text("#text") == "One."
    tab.click("[data-label=oppose]")
    assert tab.inner_text("#count") == "1 of 2 coded"


def test_hostile_posts_are_inert_and_fit_the_window(opened: Any) -> None:
    requests: list[str] = []
    sheet = [
        {**one, "answers": HOSTILE, "thread": HOSTILE, "role": HOSTILE} for one in rows(HOSTILE, "م" * 50)
    ]
    tab = opened(sheet)
    tab.on("request", lambda request: requests.append(request.url))
    tab.reload()
    assert tab.title() == "Coding: stance"
    assert tab.evaluate("violations") == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert tab.inner_text("#text").startswith("</script>")
    for width in (360, 1280):
        tab.set_viewport_size({"width": width, "height": 700})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 360)])
def test_the_page_meets_wcag_aa(opened: Any, axe: str, scheme: str, width: int) -> None:
    tab = opened([{**one, "answers": "Why not?"} for one in rows("One.", "Two.")])
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 800})
    for name in ("", "Ann"):
        tab.fill("#coder", name)
        if name:
            tab.click("[data-label=oppose]")
            tab.click("#back")
        tab.evaluate(axe)
        found = tab.evaluate(AXE_RUN)["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def test_the_sheet_that_is_handed_over_is_read_back(tab: Any, tmp_path: Path, folders: Any) -> None:
    """From the sample to the warehouse, as a coder would."""
    warehouse = shutil.copy(folders("community").parent / "w.duckdb", tmp_path)
    sheet = tmp_path / "to-code.csv"
    with sheet.open("w", encoding="utf-8", newline="") as sample, redirect_stdout(sample):
        main(["sample", "--warehouse", str(warehouse), "--task", "stance", "--n", "4"])
    made = tmp_path / "to-code.html"
    main(["codings", "page", str(sheet), "--task", "stance", "--out", str(made)])
    tab.goto(made.as_uri())
    named(tab, "Ann")
    press(tab, "1", "2", "4")
    name, _ = taken(tab, tmp_path)
    main(["codings", "import", str(tmp_path / name), "--warehouse", str(warehouse), "--task", "stance"])
    with reading(Path(warehouse)) as db:
        said = db.query("SELECT coder, label FROM codings WHERE task = 'stance' ORDER BY label").to_pylist()
    assert [(row["coder"], row["label"]) for row in said] == [
        ("Ann", "neutral"),
        ("Ann", "oppose"),
        ("Ann", "support"),
    ]
