"""What is no page: exports and saved answers of interfaces, whose address says only where they lay."""

from collections.abc import Iterable

from parse.model import Board, PageKind, Reading, Thread
from parse.page import Document


class Exported:
    """An adapter for such a file."""

    name: str

    def canonical(self, url: str) -> str:
        return url.split("#")[0]

    def reading(
        self,
        doc: Document,
        threads: Iterable[Thread],
        site_title: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> Reading:
        """What a file says that holds threads and nothing else; the boards are those in which they stand."""
        held = tuple(threads)
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=self.canonical(doc.page.url),
            site_title=site_title,
            boards=boards_of(held),
            threads=held,
            warnings=warnings,
        )


def boards_of(threads: Iterable[Thread]) -> tuple[Board, ...]:
    """The boards in which threads say that they stand, each once."""
    return tuple({thread.board.id: thread.board for thread in threads if thread.board}.values())
