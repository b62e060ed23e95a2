"""Dumps of Stack Exchange, as the Internet Archive hands them out, unpacked: a post or a comment a line."""

import re
from collections.abc import Iterator
from dataclasses import replace

from parse.exported import boards_of
from parse.json_fields import decoded, listed, mapping, text
from parse.model import PageKind, Post, Reading, Thread
from parse.page import Document
from parse.software import question_rows, questions
from parse.software.question_rows import ANSWER, QUESTION, Row, Told

_SITE = re.compile(r"\Ahttps?://[^/?#]+")
_ROW = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<(?:posts|comments)>\s*)?<row Id="-?\d+" '
)
_SAID = re.compile(rb'\b(?:PostTypeId="\d+"|PostId="\d+")')
_REST = re.compile(rb"(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<(?:posts|comments)>\s*)?</(?:posts|comments)>\Z")
"""What is left of a file without rows, or of a row too many for one reading."""
_FRAME = re.compile(r"\s*(?:<\?xml.*\?>\s*)?(?:</?(?:posts|comments)\s*/?>)?\s*\Z")


class StackExchangeDump:
    """Questions, their answers and comments come far from each other: a thread is known by any of them."""

    name = "stackexchange_dump"
    software = "stackexchange"

    def detect(self, doc: Document) -> float:
        head = doc.page.body[:2000]
        is_said = _ROW.match(head) and _SAID.search(head)
        return 0.95 if is_said or (len(head) < 300 and _REST.match(head.strip())) else 0.0

    def canonical(self, url: str) -> str:
        return url

    def read(self, doc: Document) -> Reading:
        site = _SITE.match(doc.page.url)
        beside = mapping(decoded(doc.page.beside))
        told = Told(
            site=site[0] if site else "",
            address=doc.page.url.partition("?")[0],
            names={number: text(name) for number, name in mapping(beside.get("names")).items()},
            accepted=frozenset(map(text, listed(beside.get("accepted")))),
        )
        of_answer = {n: text(asked) for n, asked in mapping(beside.get("questions")).items()}
        threads: dict[str, Thread] = {}
        posts: dict[str, list[Post]] = {}
        damaged: list[int] = []
        for number, row in _rows(doc):
            if not row.get("Id"):
                damaged.append(number)
            elif place := _place(row, of_answer):
                opens = row.get("PostTypeId") == QUESTION
                if opens or place not in threads:
                    threads[place] = (
                        question_rows.question(row, told) if opens else question_rows.part(place, told)
                    )
                said = (
                    question_rows.comment(row, place, told)
                    if "PostId" in row
                    else question_rows.post(row, told)
                )
                posts.setdefault(place, []).append(said)
        return Reading(
            platform=self.name,
            kind=PageKind.THREAD if threads else PageKind.OTHER,
            canonical_url=doc.page.url,
            threads=tuple(
                replace(thread, posts=tuple(questions.with_answered(posts[i])))
                for i, thread in threads.items()
            ),
            boards=boards_of(threads.values()),
            warnings=_told(damaged),
        )


def _rows(doc: Document) -> Iterator[tuple[int, Row]]:
    """Every line's number and what it says; nothing for one that is damaged."""
    for number, line in enumerate(doc.page.body.decode("utf-8-sig", "replace").split("\n"), 1):
        if not _FRAME.match(line):
            yield number, question_rows.fields(line)


def _told(damaged: list[int]) -> tuple[str, ...]:
    if not damaged:
        return ()
    return (f"lines that are no whole rows: {len(damaged)}, the first is line {damaged[0]} of this stretch",)


def _place(row: Row, of_answer: dict[str, str]) -> str | None:
    """The question that a row belongs to; what explains a tag belongs to none."""
    if place := row.get("PostId"):
        return of_answer.get(place, place)
    return {QUESTION: row.get("Id"), ANSWER: row.get("ParentId")}.get(row.get("PostTypeId", ""))


platform = StackExchangeDump()
