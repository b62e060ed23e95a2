"""Which files of a folder, packed or not, are pages that somebody saved."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from parse.files import browser_saves, dumps, har, packed, saved, workbooks
from parse.files.companions import is_companion
from parse.model import ParseError
from parse.page import Page

CASES = ".wacz"
"""Zips of WARC files, with lists of what these hold."""
WARCS = (".warc", ".warc.gz", ".warc.zst")
SUFFIXES = (*saved.TYPES, *browser_saves.SUFFIXES, har.SUFFIX, dumps.PACKED, workbooks.SUFFIX)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.I | re.S)


def files(path: Path) -> Iterator[Path]:
    """The file itself, or every page below a folder, in a stable order. WARC files count as pages here."""
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and _is_page_at(p) and not is_companion(p))
        if not found:
            raise ParseError(f"{path}: no pages in this folder ({' '.join((*SUFFIXES, *WARCS))})")
        yield from found
    elif path.exists():
        yield path
    else:
        raise ParseError(f"{path}: no such file or folder")


def is_warc(path: Path) -> bool:
    return _is_warc(path.name)


def is_recording(path: Path) -> bool:
    return path.name.lower().endswith(har.SUFFIX)


def is_packed(path: Path) -> bool:
    """Whether it is a folder of pages in one file."""
    return not is_warc(path) and packed.is_folder(path)


@contextmanager
def unpacked(path: Path, failed: Callable[[str], None]) -> Iterator[Path]:
    """The pages in a packed folder, for as long as the block lasts, in a folder to be read as any other."""
    is_case = path.suffix.lower() == CASES

    def keeps(name: str, head: bytes) -> bool:
        return _is_warc(name) if is_case else _is_page(name, head)

    with packed.unpacked(path, keeps=keeps, failed=failed) as folder:
        yield folder


def as_packed(page: Page, folder: Path, path: Path) -> Page:
    """The page under the name that it has in the archive `path`, which was unpacked to `folder`."""
    here, there = folder.resolve(), path.resolve()
    return replace(
        page,
        url=page.url.replace(here.as_uri(), there.as_uri(), 1),
        archive_file=page.archive_file.replace(str(here), str(there), 1),
    )


def _is_page_at(path: Path) -> bool:
    if _is_named_so(path.name):
        return True
    with path.open("rb") as file:
        return _is_page(path.name, file.read(1000))


def _is_page(name: str, head: bytes) -> bool:
    """By its name; else, as mirrors keep `viewtopic.php?t=5`, by how it begins."""
    return _is_named_so(name) or _MARKUP.match(head) is not None


def _is_named_so(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith((*SUFFIXES, CASES)) or _is_warc(name)


def _is_warc(name: str) -> bool:
    return name.lower().endswith(WARCS)
