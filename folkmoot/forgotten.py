"""Keeping the forgotten forgotten: what a later crawl brings back of them is erased again."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.store import Warehouse


def starts(db: "Warehouse", archive: Path) -> dict[Path, int]:
    """How much of each archive file is held already: what `forget_again` need not look through."""
    from warehouse.load import archive_position

    files = sorted(archive.rglob("*.warc.gz"))
    return {file: archive_position(db, str(file.relative_to(archive))) for file in files}


def forget_again(db: "Warehouse", archive: Path, held: dict[Path, int]) -> list[str]:
    """Erases what a crawl has brought back of the forgotten, in the archive (after `held`) and frontier.

    Returns what of the archive could not be looked through.
    """
    from crawler.blot import blot
    from crawler.erase import erase
    from warehouse.load import erasable
    from warehouse.tombstones import graveyards

    found, flaws = erasable(db), []
    buried = graveyards(db)
    for warc in sorted(archive.rglob("*.warc.gz")) if buried else ():
        graves = buried.get(warc.parent.name)
        if graves is not None:
            name = str(warc.relative_to(archive))
            done = erase(warc, found.get(name, []), graves.shown, held.get(warc, 0))
            flaws += [done.flaw] if done.flaw else []
    for graves in buried.values():
        blot(archive, graves.blotted)
    return flaws
