"""A page that shows one mail of an archive, and one that lists many: what all archivers have in common.

Most such pages do not tell their thread: the subject, without what replies put before it, makes it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from parse import mail_fields
from parse.html_platform import missing_fields
from parse.model import Author, Board, Link, LinkKind, PageKind, Post, Reading, Thread, ThreadRow
from parse.names import normal
from parse.quotes.plain import Body
from parse.urls import split

_WAS = re.compile(r"[(\[]\s*was:?\s+(?P<before>.+?)\s*[)\]]?\s*\Z", re.I)
"""In a subject that was changed in the midst of a thread."""
_PERIOD = re.compile(
    r"(?:19|20)\d\d(?:[-_.]?(?:q?\d{1,2}|[a-z]{3,9}))?|[a-z]{3,9}[-_.]?(?:19|20)\d\d|\d{1,2}", re.I
)
"""A folder of an archive: 2020, 2020-03, 2020Mar, March2020, 03."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail as its page shows it."""

    id: str
    subject: str
    author: Author | None
    posted_at: datetime | None
    body: Body
    aliases: tuple[str, ...] = ()
    reply_to: str | None = None
    thread: str | None = None
    """The id of the thread, where the archive tells."""


def reading(
    platform: str, url: str, letter: Letter, board: Board | None, links: Iterable[Link] = ()
) -> Reading:
    """A page of one mail, as a thread of which one post is seen."""
    post = Post(
        id=letter.id,
        text=letter.body.text,
        full_text=letter.body.full_text,
        quotes=letter.body.quotes,
        aliases=letter.aliases,
        author=letter.author,
        author_method="byline" if letter.author else None,
        author_confidence=1.0 if letter.author else None,
        position=None if letter.reply_to or is_later(letter.subject) else 1,
        posted_at=letter.posted_at,
        url=url,
        reply_to=letter.reply_to,
    )
    thread = Thread(
        id=letter.thread or thread_id(letter.subject, board),
        title=topic(letter.subject),
        url=url,
        board=board,
        started_at=post.posted_at if post.position == 1 else None,
        posts=(post,),
    )
    return Reading(
        platform=platform,
        kind=PageKind.THREAD,
        canonical_url=url,
        threads=(thread,),
        links=tuple(dict.fromkeys(link for link in links if link.url != url)),
        warnings=missing_fields([post]),
    )


def listing(
    platform: str,
    url: str,
    board: Board | None,
    mails: Iterable[tuple[str, str]],
    pages: Iterable[Link] = (),
) -> Reading:
    """A page that lists mails, each with its URL and its subject; the first of each subject is a row."""
    links, rows = [], dict[str, ThreadRow]()
    for there, subject in mails:
        links.append(Link(url=there, kind=LinkKind.THREAD))
        row = ThreadRow(id=thread_id(subject, board), title=topic(subject), url=there)
        rows.setdefault(row.id, row)
    return Reading(
        platform=platform,
        kind=PageKind.BOARD,
        canonical_url=url,
        board=board,
        rows=tuple(rows.values()),
        links=tuple(dict.fromkeys([*links, *pages])),
    )


def thread_id(subject: str, board: Board | None) -> str:
    return digest(f"{board.id if board else ''}\n{normal(topic(subject))}")


def topic(subject: str) -> str:
    """What the thread was called when it began."""
    m = _WAS.search(subject)
    return mail_fields.base_subject(m["before"] if m else subject)


def is_later(subject: str) -> bool:
    """Whether the subject shows that a mail does not open its thread."""
    return mail_fields.is_reply(subject) or _WAS.search(subject) is not None


def board_at(url: str) -> Board | None:
    """The list whose archive a page stands in: the innermost folder that is not called after a month.

    Of a file on a disk the folder is anybody's.
    """
    folders = split(url).path.split("/")[1:-1] if url.startswith("http") else []
    while folders and _PERIOD.fullmatch(folders[-1]):
        folders.pop()
    if not folders:
        return None
    address = split(url)._replace(path="/" + "/".join(folders) + "/", query="", fragment="")
    return Board(id=folders[-1], title=folders[-1], url=address.geturl())


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
