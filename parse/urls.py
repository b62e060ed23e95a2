"""One URL for one content: what of a forum's URL counts, and what is session, tracking or decoration."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_DROPPED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|sid|phpsessid|jsessionid|zenid|highlight|hilit|lang|"
    r"_ga|msclkid|share_\w+|_fromlogin|xfnoredirect)(?:=|\Z)|s=(?:[0-9a-f]{16,})?\Z",
    re.I,
)
"""Session and tracking; the last is vBulletin's, and a short `s` may mean something."""
_STORY = re.compile(r"sid=\d[\d/]{0,18}\Z")
"""What looks like a session and is a story, by its number or its day: in `article.pl` of Slash."""
_PLAIN = re.compile(
    r"(https?://[a-z0-9.-]+/[\w./%~+,=-]*)(?:\?([\w./%~+,=&;-]*))?(?:#[\w./%~+,=&;-]*)?\Z", re.A
)
"""A URL of which nothing but the query need be looked at: its beginning, and the query."""
_PAGE_PART = re.compile(r"(?:[/_-](?:index|page|seite|p)?-?\d+)?\Z")
"""What a rewritten path of a thread or a board ends in from its second page on."""
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#;]*", re.I)
_MARK = re.compile(r"[?&](?:after|before|cursor|max_id|page_?token|continuation)=[^&#]+", re.I)
_QUERY_LEFT = re.compile(r"\?(?:&|\Z)")
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


@lru_cache(maxsize=8192)  # the same profiles and pages are linked again and again
def tidy(url: str, keep: tuple[str, ...] | None = None) -> str:
    """The URL without fragment, session id and tracking, its host in lower case.

    With `keep`, only these query parameters stay, in this order: what a platform's ids are made of.
    Parameters may be separated by `&` or `;`. A URL that cannot be split is given back as it came.
    """
    if plain := _PLAIN.match(url):
        query = _kept(plain[2] or "", keep, plain[1])
        return f"{plain[1]}?{query}" if query else plain[1]
    try:
        scheme, host, path, query, _ = urlsplit(url.strip())
    except ValueError:
        return url
    host = host.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORT.get(scheme, "none"))
    return urlunsplit((scheme, host, _PATH_SESSION.sub("", path), _kept(query, keep, path), ""))


def _kept(query: str, keep: tuple[str, ...] | None, path: str) -> str:
    given = [part for part in query.replace(";", "&").split("&") if part]
    parts = [part for part in given if not _DROPPED.match(part)]
    if path.endswith(".pl"):
        parts = [part for part in given if _STORY.match(part) or not _DROPPED.match(part)]
    if keep is not None:
        parts = [part for name in keep for part in parts if part.partition("=")[0] == name]
    return "&".join(parts)


def tidy_path_query(url: str, keep: tuple[str, ...] = ()) -> str | None:
    """The same for `index.php?/topic/12-name/&page=2`, whose query is a path; None for any other URL."""
    head, mark, rest = url.partition("#")[0].partition("?/")
    if not mark:
        return None
    path, *parts = re.split("[&;]", rest)
    kept = [part for name in keep for part in parts if part.partition("=")[0] == name]
    return "&".join([f"{tidy(head)}?/{path}", *kept])


def parameter(url: str, name: str) -> str | None:
    """The value of a query parameter, whether `&` or `;` separates them; None when there is none."""
    query = url.partition("#")[0].partition("?")[2]
    for part in re.split("[&;]", query):
        key, found, value = part.partition("=")
        if found and key == name:
            return unquote(value)
    return None


@lru_cache(maxsize=256)
def _places(base: str) -> tuple[str, str]:
    """Scheme and host of a URL, and the folder in which it stands; empty for what is not of the web."""
    if not base.startswith(("http://", "https://")):
        return "", ""
    address = re.split("[?#]", base, maxsplit=1)[0]
    end = address.find("/", 8)
    if end < 0:
        return address, f"{address}/"
    return address[:end], address[: address.rfind("/") + 1]


def absolute(base: str, href: str) -> str:
    """`href` as seen from `base`. Cheap for what is common on forum pages, as there is one a post."""
    if href.startswith(("http://", "https://")):
        return href
    host, folder = _places(base)
    path = href.partition("?")[0]
    if host and "/." not in path and ":" not in path:
        if path.startswith("/") and not path.startswith("//"):
            return host + href
        if path[:1].isalnum():
            return folder + href
        if path.startswith("./") and path[2:3].isalnum():
            return folder + href[2:]
    try:
        return urljoin(base, href)
    except ValueError:  # "http://[invalid": people write such links
        return href


def split(url: str) -> SplitResult:
    """The parts of a URL; one that cannot be split ("http://[invalid") is a path and nothing else."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def is_of_web(url: str) -> bool:
    """Whether the URL is one of http(s) with a host, and a port if any that there can be."""
    parts = split(url)
    try:
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def without_mark(url: str) -> str:
    """The URL without the mark of where a list goes on, "?after=4f2a", in place of the number of a page."""
    return _QUERY_LEFT.sub("?", _MARK.sub(lambda m: "?" if m[0].startswith("?") else "", url)).removesuffix(
        "?"
    )


def is_sibling(one: str, other: str) -> bool:
    """Whether two URLs of no known form differ by nothing but the number of a page at their end."""
    path, other_path = _place(one), _place(other)
    stem, other_stem = _PAGE_PART.sub("", path, count=1), _PAGE_PART.sub("", other_path, count=1)
    return path != other_path and (stem in (other_stem, other_path) or path == other_stem)


def _place(url: str) -> str:
    """Host and path without what stands at the end of any."""
    parts = split(url)
    return f"{parts.hostname}{parts.path.removesuffix('.html').rstrip('/')}"


def asked_beside(url: str, own_url: str) -> frozenset[str] | None:
    """What an address asks of the page's own script beside all that the page's own address does.

    None where it is another script, or asks for other things: "?board=lamps&sort=date" asks for "sort=date"
    beside "?board=lamps".
    """
    there, here = split(url), split(own_url)
    asked, known = frozenset(there.query.split("&")), frozenset(here.query.split("&"))
    return asked - known if there.path == here.path and known < asked else None
