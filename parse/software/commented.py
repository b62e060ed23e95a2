"""Threads whose opening has no id but that of the thread: what comments are about, on some software."""

from collections.abc import Iterable

from parse.model import Post, PostState, changed

OPENING = "opening"
"""Stands for the id of the opening while the posts of a page are read."""


def called_as(thread_id: str, posts: Iterable[Post]) -> list[Post]:
    """The posts, the opening having the id of its thread, also where others answer it."""
    named = [changed(post, reply_to=thread_id) if post.reply_to == OPENING else post for post in posts]
    return [changed(post, id=thread_id) if post.id == OPENING else post for post in named]


def unsigned_if_gone(posts: Iterable[Post]) -> list[Post]:
    """The posts, those that are gone without author and time: what their place shows is of something else."""
    return [
        post
        if post.state is PostState.VISIBLE
        else changed(post, author=None, author_method=None, author_confidence=None, posted_at=None)
        for post in posts
    ]
