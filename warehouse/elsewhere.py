"""Finds, for quotes that their own thread does not explain, the posts of the same site they may come from."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from parse.model import Author, Post, Quote
from warehouse.migrate import sql_files
from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote without a source in its thread, and the posts of other threads that it may come from.

    All ids are the platform's own.
    """

    thread_id: str
    post_id: str
    """The post that quotes."""
    quote: Quote
    candidates: tuple[tuple[str, Post], ...]
    """Thread and post, of the post no more than words and author; at most four."""


def offers(db: Warehouse, site_id: str, fewest_words: int) -> list[Offer]:
    """Every homeless quote of the site for which there is a candidate, thread by thread.

    One pass over the words of the site, and none where no quote is homeless: measured, half a second for ten
    megabytes. Quotes of fewer words are left out unless their markup names a post.
    """
    homeless, sought, offered = (sql for _, sql in sql_files("seeking"))
    site = {"site": site_id}
    db.connection.execute(homeless, {**site, "fewest_words": fewest_words})
    if not db.query("FROM homeless LIMIT 1").num_rows:
        return []
    db.connection.execute(sought)
    rows = db.query(offered, site).to_pylist()
    by_quote = groupby(rows, key=lambda row: (row["thread_id"], row["post_id"], row["ordinal"]))
    return [_offer(list(of_quote)) for _, of_quote in by_quote]


def _offer(rows: list[dict[str, Any]]) -> Offer:
    first = rows[0]
    told = {name: first[name] for name in ("ordinal", "depth", "text", "attributed_to", "source_ref")}
    candidates = tuple((row["other_thread_id"], _candidate(row)) for row in rows)
    return Offer(first["thread_id"], first["post_id"], Quote(**told), candidates)


def _candidate(row: dict[str, Any]) -> Post:
    known = {name: row[f"author_{name}"] for name in ("name", "user_id", "login")}
    author = Author(**known) if known["name"] is not None else None
    return Post(id=row["other_post_id"], text=row["other_text"], full_text=row["other_text"], author=author)
