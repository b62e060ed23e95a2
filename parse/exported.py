"""What is no page: exports and saved answers of interfaces, whose address says only where they lay."""

from collections.abc import Iterable

from parse.model import Board, Thread


class Exported:
    """An adapter for such a file."""

    def canonical(self, url: str) -> str:
        return url.split("#")[0]


def boards_of(threads: Iterable[Thread]) -> tuple[Board, ...]:
    """The boards in which threads say that they stand, each once."""
    return tuple({thread.board.id: thread.board for thread in threads if thread.board}.values())
