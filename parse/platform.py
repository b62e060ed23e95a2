"""The contract of an adapter: what a file in `parse/platforms/` must offer."""

from typing import Protocol

from parse.model import Reading
from parse.page import Document


class Platform(Protocol):
    """Each module in `parse/platforms/` has one instance of this named `platform`.

    Where several are looks or interfaces of one software, which gives posts the same ids in all of them, each
    may have its name as `software`.
    """

    name: str
    """What `--platform` and the configuration call it: the module's name."""

    def detect(self, doc: Document) -> float:
        """How sure we are that this page was made by this platform: 0 (no) to 1 (certain).

        Looks at the page (and its headers) only; never asks the network.
        """
        ...

    def read(self, doc: Document) -> Reading:
        """All that the page says. Raises ParseError when it cannot be read at all."""
        ...

    def canonical(self, url: str) -> str:
        """The one URL for this content: session ids, tracking, permalinks and print views undone."""
        ...
