"""Which characters the bytes of a page stand for. Headers lie; the page itself often knows better."""

import codecs
import re
from contextlib import suppress

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TWO_BYTES = {"utf-16-le": 1, "utf-16-be": 0}
"""Where the empty half of each letter stands; without it the bytes would pass for UTF-8."""
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.I)
_WEB_NAMES = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "ascii": "windows-1252",
              "us-ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
              "iso-8859-9": "windows-1254"}  # fmt: skip

_NO_ENCODING = (UnicodeError, LookupError)
"""Python knows some names that decode nothing: a script that writes "charset=undefined" has hit one."""


def decode(body: bytes, content_type: str) -> str:
    """The text of `body`; never fails: bytes that fit no candidate become U+FFFD.

    UTF-8 is tried first whatever is declared: text that is not UTF-8 hardly ever decodes as UTF-8 by
    chance, while pages that are UTF-8 under another label are common.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    for name, at in _TWO_BYTES.items():
        if len(body) > 1 and not any(body[at:64:2]):
            return body.decode(name, "replace")
    with suppress(UnicodeDecodeError):
        return body.decode("utf-8")
    declared = _declared(body, content_type)
    for name in declared:
        try:
            return body.decode(name)
        except _NO_ENCODING:
            continue
    # A cut or slightly broken page in its declared encoding beats one mis-read whole.
    with suppress(*_NO_ENCODING):
        return body.decode(next(iter(declared), "windows-1252"), "replace")
    return body.decode("windows-1252", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    found = [m.group(1) for m in [_HEADER.search(content_type)] if m]
    found += [m.group(1).decode("ascii") for m in [_META.search(body[:4096])] if m]
    return [_WEB_NAMES.get(name.lower(), name) for name in found]
