"""What sites of questions say beside their words, wherever that is read: answers, tags, endings of titles,
whom a comment answers."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from parse.model import Board, Post, changed

COMMENT = "c"
"""Before the numbers of comments, which are counted apart from questions and answers."""
REQUIRED = ("feature-request", "bug", "discussion", "support")
"""Of these tags, each question on a site about the site itself has one: what kind of question it is."""
BY_ACTIVITY = "tab=active"
"""Asks for a list in the order in which a recrawl can stop reading."""
_WISHES = {"feature-request", "bug"}
_STATUS = re.compile(r"status-(?=\w)")
_ENDING = re.compile(r"\s*\[(closed|duplicate|on hold|migrated|locked)\]\s*\Z", re.I)
_MENTION = re.compile(r"(?<![\w@])@([^\s@,:;!?()\[\]]{3,40})")
_NOT_IN_NAMES = re.compile(r"[\W_]+")


def plain_title(title: str) -> str:
    """Without the word that a closed question ends in: it is closed, not given another title."""
    return _ENDING.sub("", title)


def ending(title: str) -> str | None:
    """The word in brackets that tells of a closed question that it is closed, and for what."""
    m = _ENDING.search(title)
    return m[1].lower() if m else None


def status(tags: Sequence[str], closed_as: str | None = None) -> str | None:
    """What became of an idea, as moderators say by a tag ("status-declined"), or by closing it."""
    said = next((_STATUS.sub("", tag, count=1) for tag in tags if _STATUS.match(tag)), None)
    word = said or (None if _WISHES.isdisjoint(tags) else closed_as)
    return word and word.replace("-", " ").capitalize()


def board(tags: Sequence[str], site: str) -> Board | None:
    """Of its tags, the one that says what kind of question it is; else the first, which tells most."""
    kinds = [tag for tag in tags if tag in REQUIRED]
    others = [tag for tag in tags if not _STATUS.match(tag)]
    name = next(iter((*kinds, *others)), None)
    return Board(id=name, title=name, url=f"{site}/questions/tagged/{name}?{BY_ACTIVITY}") if name else None


def with_answers(posts: Iterable[Post], asked: str | None, chosen: Container[str]) -> tuple[Post, ...]:
    """The posts, those that stand beside a question answering it, and the chosen answers its solution.

    `asked` is the question's id; comments answer what they stand under already.
    """
    return tuple(
        changed(
            post,
            is_solution=post.id in chosen,
            reply_to=post.reply_to or (asked if post.id != asked else None),
        )
        for post in posts
    )


def with_answered(posts: Iterable[Post]) -> Iterator[Post]:
    """The posts, each comment that names an earlier one's author ("@Ann") tied to that comment.

    Until here a comment answers the question or answer that it stands under.
    """
    under: dict[str, list[Post]] = {}
    for post in posts:
        if not post.id.startswith(COMMENT) or not post.reply_to:
            yield post
            continue
        before = under.setdefault(post.reply_to, [])
        answered = _answered(post, before)
        before.append(post)
        yield changed(post, reply_to=answered.id) if answered else post


def _answered(post: Post, before: Sequence[Post]) -> Post | None:
    """The last comment of the first person named. Names may be cut short and have no spaces there."""
    own = post.author.key if post.author else None
    for m in _MENTION.finditer(post.full_text):
        name = _squeezed(m[1])
        for earlier in reversed(before):
            author = earlier.author
            if name and author and author.key != own and _squeezed(author.name).startswith(name):
                return earlier
    return None


def _squeezed(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name).casefold()
