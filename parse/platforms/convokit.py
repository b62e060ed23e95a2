"""ConvoKit's corpora: `utterances.jsonl`, one utterance a line, several conversations a file.

Those that Folkmoot exports say more in `meta`, quotes above all: they come back as they were.
"""

from dataclasses import replace
from typing import Any

from parse import json_lines
from parse.dates import parse_time
from parse.exported import Exported
from parse.json_fields import epoch, listed, mapping, text, whole
from parse.model import Author, ParseError, Post, PostState, Quote, Reading, Thread
from parse.page import Document
from parse.quotes.plain import untangle_text
from parse.software.bylined import bylined


class ConvoKit(Exported):
    name = "convokit"

    def detect(self, doc: Document) -> float:
        said = json_lines.first(doc)
        talks = {"conversation_id", "root"} & said.keys() and {"speaker", "user"} & said.keys()
        return 0.95 if talks and {"id", "text"} <= said.keys() else 0.0

    def read(self, doc: Document) -> Reading:
        grouped: dict[str, list[Post]] = {}
        titles: dict[str, str] = {}
        unread: list[int] = []
        for number, said in json_lines.objects(doc):
            if said is None or not text(said.get("id")):
                unread.append(number)
                continue
            meta = mapping(said.get("meta"))
            if _is_ours(meta) and meta.get("state") == PostState.GHOST.value:
                continue  # made of quotes once, and made of them again
            thread = text(said.get("conversation_id") or said.get("root")) or text(said["id"])
            thread = text(meta["thread_id"]) if _is_ours(meta) else thread
            grouped.setdefault(thread, []).append(_post(said, thread, doc))
            title = text(meta.get("title") or meta.get("subject"))
            titles[thread] = titles.get(thread) or title
        if not grouped:
            raise ParseError(f"{doc.page.url}: no utterance of ConvoKit was found: no line has an id")
        url = self.canonical(doc.page.url)
        return self.reading(
            doc,
            tuple(_thread(number, titles[number], posts, url) for number, posts in grouped.items()),
            warnings=json_lines.unread(unread),
        )


def _thread(number: str, title: str, posts: list[Post], url: str) -> Thread:
    first = next((post for post in posts if post.position == 1), None)
    return Thread(
        id=number,
        title=title or (first.full_text.split("\n")[0][:100] if first else ""),
        url=url,
        started_at=first.posted_at if first else None,
        posts=tuple(posts),
    )


def _post(said: dict[str, Any], thread: str, doc: Document) -> Post:
    meta, stated = mapping(said.get("meta")), said.get("timestamp")
    if _is_ours(meta):
        return _our_post(said, meta)
    body, author = untangle_text(text(said.get("text"))), _speaker(said.get("speaker", said.get("user")))
    answered = text(said.get("reply-to", said.get("reply_to")))
    return replace(
        bylined(text(said["id"]), body, author),
        position=1 if text(said["id"]) == thread else None,
        posted_at=epoch(stated) or parse_time(text(stated), now=doc.page.fetched_at),
        url=text(meta.get("permalink") or meta.get("url")) or None,
        like_count=whole(meta.get("score")),
        reply_to=answered or None,
    )


def _is_ours(meta: dict[str, Any]) -> bool:
    return {"thread_id", "quotes", "reply_method", "author"} <= meta.keys()


def _our_post(said: dict[str, Any], meta: dict[str, Any]) -> Post:
    name, words, state = text(meta["author"]), text(said.get("text")), text(meta.get("state"))
    return Post(
        id=text(said["id"]),
        text=words,
        full_text=text(meta.get("full_text")) or words,
        quotes=tuple(map(_our_quote, listed(meta["quotes"]))),
        author=Author(
            name=name,
            user_id=text(said.get("speaker")) or None,
            role=text(meta.get("role")) or None,
            is_staff=meta.get("is_staff") is True,
        )
        if name
        else None,
        author_method="byline" if name else None,
        author_confidence=1.0 if name else None,
        position=whole(meta.get("position")),
        posted_at=epoch(said.get("timestamp")),
        url=text(meta.get("url")) or None,
        like_count=whole(meta.get("like_count")),
        dislike_count=whole(meta.get("dislike_count")),
        reply_to=text(said.get("reply-to")) or None,
        state=next((each for each in PostState if each.value == state), PostState.VISIBLE),
    )


def _our_quote(said: Any) -> Quote:
    quote, method = mapping(said), text(mapping(said).get("source_method"))
    parent = text(quote.get("parent_quote_id")).rpartition("/")[2]
    return Quote(
        ordinal=whole(quote.get("ordinal")) or 1,
        depth=whole(quote.get("depth")) or 1,
        parent=int(parent) if parent.isdecimal() else None,
        text=text(quote.get("text")),
        attributed_to=text(quote.get("attributed_to")) or None,
        source_ref=text(quote.get("source_post_id")) or None if method != "ghost" else None,
    )


def _speaker(said: Any) -> Author | None:
    """Older corpora hold the speaker as an object."""
    name = (
        text(mapping(said).get("id") or mapping(said).get("name")) if isinstance(said, dict) else text(said)
    )
    return Author(name=name, login=name) if name and name not in ("[deleted]", "None") else None


platform = ConvoKit()
