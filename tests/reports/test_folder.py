"""The folder of a report: whole or not at all, the same bytes again, no link that leads nowhere."""

import filecmp
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

import reports.build
from reports.errors import ReportError
from tests.reports.pages import attributes, dead_links, figures
from warehouse.errors import NotAWarehouseError

Reporter = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_no_link_of_the_report_leads_to_a_page_it_has_not(community_report: Path) -> None:
    assert len(list(community_report.rglob("*.html"))) > 50
    assert dead_links(community_report) == []


def test_a_short_period_links_only_to_pages_it_has(community_file: Path, report: Reporter) -> None:
    folder = report(community_file, since=date(2026, 5, 25), until=date(2026, 5, 31))
    assert figures(folder)["emerging"]["rows"]
    assert dead_links(folder) == []


def test_the_same_input_gives_the_same_bytes(
    community_file: Path, community_report: Path, report: Reporter
) -> None:
    one, other = community_report, report(community_file, name="other")
    names = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(other)) for path in other.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(one, other, names, shallow=False)[1:] == ([], [])


def test_writing_again_into_the_same_folder_changes_nothing(empty_file: Path, report: Reporter) -> None:
    before = (report(empty_file) / "report.json").read_bytes()
    assert (report(empty_file) / "report.json").read_bytes() == before


def test_the_feed_remembers_earlier_reports(empty_file: Path, report: Reporter) -> None:
    report(empty_file, until=date(2026, 5, 1), now=datetime(2026, 5, 2, tzinfo=UTC))
    feed = ElementTree.parse(report(empty_file) / "feed.atom").getroot()
    updated = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
    assert updated == ["2026-06-15T09:30:00+00:00", "2026-05-02T00:00:00+00:00"]


def test_the_front_page_stays_light(community_report: Path) -> None:
    assert (community_report / "index.html").stat().st_size < 500_000


def test_hostile_words_never_become_markup(hostile_file: Path, report: Reporter) -> None:
    for page in report(hostile_file).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>document" not in text
        assert "<img" not in text
        assert not re.search(r'href="\s*(javascript|data:text|//)', text, re.IGNORECASE)
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00\x07\x1b]", text)
        assert text.count("<script") == text.count("</script") == (2 if page.parent.name == "threads" else 1)
        assert not {name for name in attributes(text) if name.startswith("on") or name == "style"}


def test_a_failure_leaves_the_old_report_and_no_litter(
    empty_file: Path, report: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = report(empty_file)
    before = (folder / "index.html").read_bytes()

    def breaks(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reports.build, "_machine_files", breaks)
    with pytest.raises(ReportError, match="No space left on device"):
        report(empty_file)
    assert (folder / "index.html").read_bytes() == before
    assert [item.name for item in folder.parent.iterdir()] == ["report"]


def test_a_folder_with_other_things_in_it_is_left_alone(
    empty_file: Path, report: Reporter, tmp_path: Path
) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "thesis.odt").write_text("years of work")
    with pytest.raises(ReportError, match=r"holds thesis\.odt, which no report wrote"):
        report(empty_file)
    assert (tmp_path / "report" / "thesis.odt").read_text() == "years of work"


def test_a_missing_warehouse_is_named(tmp_path: Path, report: Reporter) -> None:
    with pytest.raises(NotAWarehouseError, match=r"nothing\.duckdb"):
        report(tmp_path / "nothing.duckdb")


def test_what_a_killed_report_left_beside_its_folder_is_swept_away(
    community_file: Path, report: Callable[..., Path], tmp_path: Path
) -> None:
    left, young = tmp_path / ".report-abcd1234", tmp_path / ".report-efgh5678"
    for folder in (left, young):
        folder.mkdir()
        (folder / "index.html").write_text("half a page")
    os.utime(left, (0, 0))
    report(community_file)
    assert not left.exists() and young.exists()


def test_a_link_to_the_folder_of_a_report_stays_a_link(
    community_file: Path, report: Reporter, tmp_path: Path
) -> None:
    first = report(community_file, name="first")
    link = first.with_name("link")
    link.symlink_to(first)
    assert report(community_file, name="link") == link
    assert link.is_symlink() and (first / "index.html").is_file()
