"""Where a link may lead, and what the files of a report are called."""

import hashlib
import re
from urllib.parse import urlsplit

_BLANK = re.compile(r"[\x00-\x20]")


def outward(url: str | None) -> str | None:
    """The URL if it is a web address that a reader may follow, else None: `javascript:` leads nowhere."""
    if not url or _BLANK.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def file_name(identifier: str) -> str:
    """A file name for an id, readable and different for different ids, on any file system."""
    words = re.sub(r"[^a-z0-9]+", "-", identifier.lower())[:48].strip("-")
    digest = hashlib.blake2b(identifier.encode(), digest_size=4).hexdigest()
    return f"{words}-{digest}" if words else digest


def anchor(post_id: str) -> str:
    """The id of a post's element on a thread page."""
    return "p-" + file_name(post_id)
