"""What the crawler needs to know of a page: where it leads, what it lists, whether it has changed."""

from dataclasses import dataclass, replace
from hashlib import blake2b

from parse import registry
from parse.model import Link, PageKind, ParseError, Reading, ThreadRow
from parse.page import Document, Page
from parse.walls import needs_script


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A reading, reduced: small enough to keep many, and free of the words people wrote."""

    kind: PageKind
    url: str
    """Where the page stands, by the rules of its platform: no session id, no print view."""
    platform: str | None = None
    board_id: str | None = None
    thread_id: str | None = None
    """That of the board where all its threads stand on one page: it is read again as one thread is."""
    thread_url: str | None = None
    title: str | None = None
    page_number: int | None = None
    page_count: int | None = None
    post_ids: tuple[str, ...] = ()
    rows: tuple[ThreadRow, ...] = ()
    links: tuple[Link, ...] = ()
    digest: str = ""
    """Of what the page says, not of its bytes: tokens and view counts differ at every visit."""
    error: str | None = None
    """Why it could not be read."""

    @property
    def leads_nowhere(self) -> bool:
        """Neither posts nor a listing nor anything to follow."""
        return self.kind is PageKind.OTHER and not self.rows and not self.links

    @property
    def is_list_of_unknown(self) -> bool:
        """A listing of a forum that no adapter knows: what leads to it may have passed for a thread."""
        is_list = self.kind in (PageKind.BOARD, PageKind.INDEX)
        return is_list and self.platform == registry.UNKNOWN and bool(self.links)


def look_at(page: Page, platform: str | None) -> Look:
    """Has the page read and keeps what decides on further requests. Never raises for a bad page."""
    try:
        look = _look(registry.read_again(page, platform), page)
    except registry.OtherSoftwareError as error:
        return _unread(page, platform, str(error))
    except ParseError as error:
        look = _unread(page, platform, str(error))
    except Exception as error:
        # A bug on one page must not cost the others; the page itself is archived and can be read again.
        look = _unread(page, platform, f"{page.url}: unexpected {type(error).__name__}: {error}")
    if (look.error or look.leads_nowhere) and needs_script(Document(page)):
        return Look(kind=PageKind.SCRIPT_ONLY, url=look.url, platform=look.platform)
    return look


def canonical(url: str, platform: str | None) -> str:
    """The one URL of this content, as far as the platform is known."""
    known = registry.platforms().get(platform or "")
    return known.canonical(url) if known else url


def _look(reading: Reading, page: Page) -> Look:
    thread = reading.threads[0] if len(reading.threads) == 1 and not reading.is_board_whole else None
    place = reading.board if reading.is_board_whole else thread
    shown = reading.threads if place else ()
    return Look(
        kind=reading.kind,
        url=canonical(page.url, reading.platform),
        platform=reading.platform,
        board_id=reading.board.id if reading.board else None,
        thread_id=place.id if place else None,
        thread_url=canonical(place.url, reading.platform) if place else None,
        title=place.title if place else None,
        page_number=thread.page_number if thread else None,
        page_count=thread.page_count if thread else None,
        post_ids=tuple(post.id for part in shown for post in part.posts if not post.is_copy),
        rows=tuple(replace(row, url=canonical(row.url, reading.platform)) for row in reading.rows),
        links=tuple(replace(link, url=canonical(link.url, reading.platform)) for link in reading.links),
        digest=_digest(reading),
    )


def _unread(page: Page, platform: str | None, why: str) -> Look:
    return Look(kind=PageKind.OTHER, url=canonical(page.url, platform), platform=platform, error=why)


def _digest(reading: Reading) -> str:
    hasher = blake2b(digest_size=12)
    for row in reading.rows:
        hasher.update(repr((row.id, row.title, row.reply_count, row.last_post_id, row.is_locked)).encode())
    for thread in reading.threads:
        for post in thread.posts:
            marks = f"\x1f{post.id}\x1f{post.edited_at}\x1f{post.state.value}\x1f{post.is_solution}\x1f"
            hasher.update((marks + post.full_text).encode("utf-8", "surrogatepass"))
        hasher.update(repr((thread.title, thread.is_locked, thread.state, len(thread.events))).encode())
    return hasher.hexdigest()
