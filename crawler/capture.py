"""Every response goes into the archive before anything looks at it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.mishaps import TOO_LARGE
from crawler.model import Fetched, Reason
from crawler.payload import TooLargeError, breaks_off, decode
from crawler.politeness import BrokenOffError, OversizeError

if TYPE_CHECKING:
    from crawler.spider import SiteSpider

SECRET_REQUEST = frozenset((b"cookie", b"authorization", b"proxy-authorization"))
KEPT = (200, 404, 410)
"""What tells of a page: its content, or that it is gone."""
DROPPED = frozenset((b"transfer-encoding",))
"""Undone on arrival; left in, the archived body would be read as chunks."""


class Capture:
    """The middleware nearest to the wire. Writes responses byte for byte, without credentials."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        self._spider.count_request()

    def process_response(self, request: Request, response: Response) -> Response:
        spider = self._spider
        body = _decoded(response)
        fetched = Fetched(
            url=response.url,
            status=response.status,
            headers=_headers(response),
            body=response.body,
            fetched_at=datetime.now(UTC),
            run_id=spider.run_id,
            is_page=response.status in KEPT and _is_content(request),
            request_headers=_sent(request, spider.private_headers),
            begins_thread=spider.thread_beginning_at(request.meta.get("task")),
        )
        spider.archive_response(request, fetched, body)
        return response

    @property
    def _spider(self) -> "SiteSpider":
        spider = self._crawler.spider
        assert spider is not None
        return spider  # type: ignore[return-value]


def _is_content(request: Request) -> bool:
    """Asked for to be read: no robots.txt, no feed or sitemap, which only tell where to look."""
    return "task" in request.meta and request.meta["task"].reason is not Reason.NEWS


def _decoded(response: Response) -> bytes:
    """The body without its content encoding. One that is too large, or of which half is missing and would be
    read as if the rest had been taken away, is not even archived."""
    encoding = _text(response.headers.get("Content-Encoding") or b"")
    try:
        body = decode(response.body, encoding)
    except TooLargeError:
        raise OversizeError(f"{response.url}: {TOO_LARGE}") from None
    if breaks_off(response.body, encoding, body):
        raise BrokenOffError(f"{response.url}: the page breaks off in its middle")
    return body


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    """As sent; of a cookie only the name: its value may be a session."""
    found = []
    for name, values in response.headers.items():
        if name.lower() in DROPPED:
            continue
        for value in values:
            kept = value.split(b"=", 1)[0] + b"=" if name.lower() == b"set-cookie" else value
            found.append((_text(name), _text(kept)))
    return tuple(found)


def _sent(request: Request, private: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What was asked, without cookies, passwords and whatever the configuration adds."""
    return tuple(
        (_text(name), _text(value))
        for name, values in request.headers.items()
        if name.lower() not in SECRET_REQUEST and _text(name).lower() not in private
        for value in values
    )


def _text(value: bytes) -> str:
    return value.decode("latin-1").replace("\r", " ").replace("\n", " ")
