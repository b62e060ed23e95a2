"""Where pages come from: saved files, folders, packed files and WARC files, or the archive of a crawl."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from folkmoot.readers import Source
from parse import registry
from parse.files import dumps, folders, har, saved, workbooks
from parse.files.captures import as_captured
from parse.model import ParseError
from parse.page import Page
from parse.urls import is_of_web

if TYPE_CHECKING:
    from warehouse.store import Warehouse


def saved_sources(
    paths: Sequence[Path],
    *,
    platform: str | None,
    url: str | None,
    site: str | None,
    failed: Callable[[str], None],
    held: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Source]:
    """Every page among files, folders and WARC files; what cannot be opened is told to `failed`.

    Where `site` does not say, a page is its host's, or what a forum there is `held` as: see `held_as`.
    """
    for page in _pages_among(_files(paths, failed), url, failed):
        host = saved.site_of(page.url)
        yield Source(page, site or held.get(host, host), platform)


def held_as(db: "Warehouse") -> dict[str, str]:
    """By host, the id under which its one forum is held: a crawl has it under the id of the configuration."""
    from warehouse.status import addresses

    there: dict[str, list[str]] = {}
    for site_id, url in addresses(db).items():
        if is_of_web(url):
            there.setdefault(saved.site_of(url), []).append(site_id)
    return {host: ids[0] for host, ids in there.items() if len(ids) == 1}


def _files(paths: Iterable[Path], failed: Callable[[str], None]) -> Iterator[Path]:
    for path in paths:
        try:
            yield from folders.files(path)
        except (ParseError, OSError) as error:
            failed(str(error))


def _pages_among(files: Iterable[Path], url: str | None, failed: Callable[[str], None]) -> Iterator[Page]:
    """The pages of each file; what an archive captured comes last, in the order of its capture, whatever the
    files are called: read the other way round, several visits to a thread are no history."""
    captured: list[tuple[datetime, Path]] = []
    for file in files:
        if folders.is_warc(file):
            yield from map(as_captured, _pages_of_warc(file, failed))
        elif folders.is_recording(file):
            yield from _pages_recorded(file, failed)
        elif dumps.is_dump(file):
            yield from _told(dumps.pieces(file), failed)
        elif workbooks.is_workbook(file):
            yield from _told(workbooks.sheets(file), failed)
        elif folders.is_packed(file):
            yield from _pages_in(file, url, failed)
        elif page := _page_of(file, url, failed):
            capture = as_captured(page)
            if capture is page:
                yield page
            else:
                captured.append((capture.fetched_at, file))
    for _, file in sorted(captured):
        if page := _page_of(file, url, failed):
            yield as_captured(page)


def _page_of(file: Path, url: str | None, failed: Callable[[str], None]) -> Page | None:
    try:
        return saved.read(file, url=url)
    except ParseError as error:
        failed(str(error))
        return None


def _pages_in(archive: Path, url: str | None, failed: Callable[[str], None]) -> Iterator[Page]:
    """Of a zip or tar, named as the files in it."""
    with folders.unpacked(archive, failed) as folder:

        def told(line: str) -> None:
            failed(line.replace(str(folder), str(archive)))

        for page in _pages_among(_files([folder], told), url, told):
            yield folders.as_packed(page, folder, archive)


def _told(pages: Iterator[Page], failed: Callable[[str], None]) -> Iterator[Page]:
    """The pages; what keeps from reading on is told."""
    try:
        yield from pages
    except ParseError as error:
        failed(str(error))


def _pages_recorded(file: Path, failed: Callable[[str], None]) -> Iterator[Page]:
    """Of a recorded visit; JSON that no reader knows is the site's own affair, as its scripts are."""
    try:
        answers = list(har.answers(file))
    except ParseError as error:
        failed(str(error))
        return
    pages = [page for page in answers if "json" not in page.content_type or _is_known(page)]
    if not pages:
        failed(f"{file}: none of what was recorded is a page of a forum")
    yield from pages


def _is_known(page: Page) -> bool:
    try:
        registry.read(page)
    except ParseError:
        return False
    return True


def _pages_of_warc(file: Path, failed: Callable[[str], None]) -> Iterator[Page]:
    from crawler.archive import read_pages

    told: list[str] = []
    number = 0
    for number, page in enumerate(read_pages(file, failed=told.append), 1):  # noqa: B007
        yield page
    if not number and not told:
        told.append(f"{file}: holds no page")
    for line in told:
        failed(line)


def disown_lost(db: "Warehouse", archive: Path) -> list[str]:
    """Archive files that are not those read before: begun anew, put back from a copy, left on another disk.

    They are read from their beginning. What was read before and is in none of them is noted as gone. Returns
    a line a file.
    """
    from crawler.archive import stands_at
    from warehouse.load import disown, last_archived

    lost = []
    for file in sorted(archive.rglob("*.warc.gz")):
        name = str(file.relative_to(archive))
        last = last_archived(db, name)
        if last and not stands_at(file, last["archive_offset"], last["url"], last["fetched_at"]):
            disown(db, name)
            lost.append(f"{file} is not the file that was read before; it is read from its beginning")
    return lost


def archive_sources(db: "Warehouse", archive: Path, platforms: dict[str, str | None]) -> Iterator[Source]:
    """Every archived page that the warehouse does not hold yet, site by site.

    `platforms` names the sites to read and, where the configuration says so, what each is made with; of the
    others the crawl may have found out.
    """
    from crawler.archive import read_pages
    from crawler.run import platforms as found_out
    from warehouse.load import archive_position

    found = found_out(archive)
    for site_id, platform in platforms.items():
        known = (platform or found.get(site_id)) if platform != registry.UNKNOWN else None
        for file in sorted((archive / site_id).glob("*.warc.gz")):
            name = str(file.relative_to(archive))
            for page in read_pages(file, start=archive_position(db, name)):
                yield Source(replace(page, archive_file=name), site_id, platform, known)
