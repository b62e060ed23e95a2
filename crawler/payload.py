"""Content encodings undone, with a limit: a few kilobytes of gzip can stand for gigabytes."""

import zlib

from zstandard import ZstdError

from crawler import frames
from crawler.model import CrawlError
from parse.inflate import inflated

MAX_BODY = 32_000_000
"""Bytes of one page, decoded. The longest thread pages seen are below 5 MB; what is above is refused."""
ACCEPTED = "gzip, deflate"
"""What we ask for: encodings the standard library undoes, so that every archive can be read anywhere.
Browsers ask for zstd, too, and what they got may be given to us."""


class TooLargeError(CrawlError):
    """A body exceeds MAX_BODY."""


def decode(body: bytes, encoding: str, limit: int = MAX_BODY) -> bytes:
    """The body without its content encoding.

    An encoding we do not know, or a body that is not what its header says, is returned as it is: some
    servers declare gzip and send plain text. Raises TooLargeError above `limit` bytes.
    """
    body = _within(body, limit)
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in ("gzip", "x-gzip", "deflate"):
            body = _within(_inflate(body, limit), limit)
        elif name == "zstd":
            body = _within(_unframed(body, limit), limit)
    return body


def breaks_off(body: bytes, encoding: str, decoded: bytes) -> bool:
    """Whether a gzipped body was cut: its last four bytes say how long the last stream in it is, unpacked."""
    is_gzip = encoding.strip().lower() in ("gzip", "x-gzip") and body[:2] == b"\x1f\x8b"
    return is_gzip and int.from_bytes(body[-4:], "little") > len(decoded)


def _within(body: bytes, limit: int) -> bytes:
    if len(body) > limit:
        raise TooLargeError(f"more than {limit // 1_000_000} MB")
    return body


def _inflate(body: bytes, limit: int) -> bytes:
    """Of what is longer than `limit`, one byte more: enough to tell."""
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        try:
            return inflated(body, bits, limit + 1)
        except zlib.error:
            continue
    return body


def _unframed(body: bytes, limit: int) -> bytes:
    try:
        return frames.unpacked(body, limit + 1)
    except ZstdError:
        return body
