"""What a row in a dump of Stack Exchange says: a question, an answer or a comment."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from parse.body import QuoteMarkup, untangle
from parse.dates import parse_time
from parse.feedback import is_done
from parse.json_fields import fragment, whole
from parse.model import A_LATER_PAGE, Author, PlatformEvent, Post, Thread, changed
from parse.quotes.plain import untangle_text
from parse.software import questions
from parse.software.bylined import bylined

QUESTION, ANSWER = "1", "2"
QUOTES = QuoteMarkup(block="blockquote:not(.spoiler)")
Row = Mapping[str, str]
_FIELD = re.compile(r'(\w+)="([^"]*)"')
_TAG = re.compile(r"[^<>|]+")
_WHOLE = re.compile(r"\s*<row\s(?:[^<>])*/>\s*\Z")


@dataclass(frozen=True, slots=True)
class Told:
    """What the other files of the dump tell."""

    site: str
    """Where its questions stand; empty where nothing tells."""
    address: str
    """Of the file."""
    names: Mapping[str, str]
    accepted: frozenset[str]


def fields(line: str) -> dict[str, str]:
    """What a row says; nothing for a line that is none or was cut off."""
    if not _WHOLE.match(line):
        return {}
    return {name: html.unescape(value) if "&" in value else value for name, value in _FIELD.findall(line)}


def question(row: Row, told: Told) -> Thread:
    """The thread that a question opens, without its posts."""
    tags = _TAG.findall(row.get("Tags", ""))
    closed = moment(row.get("ClosedDate"))
    status = questions.status(tags, "closed" if closed else None)
    return Thread(
        id=row["Id"],
        title=questions.plain_title(row.get("Title", "")),
        url=thread_url(row["Id"], told),
        board=questions.board(tags, told.site),
        started_at=moment(row.get("CreationDate")),
        view_count=whole(row.get("ViewCount")),
        is_locked=closed is not None,
        is_solved=is_done(status) if status else "AcceptedAnswerId" in row,
        status=status,
        page_number=1,
        events=(PlatformEvent(kind="thread_locked", occurred_at=closed),) if closed else (),
    )


def part(number: str, told: Told) -> Thread:
    """A stretch of a thread whose question stands elsewhere."""
    return Thread(id=number, title="", url=thread_url(number, told), is_locked=None, page_number=A_LATER_PAGE)


def thread_url(number: str, told: Told) -> str:
    return f"{told.site}/questions/{number}" if told.site else f"{told.address}#{number}"


def post(row: Row, told: Told) -> Post:
    """A question or an answer."""
    number, is_question = row["Id"], row.get("PostTypeId") == QUESTION
    editor = _author(row, "LastEditor", told) if "LastEditDate" in row else None
    body = untangle(fragment(row.get("Body", "")), QUOTES)
    return changed(
        bylined(number, body, _author(row, "Owner", told)),
        position=1 if is_question else None,
        posted_at=moment(row.get("CreationDate")),
        edited_at=moment(row.get("LastEditDate")),
        edited_by=editor.name if editor else None,
        url=f"{told.site}/{'q' if is_question else 'a'}/{number}" if told.site else None,
        like_count=_score(row),
        is_solution=number in told.accepted,
        reply_to=None if is_question else row.get("ParentId"),
    )


def comment(row: Row, thread: str, told: Told) -> Post:
    place = f"#comment{row['Id']}_{row['PostId']}"
    return changed(
        bylined(
            f"{questions.COMMENT}{row['Id']}", untangle_text(row.get("Text", "")), _author(row, "", told)
        ),
        posted_at=moment(row.get("CreationDate")),
        url=f"{thread_url(thread, told)}{place}" if told.site else None,
        like_count=_score(row),
        reply_to=row["PostId"],
    )


def _score(row: Row) -> int | None:
    score = row.get("Score", "")
    number = whole(score.removeprefix("-"))
    return -number if number is not None and score.startswith("-") else number


def _author(row: Row, role: str, told: Told) -> Author | None:
    """By the account's number; whoever deleted it has a name only."""
    number, shown = row.get(f"{role}UserId"), row.get(f"{role}DisplayName") or row.get("UserDisplayName")
    name = told.names.get(number or "") or shown or (f"user{number}" if number else "")
    url = f"{told.site}/users/{number}" if number and told.site else None
    return Author(name=name, user_id=number, profile_url=url) if name else None


def moment(text: str | None) -> datetime | None:
    """Times are UTC and do not say so."""
    return parse_time(text, now=datetime.now(UTC), zone=UTC) if text else None
