"""A post by somebody whom its data names: what interfaces and states of pages tell alike."""

from parse.html_post import is_staff
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


def ranked(name: str, user_id: str, profile_url: str | None, role: str | None) -> Author | None:
    """Somebody whose rank tells whether they speak for the community's hosts; None where nobody is named."""
    if not name:
        return None
    return Author(
        name=name, user_id=user_id or None, profile_url=profile_url, role=role, is_staff=is_staff(role)
    )
