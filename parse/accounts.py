"""Account ids that are none: a platform shows one name an account at a time, everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parse.model import Author, Post, Thread, changed


def distinct(threads: Sequence[Thread], pages: Iterable[Thread]) -> tuple[Thread, ...]:
    """The threads, with the ids taken away that stand beside several names on `pages`, read at one time.

    Saved and anonymised pages number their people anew in each thread; taken for accounts, such numbers
    would make one author of many. Without its id an author is known by login or name. What the threads hold
    from earlier readings proves nothing: people change their names.
    """
    names: dict[str, set[str]] = {}
    for post in (post for page in pages for post in page.posts):
        if post.author and post.author.user_id and post.author_method == "byline":
            names.setdefault(post.author.user_id, set()).add(post.author.name)
    doubtful = {user_id for user_id, shown in names.items() if len(shown) > 1}
    bare: dict[Author, Author] = {}
    return tuple(_without(thread, doubtful, bare) for thread in threads) if doubtful else tuple(threads)


def _without(thread: Thread, doubtful: set[str], bare: dict[Author, Author]) -> Thread:
    return replace(thread, posts=tuple(_post_without(post, doubtful, bare) for post in thread.posts))


def _post_without(post: Post, doubtful: set[str], bare: dict[Author, Author]) -> Post:
    if post.author is None or post.author.user_id not in doubtful:
        return post
    if post.author not in bare:
        bare[post.author] = changed(post.author, user_id=None, profile_url=None)
    return changed(post, author=bare[post.author])
