"""The article on a page of WordPress: where its words, its author and its time stand, and its number."""

import re

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, find, find_all
from parse.page import Document
from parse.software.wordpress_comment import number_of

_WORDS = (
    ".entry-content, .wp-block-post-content",
    ".post-content, .post-entry, .post-body, .article-content, [itemprop=articleBody]",
    ".entry",
)
AUTHOR = (
    ".author.vcard .fn, .author.vcard a, .byline a, .wp-block-post-author__name, .wp-block-post-author-name, "
    "a[rel~=author]",
    ".author.vcard, .byline .author, .entry-author, .author-name, [itemprop=author]",
)
TIME = (
    'meta[property="article:published_time"]',
    "time.published, time.entry-date, .wp-block-post-date time, .posted-on time, .entry-meta time",
    "time[pubdate]",
    ".entry-date, .posted-on a, .post-date, .entry-meta .date",
    ".entry-meta, .post-meta, .postmetadata",
)
"""Where themes show what: the closest first, each a look of its own."""
_NUMBERS = (
    ("input[name=comment_post_ID]", "value"),
    ("body[class*=postid-], body[class*=page-id-]", "class"),
    ("link[rel=shortlink]", "href"),
    (".comment-reply-link[data-postid]", "data-postid"),
    (":is(article, div, li, section)[id^=post-]", "id"),
)
"""Where a page tells the number of its article, the surest first."""
NUMBER = re.compile(r"(?:\b(?:postid|page-id|post)-|[?&](?:p|page_id)=|\A)(\d+)(?![\w-])")


def number_on(doc: Document) -> str | None:
    """The number of the article that a page shows; None where nothing tells."""
    for selector, name in _NUMBERS:
        if m := NUMBER.search(attribute(find(doc, selector), name)):
            return m[1]
    return None


def article_on(doc: Document) -> LexborNode | None:
    """What holds the words of the article: no comment, and nothing beside the page's own content."""
    found = (node for place in _WORDS for node in find_all(doc, place))
    return next((node for node in found if not _stands_in(node, ("aside", "footer"))), None)


def of_article(node: LexborNode, selector: str) -> list[LexborNode]:
    """What the page says of its article, as far as it does not say it of a comment."""
    if node.parser is None:
        return []
    return [each for each in node.parser.css(selector) if not _stands_in(each, ("aside",), is_comment=True)]


def _stands_in(node: LexborNode, tags: tuple[str, ...], is_comment: bool = False) -> bool:
    above: LexborNode | None = node
    while above is not None and above.is_element_node:
        if above.tag in tags or (is_comment and number_of(above) is not None):
            return True
        above = above.parent
    return False
