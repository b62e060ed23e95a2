"""Packed bytes unpacked, with a limit: a few kilobytes of gzip can stand for gigabytes."""

import zlib
from collections.abc import Iterator

GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"


def inflated(body: bytes, wbits: int, most: int) -> bytes:
    """What is packed in `body`, of it no more than `most` bytes; what follows the packed bytes is dropped.

    `wbits` says how it is packed, as zlib takes it. Raises zlib.error for what is not packed so.
    """
    return b"".join(_streams(body, wbits, most))


def _streams(body: bytes, wbits: int, most: int) -> Iterator[bytes]:
    """One stream after the other: some servers pack what they send piece by piece."""
    while body and most > 0:
        unpacker = zlib.decompressobj(wbits)
        data = unpacker.decompress(body, most)
        yield data
        most -= len(data)
        body = unpacker.unused_data if unpacker.unused_data.startswith(_MAGIC) else b""
