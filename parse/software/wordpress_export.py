"""The XML that WordPress hands out to whoever runs a blog, made into what its interface would answer."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, iterparse
from xml.etree.ElementTree import ParseError as ParseFailure

_PARAGRAPHS = ("<p", "<div", "<blockquote", "<ul", "<ol", "<h")


def exported(body: bytes) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The articles below which something was said or may be, each with its `comments`, and what to warn of
    where the file breaks off."""
    articles: list[dict[str, Any]] = []
    writers: dict[str, Element] = {}
    blog = ""
    try:
        for _, node in iterparse(BytesIO(body.lstrip())):  # noqa: S314 - expat bounds what entities grow to
            if _name(node) == "author" and node.find("{*}author_login") is not None:
                writers[_said(node, "author_login")] = node
            elif _name(node) == "base_blog_url":
                blog = (node.text or "").strip()
            elif _name(node) == "item":
                articles += _articles(node, writers, blog)
                node.clear()
    except (ParseFailure, ValueError, LookupError) as error:
        return articles, (f"the export breaks off or is damaged ({error}); read up to there",)
    return articles, ()


def _articles(item: Element, writers: dict[str, Element], blog: str) -> Iterator[dict[str, Any]]:
    number, is_open = _said(item, "post_id"), _said(item, "comment_status") == "open"
    comments = [_comment(each, number) for each in item.findall("{*}comment")]
    if not number or _said(item, "status") != "publish" or not (comments or is_open):
        return
    login = _said(item, "creator")
    writer = writers.get(login)
    name = _said(writer, "author_display_name") if writer is not None else ""
    terms = [_category(each, blog) for each in item.findall("category") if each.get("domain") == "category"]
    yield {
        "id": number,
        "link": _said(item, "link"),
        "title": {"rendered": _said(item, "title")},
        "content": {
            "rendered": _in_paragraphs(item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded"))
        },
        "type": _said(item, "post_type"),
        "comment_status": _said(item, "comment_status"),
        "sticky": _said(item, "is_sticky") == "1",
        "date_gmt": _utc(item, "post_date_gmt"),
        "author": _said(writer, "author_id") if writer is not None else login,
        "_embedded": {"author": [{"name": name or login}], "wp:term": [terms]},
        "comments": comments,
    }


def _category(node: Element, blog: str) -> dict[str, Any]:
    name = node.get("nicename", "")
    return {
        "taxonomy": "category",
        "id": name,
        "name": node.text,
        "link": f"{blog}/?category_name={name}",
    }


def _comment(node: Element, article: str) -> dict[str, Any]:
    return {
        "id": _said(node, "comment_id"),
        "post": article,
        "parent": _said(node, "comment_parent"),
        "author": _said(node, "comment_user_id"),
        "author_name": _said(node, "comment_author"),
        "author_url": _said(node, "comment_author_url"),
        "date_gmt": _utc(node, "comment_date_gmt"),
        "content": {"rendered": _in_paragraphs(_said(node, "comment_content"))},
        "status": _said(node, "comment_approved"),
        "type": _said(node, "comment_type"),
        "link": "",
    }


def _in_paragraphs(words: str | None) -> str:
    """As it was typed: the page turns empty lines into paragraphs, and other ends of lines into breaks."""
    parts = (words or "").replace("\r\n", "\n").strip().split("\n\n")
    return "\n".join(part if part.lstrip().startswith(_PARAGRAPHS) else _paragraph(part) for part in parts)


def _paragraph(words: str) -> str:
    is_code = "<pre" in words
    return words if is_code else f"<p>{words.strip().replace(chr(10), '<br>')}</p>"


def _utc(node: Element, name: str) -> str:
    said = _said(node, name)
    return f"{said.replace(' ', 'T')}Z" if said and not said.startswith("0000") else ""


def _said(node: Element, name: str) -> str:
    """The text of a child by its name, whatever the version of the format."""
    return (node.findtext(name) or node.findtext(f"{{*}}{name}") or "").strip()


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]
