"""Stack Exchange's interface (versions 2.0 to 2.3): saved answers with questions, answers or comments.

Known from its documentation. Words are in an answer only where they were asked for (`filter=withbody`, or a
filter with `question.answers`, `answer.comments` and the like, which tells whole threads at once).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.exported import Exported, boards_of
from parse.json_fields import entries, listed, mapping, text
from parse.model import PageKind, Post, Reading, Thread
from parse.page import Document
from parse.software import question_answer, questions

_KINDS = (("comment_id", "post_id"), ("answer_id", "question_id"), ("question_id", "tags"))


class StackExchangeApi(Exported):
    name = "stackexchange_api"
    software = "stackexchange"

    def detect(self, doc: Document) -> float:
        data = mapping(doc.json)
        is_wrapped = "has_more" in data or "quota_remaining" in data
        return 0.95 if is_wrapped and next(_items(doc), None) else 0.0

    def read(self, doc: Document) -> Reading:
        threads: dict[str, Thread] = {}
        posts: dict[str, list[Post]] = {}
        lost = 0
        for kind, said in _items(doc):
            number = question_answer.place(said)
            if not number:
                lost += 1
                continue
            if kind == "question_id":
                threads[number] = question_answer.question(said)
            else:
                threads.setdefault(
                    number, question_answer.part(number, text(said.get("link")) or doc.page.url)
                )
            posts.setdefault(number, []).extend(_posts(kind, said, number))
        found = tuple(
            replace(thread, posts=tuple(questions.with_answered(posts[number])))
            for number, thread in threads.items()
        )
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD if found else PageKind.OTHER,
            canonical_url=self.canonical(doc.page.url),
            threads=found,
            boards=boards_of(threads.values()),
            warnings=tuple(_told(found, lost)),
        )


def _items(doc: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """What was answered, each with the name of its number."""
    for each in entries(listed(mapping(doc.json).get("items"))):
        kind = next((kind for kind in _KINDS if all(name in each for name in kind)), None)
        if kind and text(each[kind[0]]):
            yield kind[0], each


def _posts(kind: str, said: dict[str, Any], number: str) -> Iterator[Post]:
    if kind == "comment_id":
        yield question_answer.comment(said)
    else:
        yield from question_answer.posts(said, None if kind == "question_id" else number)


def _told(threads: tuple[Thread, ...], lost: int) -> Iterator[str]:
    if lost:
        yield f"comments that do not tell their question: {lost}; ask for them with comment.link"
    if threads and not any(post.full_text for thread in threads for post in thread.posts):
        yield "no post has its words; ask for them with filter=withbody"


platform = StackExchangeApi()
