"""Packed bytes unpacked, with a limit: a few kilobytes of gzip can stand for gigabytes."""

import zlib
from collections.abc import Iterator

GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_WINDOW = 8192
"""Bytes given to zlib at once. It copies what follows a stream, and there may be a million empty ones."""


def inflated(body: bytes, wbits: int, most: int) -> bytes:
    """What is packed in `body`, of it no more than `most` bytes; what follows the packed bytes is dropped.

    `wbits` says how it is packed, as zlib takes it. Raises zlib.error for what is not packed so.
    """
    return b"".join(_streams(body, wbits, most))


def _streams(body: bytes, wbits: int, most: int) -> Iterator[bytes]:
    """One stream after the other: some servers pack what they send piece by piece."""
    at, unpacker = 0, zlib.decompressobj(wbits)
    while at < len(body) and most > 0:
        window = body[at : at + _WINDOW]
        data = unpacker.decompress(window, most)
        yield data
        most -= len(data)
        at += len(window) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
        if unpacker.eof:
            if body[at : at + 2] != _MAGIC:
                return
            unpacker = zlib.decompressobj(wbits)
