"""A post by somebody whom its data names: what interfaces and states of pages tell alike."""

from parse.model import Author, Post
from parse.quotes.plain import Body


def bylined(number: str, body: Body, author: Author | None) -> Post:
    """The post `number` with these words; its author, if one is named, is as sure as a byline."""
    return Post(
        id=number,
        text=body.text,
        full_text=body.full_text,
        quotes=body.quotes,
        author=author,
        author_method="byline" if author else None,
        author_confidence=1.0 if author else None,
    )
