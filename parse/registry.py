"""Finds the platform of a page and has it read. The only module that reaches a platform."""

import importlib
import pkgutil
from dataclasses import replace
from functools import cache

import parse.platforms
from parse import json_lines, relisting
from parse.html_platform import HtmlPlatform
from parse.html_site import HtmlSite
from parse.json_fields import MOST
from parse.model import LinkKind, PageKind, ParseError, Reading
from parse.page import Document, Page
from parse.platform import Platform

UNKNOWN = "generic"
"""The platform of forums that no adapter knows."""
SURE = 0.5
"""Below this the best guess is no guess, and the page is reported instead."""
BELIEVED = 0.7
"""How sure the reader of unknown forums must be of a page that a known platform cannot read."""
CERTAIN = 0.9
"""From here on, a platform that another page of the site was made with need not be compared with others."""


class OtherSoftwareError(ParseError):
    """A page of a site was made with other software than the site: nothing of it belongs to what is held."""


@cache
def platforms() -> dict[str, Platform]:
    """Every platform, by name, found by looking in the folder."""
    found = (importlib.import_module(name) for name in modules())
    return {module.platform.name: module.platform for module in found}


def modules() -> list[str]:
    """The modules of the platforms; each defines one `platform`."""
    return sorted(f"parse.platforms.{m.name}" for m in pkgutil.iter_modules(parse.platforms.__path__))


def detect(doc: Document) -> Platform:
    """The platform that claims this page most surely. Raises ParseError when none does."""
    if doc.platform_hint:
        if doc.platform_hint not in platforms():
            known = ", ".join(platforms())
            raise ParseError(f"no platform is called {doc.platform_hint!r}; there are: {known}")
        return platforms()[doc.platform_hint]
    if not doc.page.body.strip():
        raise ParseError(f"{doc.page.url}: the page is empty")
    if doc.likely and platforms()[doc.likely].detect(doc) >= CERTAIN:
        return platforms()[doc.likely]
    claims = {name: platform.detect(doc) for name, platform in platforms().items()}
    best = max(claims, key=lambda name: claims[name])
    if claims[best] < SURE:
        damaged = "it begins as JSON and does not end as such: was it cut off?"
        told = damaged if _is_cut(doc) else "no known platform; if you know what made it, say --platform NAME"
        raise ParseError(f"{doc.page.url}: {told}")
    return platforms()[best]


def _is_cut(doc: Document) -> bool:
    """Whether the page is damaged JSON; where each line is to be an object, the first tells."""
    begins = doc.page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return begins and doc.json is None and not json_lines.first(doc)


def thread_at(url: str, platform: str | None) -> str | None:
    """The id of the thread that a URL leads to, where its form tells."""
    known = platforms().get(platform or "")
    place = known.listed_at(url) if isinstance(known, HtmlSite) else None
    return place[1] if place and place[0] is LinkKind.THREAD else None


def first_page(url: str, platform: str | None) -> str:
    """The URL of the first page of the thread or board of which a URL leads to some page."""
    known = platforms().get(platform or "")
    return known.thread_start(url) if isinstance(known, HtmlSite) else url


def software(platform: str) -> str:
    """What gives the ids on the pages of a platform: two looks of one forum have it in common."""
    return getattr(platforms().get(platform), "software", "") or platform


def read_again(page: Page, known: str | None, day_first: bool | None = None) -> Reading:
    """What a page says of a site that was made with `known`, in whatever look that comes today.

    Raises ParseError as `read` does, and where other software has made the page: its ids are those of other
    posts.
    """
    if known in (None, UNKNOWN):
        return read(page, known, day_first)
    failure: ParseError | None = None
    try:
        reading = read(page, known, day_first)
        if _is_plain(reading):
            return reading
    except ParseError as error:
        failure = error
    other = _in_another_look(page, day_first)
    if other and software(other.platform) != software(known or ""):
        raise OtherSoftwareError(
            f"{page.url}: made with {other.platform}, while this site is known as {known}; if the forum has "
            "moved to other software, all its ids are new: go on in a new project (docs/crawling.md)"
        )
    if other is None and failure:
        raise failure
    return other or reading


