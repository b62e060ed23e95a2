"""Posts and threads made by hand, and what was found out about them."""

from datetime import UTC, datetime, timedelta

from parse.model import Author, Post, Quote, Thread
from parse.threads import assemble, resolve

START = datetime(2024, 5, 1, 10, tzinfo=UTC)


def post(number, author, text, *quotes, **more):
    """A post written `number` hours after the start, with quotes given as (name, text)."""
    made = tuple(
        q if isinstance(q, Quote) else Quote(ordinal=n, depth=1, attributed_to=q[0], text=q[1])
        for n, q in enumerate(quotes, 1)
    )
    fields = {"posted_at": START + timedelta(hours=number), "author": Author(name=author) if author else None}
    return Post(id=str(number), text=text, full_text=text, quotes=made, **(fields | more))


def thread(*posts, **more):
    return Thread(id="t", title="Fees", url="https://forum.example.org/t/1", posts=posts, **more)


def resolved(*posts):
    return resolve(assemble(None, [thread(*posts)]))


def sources(result):
    return {(p.id, q.ordinal): (q.source_post_id, q.source_method) for p in result.posts for q in p.quotes}


def parents(result):
    return {reply.post: (reply.parent, reply.method) for reply in result.replies if reply.is_primary}


LONG = "The fee for arbitration is far beyond what a beginner earns in a month, and nobody tells us so."
OTHER = "Escrow was never meant to replace reading the contract before you start to work on anything."
