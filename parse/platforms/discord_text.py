"""Discord as DiscordChatExporter saves it for people and spreadsheets: plain text, or a table (CSV).

Known from that program's source. Neither has the numbers of messages, nor what they answer; the table has
those of accounts and exact times, the text has times in the zone of whoever exported. What Discord says
itself stands among what people say, and is told by its words.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import StringIO
from urllib.parse import unquote

from parse.dates import day_first, parse_time
from parse.exported import Exported
from parse.markdown import untangle_markdown
from parse.model import A_LATER_PAGE, ParseError, Post, Reading, Thread
from parse.page import Document
from parse.software.bylined import bylined
from parse.software.chats import apart, number_of
from parse.software.discord_message import account, without_discriminator
from parse.software.reactions import thumbs

_RULE = "=" * 62
_HEAD = re.compile(rf"\A\ufeff?{_RULE}\r?\nGuild: (?P<guild>.*)\r?\nChannel: (?P<channel>.*)\r?\n")
_COLUMNS = re.compile(r'\A\ufeff?"?AuthorID"?[,;]"?Author"?[,;]"?Date"?[,;]"?Content"?[,;]"?Attachments')
_BYLINE = re.compile(r"(?<=\n\n)\[([^\]\n]*\d[^\]\n]*:\d\d[^\]\n]*)\] (.+?)(?: \(pinned\))?$", re.M)
_PART = re.compile(r"^\{(Attachments|Embed|Stickers|Reactions)\}\n", re.M)
_REACTION = re.compile(r"(\S+)(?: \((\d+)\))?")
_TOLD = re.compile(
    r"(?:Joined the server|Pinned a message|Started a thread|Changed the channel (?:icon|name)|"
    r"(?:Added|Removed) (?:a recipient|.{1,40} (?:to|from) the group)|Left the group|"
    r"Started a call that lasted .*)\.|Changed the channel name: .*"
)
_HALF = re.compile(r"\b[AP]M\b", re.I)
_FILE = re.compile(r"(?P<title>[^/]+?)(?: \[(?P<id>\d{6,})\])?(?: \[part \d+\])?\.\w+\Z")


class DiscordText(Exported):
    name = "discord_text"

    def detect(self, doc: Document) -> float:
        return 0.95 if _HEAD.match(doc.text[:2000]) or _COLUMNS.match(doc.text[:200]) else 0.0

    def read(self, doc: Document) -> Reading:
        """A table is called by its file alone: "Server - category - channel [number].csv"."""
        url, head = self.canonical(doc.page.url), _HEAD.match(doc.text)
        file = _FILE.search(unquote(url))
        named = file["title"].split(" - ") if file else [url]
        server, channel = (head["guild"], head["channel"]) if head else (named[0], named[-1])
        posts = tuple(apart(_in_text(doc) if head else _in_table(doc)))
        if not posts:
            raise ParseError(f"{url}: an export of Discord, but nobody wrote a message in it")
        thread = Thread(
            id=(file["id"] if file else "") or f"{server}: {channel}",
            title=channel.rpartition(" / ")[2].strip().removeprefix("#"),
            url=url,
            page_number=A_LATER_PAGE,
            posts=posts,
        )
        return self.reading(doc, (thread,), site_title=server.strip() or None)


def _in_text(doc: Document) -> Iterator[Post]:
    """Each message begins with a line of its own, after an empty one, and ends where the next begins."""
    text = doc.text.replace("\r\n", "\n").rpartition(f"\n{_RULE}\nExported ")[0] or doc.text
    bylines = list(_BYLINE.finditer(text))
    order = _order([m[1] for m in bylines])
    ends = [*(m.start() for m in bylines[1:]), len(text)]
    for m, end in zip(bylines, ends, strict=False):  # where there is no byline, there is an end too many
        words, *parts = _PART.split(text[m.end() : end].strip("\n"))
        held: dict[str, list[str]] = {}
        for label, part in zip(parts[::2], parts[1::2], strict=True):
            held.setdefault(label, []).append(part.strip())
        files = "\n".join(held.get("Attachments", [])) or "\n".join(held.get("Stickers", []))
        shown = words.strip() or "\n\n".join(held.get("Embed", []))
        if not _TOLD.fullmatch(shown):
            at = parse_time(m[1], now=doc.page.fetched_at, day_first=order)
            made = number_of(m[1], m[2], shown, files)
            yield _post(made, at, m[2], "", shown, files, " ".join(held.get("Reactions", [])))


def _order(times: list[str]) -> bool:
    """Whether days stand before months: where no date tells, they do unless there are halves of a day."""
    told = day_first(times)
    return not any(map(_HALF.search, times)) if told is None else told


def _in_table(doc: Document) -> Iterator[Post]:
    columns = ("Date", "Author", "AuthorID", "Content", "Attachments", "Reactions")
    for row in _rows(doc):
        at, who, number, words, files, reactions = (row.get(column) or "" for column in columns)
        if at and not _TOLD.fullmatch(words):
            files, moment = files.replace(",", "\n"), parse_time(at, now=doc.page.fetched_at)
            made = number_of(at, who, words, files)
            yield _post(made, moment, who, number, words, files, reactions.replace(",", " "))


def _rows(doc: Document) -> Iterator[dict[str, str]]:
    text = doc.text.lstrip("\ufeff").replace("\0", "")
    delimiter = max(",;", key=text.partition("\n")[0].count)
    try:
        yield from csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ParseError(f"{doc.page.url}: no table, or a damaged one ({error})") from None


def _post(
    made: str, at: datetime | None, who: str, number: str, words: str, files: str, reactions: str
) -> Post:
    """A message without words is a file, whose name stands for it."""
    names = (address.split("?")[0].rstrip("/").rpartition("/")[2] for address in files.split("\n"))
    return replace(
        bylined(
            made,
            untangle_markdown(words or "\n".join(filter(None, names))),
            account("", without_discriminator(who.strip()), number, None),
        ),
        posted_at=at,
        **thumbs((m[1], int(m[2] or 1)) for m in _REACTION.finditer(reactions)),
    )


platform = DiscordText()
