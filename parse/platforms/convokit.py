"""ConvoKit's corpora: `utterances.jsonl`, one utterance a line, several conversations a file."""

from typing import Any

from parse import json_lines
from parse.body import untangle_text
from parse.dates import parse_time
from parse.json_fields import epoch, mapping, text, whole
from parse.model import Author, PageKind, ParseError, Post, Reading, Thread
from parse.page import Document


class ConvoKit:
    name = "convokit"

    def detect(self, doc: Document) -> float:
        said = json_lines.first(doc)
        talks = {"conversation_id", "root"} & said.keys() and {"speaker", "user"} & said.keys()
        return 0.95 if talks and {"id", "text"} <= said.keys() else 0.0

    def canonical(self, url: str) -> str:
        return url.split("#")[0]

    def read(self, doc: Document) -> Reading:
        grouped: dict[str, list[Post]] = {}
        titles: dict[str, str] = {}
        unread: list[int] = []
        for number, said in json_lines.objects(doc):
            if said is None or not text(said.get("id")):
                unread.append(number)
                continue
            thread = text(said.get("conversation_id") or said.get("root")) or text(said["id"])
            grouped.setdefault(thread, []).append(_post(said, thread, doc))
            title = text(mapping(said.get("meta")).get("title") or mapping(said.get("meta")).get("subject"))
            titles[thread] = titles.get(thread) or title
        if not grouped:
            raise ParseError(f"{doc.page.url}: no utterance of ConvoKit was found: no line has an id")
        url = self.canonical(doc.page.url)
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD,
            canonical_url=url,
            threads=tuple(_thread(number, titles[number], posts, url) for number, posts in grouped.items()),
            warnings=json_lines.unread(unread),
        )


def _thread(number: str, title: str, posts: list[Post], url: str) -> Thread:
    first = next((post for post in posts if post.position == 1), None)
    return Thread(
        id=number,
        title=title or (posts[0].full_text.split("\n")[0][:100] if posts else ""),
        url=url,
        started_at=first.posted_at if first else None,
        posts=tuple(posts),
    )


def _post(said: dict[str, Any], thread: str, doc: Document) -> Post:
    body, author = untangle_text(text(said.get("text"))), _speaker(said.get("speaker", said.get("user")))
    answered = text(said.get("reply-to", said.get("reply_to")))
    meta, stated = mapping(said.get("meta")), said.get("timestamp")
    return Post(
        id=text(said["id"]),
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
        position=1 if text(said["id"]) == thread else None,
        posted_at=epoch(stated) or parse_time(text(stated), now=doc.page.fetched_at),
        url=text(meta.get("permalink") or meta.get("url")) or None,
        like_count=whole(meta.get("score")),
        reply_to=answered or None,
    )


def _speaker(said: Any) -> Author | None:
    """Older corpora hold the speaker as an object."""
    name = (
        text(mapping(said).get("id") or mapping(said).get("name")) if isinstance(said, dict) else text(said)
    )
    return Author(name=name, login=name) if name and name not in ("[deleted]", "None") else None


platform = ConvoKit()
