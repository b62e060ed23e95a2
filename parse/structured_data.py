"""schema.org discussions on a page: JSON-LD and microdata, read into plain trees of items.

Types and fields as schema.org and Google's guidance for discussion and Q&A pages give them:
DiscussionForumPosting, QAPage with Question and Answer, Comment.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parse.json_fields import decoded, mapping, whole

_ARTICLE = "BlogPosting"
_POSTS = {"DiscussionForumPosting", "SocialMediaPosting", "Question", "Answer", "Comment", _ARTICLE}
_REPLIES = ("acceptedAnswer", "suggestedAnswer", "comment")
_HTML_COMMENT = re.compile(r"^\s*<!--|-->\s*$")
_TRAILING_COMMA = re.compile(r",\s*([\]}])")
MAX_DEPTH = 200
"""Trees of comments deeper than this are cut there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One post as the page declares it. Text may be HTML; nothing is interpreted yet."""

    text: str
    author: str = ""
    author_url: str = ""
    published: str = ""
    modified: str = ""
    url: str = ""
    headline: str = ""
    likes: int | None = None
    is_solution: bool = False
    is_article: bool = False
    parent: int | None = None
    """Index of the item that this one answers, where the page nests them."""
    node: LexborNode | None = None
    """The element that holds the text (microdata)."""


def items(tree: LexborHTMLParser) -> list[Item]:
    """The posts that the page declares, in document order; the richer of JSON-LD and microdata.

    An article is one of them where something else is: what was said about it.
    """
    declared = (_from_json(tree), _from_microdata(tree))
    talks = (found for found in declared if not all(item.is_article for item in found))
    return max(talks, key=lambda found: sum(len(i.text) for i in found), default=[])


def _from_json(tree: LexborHTMLParser) -> list[Item]:
    found: list[Item] = []
    for script in tree.css('script[type="application/ld+json"]'):
        for root in _roots(_lenient(script.text())):
            _collect(root, None, 0, found, solution=False)
    return found


def accepted_url(tree: LexborHTMLParser) -> str:
    """The address of the answer that solves the question of the page; empty where it declares none."""
    for script in tree.css('script[type="application/ld+json"]'):
        for page in _many(_lenient(script.text())):
            question = mapping(_one(mapping(page).get("mainEntity")))
            if url := _string(mapping(_one(question.get("acceptedAnswer"))).get("url")):
                return url
    return ""


def _lenient(text: str) -> Any:
    """JSON as sites write it: wrapped in comments, with a comma too many. None when beyond mending."""
    if (found := decoded(text, strict=False)) is not None:
        return found
    bare = _without_comments(_HTML_COMMENT.sub("", text))
    return decoded(_TRAILING_COMMA.sub(r"\1", bare), strict=False)


def _without_comments(text: str) -> str:
    """Without what stands between `/*` and `*/`. By hand: an expression would look for the end of each that
    has none, and a script full of them would take minutes."""
    kept, at = [], 0
    while (start := text.find("/*", at)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept.append(text[at:start])
        at = end + 2
    return "".join([*kept, text[at:]])


def _roots(data: Any) -> Iterator[dict[str, Any]]:
    """The declared discussions: in a list, a graph, or as the main entity of a page."""
    if isinstance(data, list):
        for part in data:
            yield from _roots(part)
    elif isinstance(data, dict):
        if _types(data) & _POSTS:
            yield data
            return
        for key in ("@graph", "mainEntity"):
            yield from _roots(data.get(key))


def _types(data: dict[str, Any]) -> set[str]:
    kind = data.get("@type", "")
    return {str(k).rsplit("/", 1)[-1] for k in (kind if isinstance(kind, list) else [kind])}


def _collect(data: dict[str, Any], parent: int | None, depth: int, found: list[Item], solution: bool) -> None:
    if depth > MAX_DEPTH:
        return
    author = _one(data.get("author") or data.get("creator"))
    index = len(found)
    found.append(
        Item(
            text=_string(data.get("text") or data.get("articleBody") or data.get("description")),
            author=_string(author.get("name")) if isinstance(author, dict) else _string(author),
            author_url=_string(author.get("url")) if isinstance(author, dict) else "",
            published=_string(data.get("datePublished") or data.get("dateCreated")),
            modified=_string(data.get("dateModified")),
            url=_string(data.get("url") or data.get("@id")),
            headline=_string(data.get("headline") or data.get("name")),
            likes=_likes(data),
            is_solution=solution,
            is_article=_ARTICLE in _types(data),
            parent=parent,
        )
    )
    for key in _REPLIES:
        for reply in _many(data.get(key)):
            if isinstance(reply, dict):
                _collect(reply, index, depth + 1, found, solution=key == "acceptedAnswer")


def _likes(data: dict[str, Any]) -> int | None:
    if (count := whole(data.get("upvoteCount"))) is not None and count >= 0:
        return count
    for counter in _many(data.get("interactionStatistic")):
        if isinstance(counter, dict) and "Like" in str(counter.get("interactionType")):
            return whole(counter.get("userInteractionCount"))
    return None


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _one(value: Any) -> Any:
    return next(iter(_many(value)), None)


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _from_microdata(tree: LexborHTMLParser) -> list[Item]:
    """Scopes of our types in document order; a scope inside another answers it."""
    scopes = [n for n in tree.css("[itemscope][itemtype]") if _kind(n) in _POSTS]
    index = {node.mem_id: i for i, node in enumerate(scopes)}
    properties: list[dict[str, LexborNode]] = [{} for _ in scopes]
    for node in tree.css("[itemprop]") if scopes else ():
        if (owner := _enclosing(node, index)) is not None:
            for name in (node.attributes.get("itemprop") or "").split():
                properties[owner].setdefault(name, node)
    return [_scope_item(node, properties[i], _enclosing(node, index)) for i, node in enumerate(scopes)]


def _kind(node: LexborNode) -> str:
    return (node.attributes.get("itemtype") or "").rsplit("/", 1)[-1]


def _scope_item(node: LexborNode, own: Mapping[str, LexborNode], parent: int | None) -> Item:
    """The item of a scope with the properties that are its own, none of a scope in it."""
    text = own.get("text") or own.get("articleBody")
    author = own.get("author") or own.get("creator")
    name = author.css_first('[itemprop="name"]') if author else None
    link = _link(author) if author else None
    return Item(
        text=text.text(strip=True) if text else "",
        author=_name(name or author),
        author_url=(link.attributes.get("href") or "") if link else "",
        published=_value(own.get("datePublished") or own.get("dateCreated")),
        modified=_value(own.get("dateModified")),
        url=_value(own.get("url")),
        headline=_value(own.get("headline")),
        is_solution=node.attributes.get("itemprop") == "acceptedAnswer",
        is_article=_kind(node) == _ARTICLE,
        parent=parent,
        node=text,
    )


def _link(author: LexborNode) -> LexborNode | None:
    """The profile link at, in or right around the author's element."""
    around = author.parent
    if author.tag != "a" and around is not None and around.tag == "a":
        return around
    return author.css_first("a[href]")


def _enclosing(node: LexborNode, index: Mapping[int, int]) -> int | None:
    """Which of the scopes a node stands right in."""
    above = node.parent
    while above is not None and above.mem_id not in index:
        above = above.parent
    return None if above is None else index[above.mem_id]


def _name(node: LexborNode | None) -> str:
    """A link that is declared to be the author is called by its words, not by where it leads."""
    words = " ".join(node.text().split()) if node is not None and node.tag == "a" else ""
    return words or _value(node)


def _value(node: LexborNode | None) -> str:
    if node is None:
        return ""
    attributes = node.attributes
    for name in ("content", "datetime", "href"):
        if attributes.get(name):
            return (attributes[name] or "").strip()
    return " ".join(node.text().split())
