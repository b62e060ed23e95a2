"""Pages of sites that were copied whole, with wget, HTTrack, waybackpack and the like.

Such a copy keeps every page in a folder named after its host, below its path there, and may have turned links
to what was copied, too, into links to files. Read by the one address that all pages of a thread call the
proper one, its pages and permalinks would be one page at different times.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from parse.files.captures import moment
from parse.urls import split

_HEAD = 200_000
_MOST_LINKS = 300
_HOST = re.compile(r"((?:[\w-]+\.)+[a-z][\w-]+|(?:\d{1,3}\.){3}\d{1,3}|localhost)(?:[:+_](\d{2,5}))?", re.I)
"""A folder that may be named after a host; Windows and HTTrack have no colon before the port."""
_MOMENT = re.compile(r"\d{14}")
"""What those who copy from the Wayback Machine call the folder of a capture."""
_HREF = re.compile(rb"""<a\b[^>]{0,500}?\shref\s{0,9}=\s{0,9}["']([^"'<>]{1,500})["']""", re.I)
_LOCAL = re.compile(
    rb"""(\s(?:href|src|action|content)\s{0,9}=\s{0,9}["'])([^"'<>:#?/][^"'<>:]{0,1000})(?=["'])""", re.I
)
"""A link that may lead to a file."""
_SCRIPT = r"\.(?:php\d?|cgi|f?pl|aspx?|jspa?|cfm|do|dll|exe|fcgi)"
_SUFFIXED = re.compile(rf"(\?.*|{_SCRIPT})\.html?\Z", re.I | re.S)
"""What was put behind an address for sure, so that browsers know what the file is."""
_AT = re.compile(rf"({_SCRIPT})@", re.I)
"""What stands for the question mark where file names cannot have one."""
_HASHED = re.compile(r"([\w-]{1,80}?)[0-9a-f]{4}\.html(?=\?)")
"""HTTrack keeps `viewtopic.php?t=5` as `viewtopic`, four digits of a digest, and `.html`."""
_BY_HTTRACK = re.compile(
    rb"<!-- Mirrored from (\S+) by HTTrack(?: Website Copier[^,>]{0,80},\s{0,9}([\w, :]{10,60}?)\s{0,9}-->)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file was copied from, and when, where that is known."""

    url: str
    at: datetime | None = None


def origin(path: Path, body: bytes, stated: str | None) -> Origin | None:
    """Where a saved page was copied from, if it is part of a copy of its site: it says so, or a folder above
    it is named after a host and something that it links to lies where that copy would have it.

    `stated` is what the page calls its proper address: where no folder is named after the host of that, one
    that looks like a host is only called so ("/home/jane.doe").
    """
    if found := _BY_HTTRACK.search(body[:_HEAD]):
        return Origin(f"http://{found[1].decode('utf-8', 'replace')}", _noted(found[2]))
    parts = path.absolute().parts
    hosts = [(level, host) for level, name in enumerate(parts[:-1]) if (host := _host(name))]
    if not hosts:
        return None
    level, host = next((found for found in hosts if f"//{found[1]}".encode() in body), hosts[-1])
    if stated and not any(_bare(_host(name) or "") == _bare(split(stated).netloc) for name in parts):
        return None
    if not _has_neighbour(path.absolute(), Path(*parts[: level + 1]), host, body):
        return None
    above, below = parts[level - 1], parts[level + 1 :]
    if at := _captured(below[0]):
        below = below[1:]
    scheme = "https" if f"https://{host}".encode() in body else "http"
    return Origin(f"{scheme}://{host}/{_address('/'.join(below), host, body)}", at or _captured(above))


def with_own_links(path: Path, body: bytes, url: str) -> bytes:
    """A page copied from `url` to a file, its links as they were: `viewtopic.php%3Ft=5.html` was
    `viewtopic.php?t=5`."""
    host = split(url).netloc
    is_bare = _knows_no_suffix(host, body) if url.endswith("/") else not url.endswith(".html")
    is_suffixed = path.name.endswith(".html") and is_bare
    script = re.search(rf"{_SCRIPT}(?=\?|\Z)", url, re.I)

    def turned_back(found: re.Match[bytes]) -> bytes:
        address, mark, rest = found[2].decode("utf-8", "surrogateescape").partition("#")
        if script:
            address = _HASHED.sub(rf"\1{script[0]}", address)
        address = _named(re.sub("%3F", "?", address, count=1, flags=re.I).replace("%40", "@"))
        address = address.removesuffix(".html") if is_suffixed else address
        return found[1] + (address + mark + rest).encode("utf-8", "surrogateescape")

    return _LOCAL.sub(turned_back, body)


def _noted(told: bytes | None) -> datetime | None:
    try:
        found = datetime.strptime((told or b"").decode("ascii", "replace"), "%a, %d %b %Y %H:%M:%S GMT")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC)


def _host(folder: str) -> str | None:
    found = _HOST.fullmatch(folder)
    return found and (f"{found[1]}:{found[2]}" if found[2] else found[1])


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _captured(folder: str) -> datetime | None:
    return moment(folder) if _MOMENT.fullmatch(folder) else None


def _has_neighbour(path: Path, top: Path, host: str, body: bytes) -> bool:
    own = path.resolve()
    return any(at.resolve() != own for at in _lying(path.parent, top, host, body))


def _lying(folder: Path, top: Path, host: str, body: bytes) -> Iterator[Path]:
    """Files that a page in the folder links to, where a copy keeps them."""
    to_host = re.compile(rf"(?:https?:)?//{re.escape(host)}(?=/|\Z)", re.I)
    for found in islice(_HREF.finditer(body), _MOST_LINKS):
        link = html.unescape(found[1].decode("utf-8", "replace")).partition("#")[0]
        inside = to_host.sub("", link, count=1)
        if not inside or ":" in inside.partition("/")[0] or inside.startswith("//"):
            continue
        at = top / inside.lstrip("/") if inside.startswith("/") else folder / inside
        for name in dict.fromkeys((str(at), unquote(str(at)))):
            yield from filter(_is_file, (Path(name), Path(f"{name}.html"), Path(name, "index.html")))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (ValueError, OSError):  # a link with a null in it, or longer than names of files may be
        return False


def _address(name: str, host: str, body: bytes) -> str:
    """The path and query that a file's name below its host stands for."""
    address = _named(re.sub("%3F", "?", name, count=1, flags=re.I))
    if re.search(r"(\A|/)index\.html\Z", address):
        return address.removesuffix("index.html")
    return address.removesuffix(".html") if _knows_no_suffix(host, body) else address


def _named(name: str) -> str:
    return _SUFFIXED.sub(r"\1", _AT.sub(r"\1?", name))


def _knows_no_suffix(host: str, body: bytes) -> bool:
    """Whether the site's addresses end in plain words, by those links that still lead to it."""
    links = re.findall(rf"//{re.escape(host)}/([^\"'?#<>\s]*)".encode(), body)
    last = [link.rpartition(b"/")[2] for link in links]
    return any(word and b"." not in word for word in last) and not any(
        word.endswith(b".html") for word in last
    )
