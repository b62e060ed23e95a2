"""Zstandard frames as the members of a WARC file (`.warc.zst`), as Archive Team packs what it saves.

IIPC, "Zstandard Compression for WARC Files 1.0": a record a frame. Before the first may stand a dictionary
that all of them need, in a frame that is skipped otherwise; it may be packed itself.
"""

from collections.abc import Callable
from typing import BinaryIO

from zstandard import ZstdCompressionDict, ZstdDecompressor, ZstdError

MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
_LENGTH = 4
"""Bytes in which the length of a dictionary stands, the lowest first."""
_LARGEST = 128_000_000
"""Bytes of a dictionary; they are of a megabyte at most."""
_WINDOW = 2**31
"""Bytes that an unpacker may look back."""
_PIECE = 1024
"""Bytes given to the unpacker at once: it knows no limit, and makes 32 MB of so many at the most."""


class Frame:
    """Unpacks one frame, with the interface of zlib's decompressor objects."""

    def __init__(self, unpacker: ZstdDecompressor) -> None:
        self._frame = unpacker.decompressobj()
        self.eof = False
        self.unused_data = b""

    def decompress(self, data: bytes, most: int) -> bytes:
        """What `data` holds; where it is more than `most` bytes, no more than shows that."""
        parts: list[bytes] = []
        for at in range(0, len(data), _PIECE):
            parts.append(self._frame.decompress(data[at : at + _PIECE]))
            most -= len(parts[-1])
            if self._frame.eof:
                self.eof = True
                self.unused_data = self._frame.unused_data + data[at + _PIECE :]
            if self.eof or most <= 0:
                break
        return b"".join(parts)


def unpacker(file: BinaryIO) -> Callable[[], Frame]:
    """What makes the unpacker of each frame of a file, from its beginning. Raises ZstdError."""
    file.seek(0)
    packed = ZstdDecompressor(dict_data=_dictionary(file), max_window_size=_WINDOW)
    return lambda: Frame(packed)


def _dictionary(file: BinaryIO) -> ZstdCompressionDict | None:
    if file.read(len(DICTIONARY)) != DICTIONARY:
        return None
    length = int.from_bytes(file.read(_LENGTH), "little")
    if length > _LARGEST:
        raise ZstdError(f"a dictionary of {length} bytes")
    data = file.read(length)
    if data.startswith(MAGIC):
        data = unpacked(data, _LARGEST)
    return ZstdCompressionDict(data)


def unpacked(data: bytes, most: int) -> bytes:
    """What the frame at the beginning of `data` holds, as far as it is there. Raises ZstdError.

    Where it is more than `most` bytes, no more than shows that.
    """
    return Frame(ZstdDecompressor(max_window_size=_WINDOW)).decompress(data, most)
