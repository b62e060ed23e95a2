"""Pages as web archives show them: the Wayback Machine, and all that replays with pywb.

Such an archive puts its own address before every link and a bar of its own into the page, and tells when it
was captured. Read as what was captured, two captures of a thread are two visits to it, and what changed
between them is history; read as they stand, they would be pages of the archive.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from parse.dates import parse_time
from parse.page import Page
from parse.urls import is_of_web

_ADDRESS = re.compile(r"https?://[^/?#]+/(?:[\w.~-]+/){0,4}(\d{14})(?:[a-z]{2}_)?/(https?):/{1,2}(.+)", re.S)
"""The archive's own; browsers that save a page join two slashes at times."""
_REPLAYS = (
    re.compile(rb"""__wm\.wombat\(\s*"(?P<url>[^"]{4,4000})"\s*,\s*"(?P<at>\d{14})\""""),
    re.compile(
        rb"""wbinfo\.url\s*=\s*["'](?P<url>[^"']{4,4000})["'].{0,2000}?"""
        rb"""wbinfo\.timestamp\s*=\s*["'](?P<at>\d{14})["']""",
        re.S,
    ),
)
"""How the script that replays a page is told what it replays: the Wayback Machine's, and pywb's."""
_HEAD = 100_000
_NOTED = re.compile(rb"<!--\s{0,20}FILE ARCHIVED ON ([\w:, ]{8,40}?) AND RETRIEVED FROM")
"""Below the page, in captures saved before the Wayback Machine had that script, too."""
_BAR = (b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<!-- END WAYBACK TOOLBAR INSERT -->")
_LINK = re.compile(
    rb"""((?:href|src|action|content|cite|data-[a-z-]{1,40})\s{0,9}=\s{0,9}["']?)"""
    rb"""(?:(?:https?:)?//[\w.:-]{1,200})?/(?:[\w.~-]{1,100}/){0,4}?\d{14}(?:[a-z]{2}_)?/(?=https?:|mailto:|//)""",
    re.I,
)
_SHUT = {"http": ":80", "https": ":443"}
"""Ports that captures name though nobody else does."""


@dataclass(frozen=True, slots=True)
class _Capture:
    url: str
    at: datetime


def as_captured(page: Page) -> Page:
    """A page that an archive shows, as the page that was captured: its address, when it was fetched, its own
    links. Any other page as it is."""
    if not (capture := _by_address(page) or _by_script(page) or _by_note(page)):
        return page
    body = _LINK.sub(rb"\1", _without_bar(page.body))
    return replace(page, url=capture.url, fetched_at=capture.at, body=body)


def _without_bar(body: bytes) -> bytes:
    begin, end = body.find(_BAR[0]), body.find(_BAR[1])
    return body[:begin] + body[end:] if 0 <= begin < end else body


def _by_address(page: Page) -> _Capture | None:
    if not (found := _ADDRESS.match(page.url)):
        return None
    scheme, rest = found[2], found[3]
    host, slash, path = rest.partition("/")
    url = f"{scheme}://{host.removesuffix(_SHUT[scheme])}{slash}{path}"
    at = moment(found[1])
    return _Capture(url, at) if at else None


def _by_script(page: Page) -> _Capture | None:
    """From a page that was saved without the archive's address, or under one that the user gave."""
    head = page.body[:_HEAD]
    for replayed in _REPLAYS:
        if (found := replayed.search(head)) and (at := moment(found["at"].decode())):
            url = found["url"].decode("utf-8", "replace")
            return _Capture(page.url if is_of_web(page.url) else url, at)
    return None


def _by_note(page: Page) -> _Capture | None:
    if not (found := _NOTED.search(page.body[-_HEAD:])):
        return None
    at = parse_time(found[1].decode("ascii", "replace"), now=page.fetched_at)
    return _Capture(page.url, at) if at else None


def moment(digits: str) -> datetime | None:
    """When a page was captured, by the fourteen digits that archives tell it with."""
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:  # fourteen digits that are no time: an id in somebody's path
        return None