def _in_another_look(page: Page, day_first: bool | None) -> Reading | None:
    """The page as if nothing was known of its site, where it is plain what made it."""
    try:
        found = read(page, None, day_first)
    except ParseError:
        return None
    is_sure = found.platform != UNKNOWN and found.kind is not PageKind.OTHER and _is_plain(found)
    return found if is_sure else None


def _is_plain(reading: Reading) -> bool:
    """It holds something, and all of it stands where it should."""
    is_empty = reading.kind is PageKind.OTHER and not reading.rows and not reading.links
    return not is_empty and not reading.warnings


def read(
    page: Page, platform: str | None = None, day_first: bool | None = None, likely: str | None = None
) -> Reading:
    """What a page says. Raises ParseError: unknown platform, or a thread page without a post.

    A page that is gone is of no platform but the one that was known before.

    `likely` is the platform of another page of the site: asked first, and alone when it is certain.

    `day_first` is what other pages of the site told about 05-01-2024 (their `Reading.day_first`); it counts
    where this page does not tell.
    """
    if page.is_gone:
        return Reading(platform=platform or likely or "", kind=PageKind.MISSING, canonical_url=page.url)
    doc = Document(page, platform, day_first, likely)
    reading = detect(doc).read(doc)
    is_empty = not any(thread.posts for thread in reading.threads)
    if reading.kind is PageKind.THREAD and is_empty and not reading.is_board_whole:
        repeated = _by_repetition(doc, reading) if platform is None else None
        if repeated is None:
            raise ParseError(
                f"{page.url}: a thread page of {reading.platform}, but no post was found on it; "
                "has the theme changed?"
            )
        reading = repeated
    if platform is None and reading.platform != UNKNOWN:
        reading = _listed_anew(doc, reading)
    _refuse_impossible(reading, page.url)
    return reading


def _by_repetition(doc: Document, known: Reading) -> Reading | None:
    """A thread page of a platform that does not know its own theme: its posts read as an unknown forum's."""
    try:
        reading = platforms()[UNKNOWN].read(doc)
    except ParseError:
        return None
    posts = [post for thread in reading.threads for post in thread.posts]
    if (
        len(posts) < 2
        or reading.confidence < BELIEVED
        or not all(post.author and post.posted_at for post in posts)
    ):
        return None
    told = (
        f"no post where {known.platform} keeps them; read by what repeats on the page. Has the theme changed?"
    )
    warnings = (told, *reading.warnings)
    if len(known.threads) != 1 or len(reading.threads) != 1:
        return replace(reading, warnings=warnings)
    thread = replace(known.threads[0], posts=reading.threads[0].posts)
    return replace(known, threads=(thread,), warnings=warnings, confidence=reading.confidence)


def _listed_anew(doc: Document, reading: Reading) -> Reading:
    """A listing in a theme that its platform does not know, or of another make than what claims it."""
    site = platforms().get(reading.platform)
    is_known = isinstance(site, HtmlPlatform) and relisting.is_wanted(site, reading, doc.page.url)
    if not (is_known or _is_bare(reading)):
        return reading
    seen = _by_rows(doc)
    known = relisting.relisted(site, reading, seen, doc) if isinstance(site, HtmlPlatform) else None
    return known or (seen if seen and _is_bare(reading) else reading)


def _is_bare(reading: Reading) -> bool:
    """Whether a page is taken for a listing, though nothing is found in it that it leads to."""
    is_listing = reading.kind in (PageKind.INDEX, PageKind.BOARD)
    return is_listing and not (reading.rows or reading.boards or reading.links)


def _by_rows(doc: Document) -> Reading | None:
    """A listing that the platform which claims it cannot read: most likely it is of another make."""
    try:
        reading = platforms()[UNKNOWN].read(doc)
    except ParseError:
        return None
    return reading if reading.rows or reading.boards else None


def _refuse_impossible(reading: Reading, url: str) -> None:
    """Numbers that no forum reaches come from damaged pages, and no table has room for them."""
    stated = [row.reply_count for row in reading.rows]
    for thread in reading.threads:
        stated += [thread.stated_reply_count, thread.view_count, thread.page_number, thread.page_count]
        for post in thread.posts:
            stated += [post.position, post.like_count, post.dislike_count]
    worst = max((abs(number) for number in stated if number), default=0)
    if worst > MOST:
        raise ParseError(f"{url}: a count or position of {worst} on this page is damage")
