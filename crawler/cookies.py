"""Cookies from a file in the format of Netscape: what a browser's export gives."""

from collections.abc import Sequence
from http.cookiejar import LoadError, MozillaCookieJar
from pathlib import Path

from scrapy.http.request import VerboseCookie

from crawler.model import CrawlError


def load_cookies(path: Path) -> list[VerboseCookie]:
    """The cookies as Scrapy takes them. Raises CrawlError naming the file, never showing a value."""
    jar = MozillaCookieJar(path)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except (LoadError, UnicodeDecodeError):
        raise CrawlError(
            f"{path}: no cookies.txt in Netscape format; its first line is '# Netscape HTTP Cookie File'"
        ) from None
    except OSError as error:
        raise CrawlError(f"{path}: {error.strerror or error}") from None
    # Browsers' exports and curl write 0 for a cookie that lasts as long as the session: it has not expired.
    return [
        {"name": c.name, "value": c.value or "", "domain": c.domain, "path": c.path, "secure": c.secure}
        for c in jar
        if c.expires == 0 or not c.is_expired()
    ]


def cookies_for(host: str, cookies: Sequence[VerboseCookie]) -> list[VerboseCookie]:
    """The cookies as a request to a host bears them.

    One of this host alone goes without a domain, as the server sets it: it takes the place of the one that
    a stranger got with robots.txt, where both would be sent otherwise.
    """
    return [_of_host(cookie) if cookie.get("domain") == host else cookie for cookie in cookies]


def _of_host(cookie: VerboseCookie) -> VerboseCookie:
    return {
        "name": cookie["name"],
        "value": cookie["value"],
        "path": cookie.get("path", "/"),
        "secure": cookie.get("secure", False),
    }
