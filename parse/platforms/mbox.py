"""Mailing lists as mail: an mbox of many messages (as archives offer by the month), or a single message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from hashlib import blake2b

from parse import mail_fields
from parse.body import QuoteMarkup, untangle
from parse.charset import decode
from parse.exported import Exported
from parse.json_fields import fragment
from parse.model import Board, PageKind, ParseError, Post, Reading, Thread
from parse.names import normal
from parse.page import Document
from parse.quotes.plain import Body, untangle_text
from parse.software.bylined import bylined

_BORDER = re.compile(rb"^From \S[^\n]*\d\d?:\d\d[^\n]*\r?\n(?=[A-Za-z][\w-]*:)", re.M)
_HEADER = re.compile(rb"^([A-Za-z][\w-]*):", re.M)
_NEEDED = {b"from", b"date", b"subject"}
_NEEDED_BEHIND_BORDER = {b"from", b"message-id"}
_TELLING = {b"message-id", b"received", b"in-reply-to", b"mime-version", b"references"}
_UNMANGLED = re.compile(rb"^>(?=>*From )", re.M)
_SCRUBBED = re.compile(r"\n-+ next part -+\n.*\Z", re.S)
_MARKUP = QuoteMarkup(
    block="blockquote, div.gmail_quote:not(:has(> blockquote)), .yahoo_quoted",
    head_before=".gmail_attr, .moz-cite-prefix",
)


@dataclass(frozen=True, slots=True)
class _Mail:
    post: Post
    subject: str
    ancestors: tuple[str, ...]
    """Message-IDs it refers to, oldest first."""
    board: Board | None


class Mbox(Exported):
    name = "mbox"

    def detect(self, doc: Document) -> float:
        head = doc.page.body[:20_000].lstrip(b"\xef\xbb\xbf\r\n")
        if head[:1] in (b"<", b"{", b"["):
            return 0.0
        headers = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        names = {m[1].lower() for m in _HEADER.finditer(headers)}
        border = _BORDER.match(head)
        if border and (names >= _NEEDED or names >= _NEEDED_BEHIND_BORDER):
            return 0.95
        return 0.95 if names >= _NEEDED and names & _TELLING else 0.0

    def read(self, doc: Document) -> Reading:
        mails = [_mail(raw, envelope, doc) for envelope, raw in _messages(doc.page.body)]
        if not mails:
            raise ParseError(f"{doc.page.url}: not an mbox: no message begins with a From line and headers")
        url = self.canonical(doc.page.url)
        threads = tuple(_threads(mails, url))
        return Reading(platform=self.name, kind=PageKind.THREAD, canonical_url=url, threads=threads)


def _messages(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The messages of the file, each with the line that separates it from the one before."""
    body = body.lstrip(b"\xef\xbb\xbf\r\n")
    borders = [(m.start(), m.end()) for m in _BORDER.finditer(body)]
    if not borders or borders[0][0] > 0:
        yield "", body[: borders[0][0]] if borders else body
    for number, (border, start) in enumerate(borders):
        end = borders[number + 1][0] if number + 1 < len(borders) else len(body)
        yield body[border:start].decode("ascii", "replace"), body[start:end]


def _mail(raw: bytes, envelope: str, doc: Document) -> _Mail:
    message = message_from_bytes(_UNMANGLED.sub(b"", raw))
    author = mail_fields.sender(mail_fields.header(message, "From"))
    body, subject = _body(message), mail_fields.header(message, "Subject")
    own = mail_fields.message_ids(message["Message-ID"])
    seed = f"{message['From']}\n{message['Date']}\n{subject}\n{body.full_text}"
    answered = mail_fields.message_ids(message["In-Reply-To"])[:1]
    before = mail_fields.message_ids(message["References"])
    ancestors = tuple(dict.fromkeys([*(each for each in before if each not in answered), *answered]))
    shown = mail_fields.unfolded(message["Archived-At"]).strip("<>")
    post = replace(
        bylined(own[0] if own else blake2b(seed.encode(), digest_size=12).hexdigest(), body, author),
        posted_at=mail_fields.posted_at(message, envelope, doc.page.fetched_at),
        url=shown or None,
        reply_to=ancestors[-1] if ancestors else None,
    )
    return _Mail(post, subject, ancestors, _board(message, subject))


def _board(message: Message, subject: str) -> Board | None:
    """The list: by its id, or by the tag it puts before subjects."""
    stated = mail_fields.unfolded(message["List-Id"])
    number = next(iter(mail_fields.message_ids(f"<{stated.rpartition('<')[2].rstrip('>')}>")), None)
    tag = mail_fields.list_tag(subject)
    if stated and number:
        return Board(id=number, title=stated.partition("<")[0].strip(' "') or number, url="")
    return Board(id=tag.casefold(), title=tag, url="") if tag else None


def _body(message: Message) -> Body:
    """The plain text of the mail; only where it has none, its HTML."""
    parts = [part for part in message.walk() if not part.is_multipart() and not part.get_filename()]
    for kind in ("text/plain", "text/html"):
        said = [part for part in parts if part.get_content_type() == kind]
        if said and kind == "text/html":
            return untangle(fragment(_text(said[0])), _MARKUP)
        if said:
            words = "\n\n".join(_text(part) for part in said)
            return untangle_text(_SCRUBBED.sub("", words))
    return Body("", "", ())


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset("")
    words = decode(payload, f"charset={charset}") if isinstance(payload, bytes) else ""
    return words.replace("\r\n", "\n")


def _threads(mails: list[_Mail], url: str) -> Iterator[Thread]:
    """Mails that refer to one another, or at least say "Re:" to a subject heard before, make a thread."""
    known = {mail.post.id: mail for mail in mails}
    by_subject: dict[str, str] = {}
    roots: dict[str, str] = {}
    grouped: dict[str, list[_Mail]] = {}
    for mail in sorted(mails, key=_moment):
        key = normal(mail_fields.base_subject(mail.subject))
        root = _root(mail, known, roots)
        if not mail.ancestors and mail_fields.is_reply(mail.subject):
            root = by_subject.get(key, root)
        by_subject.setdefault(key, root)
        roots[mail.post.id] = root
        grouped.setdefault(root, []).append(mail)
    for root, members in grouped.items():
        yield _thread(root, members, url)


def _moment(mail: _Mail) -> float:
    return mail.post.posted_at.timestamp() if mail.post.posted_at else 0.0


def _root(mail: _Mail, known: dict[str, _Mail], roots: dict[str, str]) -> str:
    """The first message of the thread, be it in this file or only referred to; `roots` holds those found."""
    seen = {mail.post.id}
    while mail.ancestors:
        parent = known.get(mail.ancestors[-1])
        if parent is None:
            held = next((known[each] for each in mail.ancestors if each in known), None)
            return mail.ancestors[0] if held is None or held.post.id in seen else _root(held, known, roots)
        if parent.post.id in roots:
            return roots[parent.post.id]
        if parent.post.id in seen:
            return parent.post.id
        seen.add(parent.post.id)
        mail = parent
    return mail.post.id


def _thread(root: str, mails: list[_Mail], url: str) -> Thread:
    posts = [replace(m.post, position=1 if m.post.id == root else None) for m in mails]
    first = next((post for post in posts if post.position == 1), None)
    return Thread(
        id=root,
        title=mail_fields.base_subject(mails[0].subject),
        url=(first.url if first else None) or url,
        board=next((mail.board for mail in mails if mail.board), None),
        started_at=first.posted_at if first else None,
        posts=tuple(sorted(posts, key=lambda post: post.position != 1)),
    )


platform = Mbox()
