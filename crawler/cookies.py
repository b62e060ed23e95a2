"""Cookies from a file in the format of Netscape: what a browser's export gives."""

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
    return [
        {"name": c.name, "value": c.value or "", "domain": c.domain, "path": c.path, "secure": c.secure}
        for c in jar
        if not c.is_expired()
    ]
