"""Lemmy: posts in communities with trees of comments, from its interface and from its own pages.

Known from the software itself, versions 0.16 to 1.0, whose interface has versions 3 and 4. A page carries for
its script what the interface has answered, but not all comments of a long talk: the others are asked for
where they are.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parse.json_fields import leading, mapping, text, whole
from parse.model import Link, LinkKind, PageKind, Reading
from parse.page import Document
from parse.software.lemmy_views import (
    LIMIT,
    as_of_version_3,
    board,
    kind_of_items,
    list_url,
    rows,
    thread,
    views,
)
from parse.urls import parameter, tidy

_STATE = "window.isoData"
_UNSET = re.compile(r'"(?:[^"\\]|\\.)*"|\bundefined\b', re.S)
"""The state is an expression of JavaScript: JSON but for one word, which people also write."""
_THREAD = re.compile(r"\A(https?://[^/]+)/post/(\d+)")
_KEPT = ("id", "post_id", "community_id", "community_name", "type_", "limit", "sort", "page", "page_cursor")
_DEEP = 4
"""How far in a page's state the answers may lie."""


class Lemmy:
    name = "lemmy"

    def detect(self, doc: Document) -> float:
        if doc.json is not None:
            return 0.95 * (_kind(mapping(doc.json)) is not None or _is_end(doc))
        return 0.95 if _STATE in doc.text and '"site_res"' in doc.text else 0.0

    def canonical(self, url: str) -> str:
        if m := _THREAD.match(url):  # a comment has an address of its own, below that of the post
            return f"{m[1]}/post/{m[2]}"
        return re.sub(r"[?&]page=1\Z", "", tidy(url, _KEPT if _is_api(url) else ("page", "pageCursor")))

    def read(self, doc: Document) -> Reading:
        url = self.canonical(doc.page.url)
        reading = Reading(platform=self.name, kind=PageKind.OTHER, canonical_url=url)
        if doc.json is not None:
            return self._answer(doc, mapping(doc.json), reading)
        state = _state(doc)
        reading = replace(reading, site_title=text(_site_of(state).get("name")) or None)
        found = _merged(state.get("routeData"), _DEEP)
        if _kind(found):
            return self._answer(doc, found, reading)
        if not state:
            told = "the state that the page should carry is cut off or missing"
            return replace(
                reading, kind=PageKind.THREAD if _THREAD.match(url) else PageKind.OTHER, warnings=(told,)
            )
        if state.get("errorPageData"):
            return replace(reading, kind=PageKind.MISSING)
        return replace(reading, kind=PageKind.LOGIN) if _is_private(state) else reading

    def _answer(self, doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
        kind, data = _kind(data), as_of_version_3(data)
        match kind:
            case "thread":
                return self._thread(doc, data, reading)
            case "posts":
                return self._posts(data, reading)
            case "communities":
                return self._communities(data, reading)
        if _is_end(doc):
            return replace(reading, kind=PageKind.PAST_END)
        return replace(reading, warnings=("JSON, but neither posts nor comments nor communities of Lemmy",))

    def _communities(self, data: dict[str, Any], reading: Reading) -> Reading:
        url = reading.canonical_url
        found = [mapping(view["community"]) for view in views(data["communities"], "community")]
        boards = tuple(here for each in found if (here := board(each, _site(url))))
        lists = (
            [list_url(each, _site(url)) for each in found] if _is_api(url) else [here.url for here in boards]
        )
        links = tuple(Link(url=place, kind=LinkKind.BOARD) for place in lists)
        return replace(reading, kind=PageKind.INDEX, boards=boards, links=links)

    def _thread(self, doc: Document, data: dict[str, Any], reading: Reading) -> Reading:
        """One post and comments, or either: an answer with comments alone names the post they are of."""
        site, comments = _site(reading.canonical_url), views(data.get("comments"), "comment")
        view = mapping(data.get("post_view")) or _post_of(comments)
        talk = thread(view, comments, site, doc.page.fetched_at)
        return replace(
            reading,
            kind=PageKind.THREAD,
            threads=(talk,),
            boards=(talk.board,) if talk.board else (),
            links=tuple(self._more(talk.id, len(comments), talk.stated_reply_count, reading.canonical_url)),
        )

    def _more(self, number: str, shown: int, stated: int | None, url: str) -> Iterator[Link]:
        """Where the other comments are: all of them behind a page, the next few behind a full answer."""
        place = f"{_site(url)}/api/v3/comment/list?post_id={number}&type_=All&limit={LIMIT}&sort=Old"
        if stated is not None and shown < stated:
            yield Link(url=place, kind=LinkKind.POSTS)
        elif stated is None and shown >= LIMIT:
            page = whole(parameter(url, "page")) or 1
            yield Link(url=f"{place}&page={page + 1}", kind=LinkKind.POSTS)

    def _posts(self, data: dict[str, Any], reading: Reading) -> Reading:
        url, found = reading.canonical_url, views(data["posts"], "post")
        site = _site(url)
        listed = tuple(rows(found, f"{site}/api/v3/post?id=" if _is_api(url) else f"{site}/post/"))
        here = board(mapping(found[0].get("community")), site) if found and _is_of_one(found) else None
        return replace(
            reading,
            kind=PageKind.BOARD if found else PageKind.PAST_END,
            board=here,
            rows=listed,
            links=(
                *(Link(url=row.url, kind=LinkKind.THREAD) for row in listed),
                *_next(data, url, len(found)),
            ),
        )


def _kind(data: dict[str, Any]) -> str | None:
    """What an answer is. Many programs speak of posts and comments, but not of views of them."""
    if text(mapping(mapping(data.get("post_view")).get("post")).get("ap_id")):
        return "thread"
    if kind := kind_of_items(data):
        return {"comment": "thread", "post": "posts"}.get(kind, "communities")
    comments = views(data.get("comments"), "comment")
    if comments and any(text(mapping(view["comment"]).get("ap_id")) for view in comments):
        return "thread"
    if "posts" in data and any(text(mapping(v["post"]).get("ap_id")) for v in views(data["posts"], "post")):
        return "posts"
    communities = views(data.get("communities"), "community")
    return "communities" if any("actor_id" in mapping(v["community"]) for v in communities) else None


def _is_end(doc: Document) -> bool:
    """Nothing, where more was asked for: a full answer does not say that it is the last."""
    data = mapping(doc.json)
    return _is_api(doc.page.url) and [] in (data.get("comments"), data.get("posts"), data.get("items"))


def _state(doc: Document) -> dict[str, Any]:
    """What the page gives its script, which other words follow; nothing where it is cut off."""
    source = doc.text.partition(_STATE)[2].partition("</script")[0]
    source = source[source.find("{") :] if "{" in source else ""
    return mapping(leading(_UNSET.sub(lambda m: "null" if m[0] == "undefined" else m[0], source)))


def _merged(value: Any, deep: int) -> dict[str, Any]:
    """The answers in a page's state as one: they are in a list, or by name, each perhaps wrapped."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    here = value if isinstance(value, dict) else {}
    if not deep or _kind(here):
        return here
    found: dict[str, Any] = {}
    for part in parts:
        inner = _merged(part, deep - 1)
        found |= as_of_version_3(inner) if _kind(inner) else {}
    return found


def _site_of(state: dict[str, Any]) -> dict[str, Any]:
    return mapping(mapping(mapping(state.get("site_res")).get("site_view")).get("site"))


def _is_private(state: dict[str, Any]) -> bool:
    view = mapping(mapping(state.get("site_res")).get("site_view"))
    return mapping(view.get("local_site")).get("private_instance") is True


def _is_api(url: str) -> bool:
    return "/api/v3/" in url or "/api/v4/" in url


def _site(url: str) -> str:
    return "/".join(url.split("/")[:3])


def _post_of(comments: list[dict[str, Any]]) -> dict[str, Any]:
    first = comments[0] if comments else {}
    return {"post": mapping(first.get("post")), "community": mapping(first.get("community"))}


def _is_of_one(found: list[dict[str, Any]]) -> bool:
    return len({text(mapping(view.get("community")).get("id")) for view in found}) == 1


def _next(data: dict[str, Any], url: str, shown: int) -> Iterator[Link]:
    """By a mark since 0.19; by number before."""
    name = "page_cursor" if _is_api(url) else "pageCursor"
    mark, place = text(data.get("next_page")), re.sub(rf"[?&](?:page|{name})=[^&]*", "", url)
    joint = "&" if "?" in place else "?"
    if mark:
        yield Link(url=f"{place}{joint}{name}={mark}", kind=LinkKind.PAGE)
    elif "next_page" not in data and shown >= (whole(parameter(url, "limit")) or 20):
        yield Link(url=f"{place}{joint}page={(whole(parameter(url, 'page')) or 1) + 1}", kind=LinkKind.PAGE)


platform = Lemmy()
