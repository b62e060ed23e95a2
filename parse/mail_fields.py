"""What the headers of a mail say: who sent it, what it answers, what it is about. Shared by mail archives."""

import re
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from parse.charset import decode
from parse.dates import parse_time
from parse.model import Author

_REPLY = re.compile(
    r"\A\s*(?:(?:re|reply to|aw|wg|sv|antw|rif|ref|fwd?|tr|odp|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.I
)
_TAG = re.compile(r"\A\s*\[(?P<tag>[^\]\n]{1,60})\]\s*")
_IDS = re.compile(r"<([^<>\s]+)>")
_ADDRESS = re.compile(r"[\w.+=-]+(?:@|\s+(?:at|AT|_at_)\s+|\(at\))[\w.-]+")
_ARRIVED = re.compile(r"\w{3} \w{3}\s+\d+ \d\d?:\d\d(?::\d\d)?[^\n]*")
"""The date in the line that opens a mail in an mbox: "From jane@x.org Wed Dec  1 00:56:19 1999"."""
_VIA = re.compile(r"\s+via\s+[\w .-]+\Z", re.I)


def unfolded(value: object) -> str:
    """A header's words: encoded words decoded, folds undone; never fails."""
    raw = " ".join(str(value or "").split())
    try:
        pieces = decode_header(raw)
    except ValueError:
        return raw
    return "".join(p if isinstance(p, str) else decode(p, f"charset={name or ''}") for p, name in pieces)


def header(message: Message, name: str) -> str:
    """A header's words; bytes that no header may hold are read as those of the body."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            raw = str(value).encode("utf-8", "surrogateescape")
            return unfolded(decode(raw, f"charset={message.get_content_charset('')}"))
    return ""


def base_subject(subject: str) -> str:
    """The subject without "Re:", "AW:", "Fwd:" and the tag of the list, in whatever order they pile up."""
    while True:
        shorter = _TAG.sub("", _REPLY.sub("", subject), count=1).strip()
        if shorter in (subject, ""):
            return subject
        subject = shorter


def is_reply(subject: str) -> bool:
    return bool(_REPLY.match(_TAG.sub("", subject)))


def list_tag(subject: str) -> str | None:
    """The list's name that its software puts before subjects: "[users] How …"."""
    m = _TAG.match(_REPLY.sub("", subject))
    return m["tag"] if m else None


def message_ids(value: object) -> list[str]:
    """The Message-IDs in a header, without their brackets."""
    text = str(value or "")
    return _IDS.findall(text) or [word.strip("<>") for word in text.split() if "@" in word][:1]


def sender(value: str) -> Author | None:
    """Who a From line names: "Jane <j@x.org>", "j at x.org (Jane)", a bare address.

    Of "Jane via List <list@x.org>" only the name is hers.
    """
    found = _ADDRESS.search(value)
    address = re.sub(r"\s+(?:at|AT|_at_)\s+|\(at\)", "@", found[0]).lower() if found else None
    rest = value.replace(found[0], "") if found else value
    stated = rest.strip(" <>()\"'\t")
    name = _VIA.sub("", stated).strip(" <>()\"'")
    if name != stated:
        return Author(name=name)
    name = name or (address or "").partition("@")[0]
    return Author(name=name, login=address) if name else None


def posted_at(message: Message, envelope: str, now: datetime) -> datetime | None:
    """When a mail was sent; where no date can be read, when it was sent on, received or put into the file."""
    shown = header(message, "Date")
    received = header(message, "Received").rpartition(";")[2]
    others = (header(message, "Resent-Date"), header(message, "X-List-Received-Date"), received)
    arrived = _ARRIVED.search(envelope)
    return (
        sent_at(shown)
        or parse_time(shown, now=now)
        or next(filter(None, map(sent_at, others)), None)
        or (sent_at(arrived[0]) if arrived else None)
    )


def sent_at(value: object) -> datetime | None:
    """The moment of a Date header, UTC where it names no zone."""
    try:
        moment = parsedate_to_datetime(str(value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
