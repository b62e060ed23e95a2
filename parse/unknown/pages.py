"""A page of an unknown forum: its thread, its title, the board above it."""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from html import escape
from itertools import dropwhile

from selectolax.lexbor import LexborNode

from parse.html_fields import attribute, text_of
from parse.model import Board
from parse.page import Document
from parse.unknown.columns import either
from parse.unknown.marks import DATE_TEXT
from parse.unknown.pager import first_page, page_number
from parse.unknown.shown import ICONS
from parse.urls import absolute, is_of_web, split, tidy

_CRUMBS = (
    "[class*=crumb i], [id*=crumb i], [aria-label*=crumb i], [itemtype*=BreadcrumbList], "
    "[class*=navstrip i], [id*=navstrip i]"
)
"""The way from the index to the page."""


_MEMBER = re.compile(
    r"/(?:u|(?:user|profile|member|benutzer|profil|mitglied|membre|miembro|usuario|utente|perfil)s?)"
    r"/[^/]+(?:/(?:posts|topics|threads|replies|comments|activity|about|info))?(?:\.html?)?/?\Z"
    r"|/(?:member|user)[-_]?list(?:\.\w+)?/?\Z",
    re.I,
)
_WORDS = re.compile(r"[^\W_]+")
_BOX_HEADS = ".panel-heading, .panel-title, .card-header, .card-title, .box-title, .box-header"
_LONGEST_TITLE = 200
_MARKS = " -–—|·•»›:>/"
_BETWEEN = re.compile(r"\s+(?:[-–—|·•»›/]|::|->|>>)\s+")
_ALONE = r"<(?!a\b|title\b|option\b)[^<>]*>(?:&#?\w+;|[^<>\w&])*{}(?:&#?\w+;|[^<>\w&])*<"
"""Words that have an element or a line to themselves, but for signs around them."""
_HOME = re.compile(r"(?:/?|.*/index\.\w{2,5})")
"""The path of where a site, or its forum, begins."""
_COUNTED = re.compile(r"\s*\(\d+[^()]*\)\Z")
"""How long a thread is, behind its title: "New lamps (3 posts)"."""
_HEADINGS = 10
"""Among which that of the whole page stands; those of its posts follow."""
_BARS = {"header", "site-header", "masthead", "banner", "branding", "site-branding", "logo", "site-title"}
"""What the bar at the top of every page is called, in which a site has its name."""
_STATE = re.compile(
    r"[\W_]*(?:locked|closed|sticky|pinned|solved|resolved|archived|geschlossen|gesperrt|angepinnt|gelöst|"
    r"verrouillé|fermé|épinglé|résolu|cerrado|bloqueado|fijado|resuelto|chiuso|risolto)[\W_]*",
    re.I,
)
"""What a badge in the heading says of the thread."""


def thread_id(url: str) -> str:
    """The same for all pages of a thread."""
    return digest(first_page(url))


def heading(doc: Document) -> str:
    """What the page is about, without the word for that: "Topic: New lamps"."""
    return _label().sub("", _heading(doc))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\A(?:{either('subjects')})\s*:\s+(?=\w)", re.I)


def _heading(doc: Document) -> str:
    """The heading that the `<title>` begins with, for the first may name the site.

    Where it begins with the site, what it ends with: "Harbour: New lamps".
    """
    title = text_of(doc.tree.css_first("title")).lstrip(_MARKS)
    headings = [(node, _headed(node, title)) for node in doc.tree.css("h1, h2, h3")[:_HEADINGS]]
    about = ((node, text) for node, text in headings if text and title.startswith(text))
    node, named = next(about, (None, ""))
    onward = next((text for _, text in headings if text and _is_way_from(text, named)), "")
    is_site = node is not None and not onward and _is_of_site(node, doc)
    named = onward or (node and _below_way_up(doc, title, node, headings)) or named
    if node is not None and (_is_in_bar(node) or is_site):
        below = (text for node, text in headings if text and not _is_in_bar(node))
        below_it = next((text for text in below if title[len(named) :].endswith(text)), "")
        below_it = below_it or (_behind_site(title, named, doc) if is_site else "")
        named, is_site = below_it or named, is_site and not below_it
    if named and not is_site:
        return _end_of_way(doc, named) or named
    first = [(node, _headed(node, title)) for node in doc.tree.css("h1")[:_HEADINGS]]
    own = next((text for node, text in first if text and not _is_of_site(node, doc)), "")
    own = _below_site(doc, title, own, headings) or own
    told = (
        own
        or _own_step(doc)
        or _leading_here(doc, title, headings)
        or _lone_part(doc, title)
        or _last_step(doc, title)
        or _spelled(doc, headings)
        or _only_one(doc, title, headings)
    )
    return told or next((text for _, text in first), "") or _boxed(doc, title) or title


def _is_way_from(text: str, named: str) -> bool:
    """Whether one heading says the other and behind it the way up from there: "New lamps > Harbour"."""
    return re.match(r"\s*[><»«›‹]\s", named[len(text) :]) is not None if named.startswith(text) else False


def _behind_site(title: str, site: str, doc: Document) -> str:
    """What a `<title>` says behind the name of the site, where that stands alone on the page."""
    rest = title[len(site) :].lstrip(_MARKS)
    return rest if rest and _stands_alone(rest, doc) else ""


def _below_way_up(
    doc: Document, title: str, node: LexborNode, headings: Sequence[tuple[LexborNode, str]]
) -> str:
    """Where a heading leads up, to what the page is a part of by its address, another that is all that the
    title says between two marks."""
    own = split(doc.page.url).path
    links = [split(absolute(doc.base, attribute(a, "href"))).path for a in node.css("a[href]")]
    if not links or not all(len(path) > 1 and own != path and own.startswith(path) for path in links):
        return ""
    after = dropwhile(lambda each: each[0] is not node, headings)
    others = (_COUNTED.sub("", text) for other, text in after if other is not node)
    return next((text for text in others if text in _BETWEEN.split(title)), "")


def _end_of_way(doc: Document, named: str) -> str:
    """What the way to the page ends with, where a heading is what another page of the way is called."""
    for place in doc.tree.css(_CRUMBS):
        others = [_called(a) for a in place.css("a[href]")]
        leaves = [text_of(node) for node in place.css("*") if len(node.css("*")) == 1]
        words = list(filter(None, leaves))
        if named in others and words and words[-1] not in others:
            return words[-1]
    return ""


def _below_site(doc: Document, title: str, first: str, headings: Sequence[tuple[LexborNode, str]]) -> str:
    """What a `<title>` says before the site's name, or that of a page of it, where that is the first heading:
    it stands alone on the page, another heading says it, or a link that leads to the page itself."""
    parts = _BETWEEN.split(title)
    before = title[: title.rfind(first)] if first in parts[1:] else title.removesuffix(first)
    before = before.rstrip(_MARKS)
    if not first or before == title:
        return ""
    said = any(text.endswith(before) for _, text in headings if text != first)
    return before if said or _stands_alone(before, doc) else _of_itself([before, parts[0]], doc)


def _of_itself(parts: Sequence[str], doc: Document) -> str:
    """The longest of these that a link to the page itself says."""
    own = first_page(tidy(doc.page.url))
    links = (a for a in doc.tree.css("a[href]") if _called(a) in parts)
    here = (_called(a) for a in links if tidy(absolute(doc.base, attribute(a, "href"))) == own)
    return max(here, key=len, default="")


def _headed(node: LexborNode, title: str) -> str:
    """What a heading says; without what is small, dated or a badge in it, unless the `<title>` says that."""
    said = _called(node)
    badges = [text for part in node.css("span, em, i, b, strong") if _STATE.fullmatch(text := text_of(part))]
    dated = [text for part in node.css("span") if DATE_TEXT.search(text := text_of(part))]
    small = [*(text_of(part) for part in node.css("small")), *badges, *dated]
    if title.startswith(said) or not small:
        return said
    for text in small:
        said = said.replace(text, "", 1)
    return " ".join(said.split()) or _called(node)


def _is_of_site(node: LexborNode, doc: Document) -> bool:
    """Whether a heading leads to where the site begins: it is the name of the site."""
    links = [split(absolute(doc.base, attribute(a, "href"))) for a in node.css("a[href]")]
    is_home = bool(links) and all(_HOME.fullmatch(link.path) and not link.query for link in links)
    own = split(doc.page.url)
    return is_home and (_HOME.fullmatch(own.path) is None or bool(own.query))


def _own_step(doc: Document) -> str:
    """What the way to the page calls the page itself, by the link that leads to it."""
    own = first_page(tidy(doc.page.url))
    steps = (link for place in doc.tree.css(_CRUMBS) for link in place.css("a[href]"))
    return next((_headed(a, "") for a in steps if tidy(absolute(doc.base, attribute(a, "href"))) == own), "")


def _leading_here(doc: Document, title: str, headings: Sequence[tuple[LexborNode, str]]) -> str:
    """The heading that leads to the page itself; what a `<title>` ends with is the site."""
    own = first_page(tidy(doc.page.url))
    small = ((node, _headed(node, title)) for node in doc.tree.css("h4")[:_HEADINGS])
    below = [(node, text) for node, text in small if title.startswith(text)]
    told = [(node, text) for node, text in [*headings, *below] if text and not title.endswith(text)]
    linked = ((text, a) for node, text in told for a in node.css("a[href]"))
    here = (text for text, a in linked if tidy(absolute(doc.base, attribute(a, "href"))) == own)
    return next(here, "")


def _only_one(doc: Document, title: str, headings: Sequence[tuple[LexborNode, str]]) -> str:
    """The one heading of the highest level, that of the site left out, where a `<title>` says less and
    nothing that the page says: it is the same on all pages."""
    if any(_stands_alone(part, doc) for part in [title, *_BETWEEN.split(title)] if part.strip()):
        return ""
    below = [(node, text) for node, text in headings if text and not _is_of_site(node, doc)]
    highest = [text for node, text in below if node.tag == min(node.tag or "" for node, _ in below)]
    says_more = len(highest) == 1 and len(highest[0].split()) > len(title.split())
    return highest[0] if says_more else ""


def _boxed(doc: Document, title: str) -> str:
    """What stands in the head of a box, on a page whose `<title>` is but what a link calls another page."""
    links = [a for a in doc.tree.css("a[href]") if _called(a) and title.endswith(_called(a))]
    paths = {
        split(absolute(doc.base, attribute(a, "href"))).path for a in links if _is_most(_called(a), title)
    }
    if not paths - {"", "/", split(doc.page.url).path}:
        return ""
    heads = (text_of(node) for node in doc.tree.css(_BOX_HEADS) if not node.css_first("a, input"))
    return next((text for text in heads if len(text.split()) > 1 and len(text) <= _LONGEST_TITLE), "")


def _is_most(part: str, whole: str) -> bool:
    return 2 * len(part) > len(whole)


def _spelled(doc: Document, headings: Sequence[tuple[LexborNode, str]]) -> str:
    """The heading whose words the address of the page ends with: "/question/1/late-seeds-again/"."""
    last = split(first_page(tidy(doc.page.url))).path.rstrip("/").rpartition("/")[2]
    told = _WORDS.findall(last.casefold())
    spelled = (text for _, text in headings if _WORDS.findall(text.casefold())[-len(told) :] == told)
    return next(spelled, "") if len(told) > 1 else ""


def _is_in_bar(node: LexborNode) -> bool:
    """Whether a heading stands in the bar at the top of every page."""
    above = node.parent
    while above is not None and above.is_element_node:
        names = {attribute(above, "id"), attribute(above, "role"), *attribute(above, "class").split()}
        if names & _BARS:
            return True
        above = above.parent
    return False


def _lone_part(doc: Document, title: str) -> str:
    """The part of "Harbour board - New lamps - Powered by ..." that stands alone on the page and is no link.

    Old boards have no headings: the title ends the way to the page, as bare words. That the subject of a post
    leads to that post does not tell against it.
    """
    parts = [part for part in _BETWEEN.split(title) if part.strip()]
    if len(parts) < 2:
        return ""
    own = first_page(tidy(doc.page.url))
    anchors = {attribute(node, "id") or attribute(node, "name") for node in doc.tree.css("[id], a[name]")}
    others = (
        a
        for a in doc.tree.css("a[href]")
        if tidy(absolute(doc.base, attribute(a, "href"))) != own
        and attribute(a, "href").partition("#")[2] not in anchors - {""}
    )
    linked = {_called(a).casefold() for a in others}
    free = [part for part in parts if part.casefold() not in linked]
    alone = max((part for part in free if _stands_alone(part, doc)), key=len, default="")
    headed = {_called(node) for node in doc.tree.css("h1, h2, h3")[:_HEADINGS]}
    return alone or _of_itself([part for part in free if part not in headed], doc)


def _stands_alone(words: str, doc: Document) -> bool:
    return re.search(_ALONE.format(re.escape(escape(words, quote=False))), doc.text) is not None


def _last_step(doc: Document, title: str) -> str:
    """What the way to the page ends with, where a `<title>` that adds the site's name begins with it."""
    texts = (text_of(node) for place in doc.tree.css(_CRUMBS) for node in place.css("*"))
    return max((text for text in texts if text and title.startswith(text)), key=len, default="")


def address_by_title(doc: Document) -> str | None:
    """Where the thread of a page stands, by the link that says its title: in the way to it, or above it.

    For a page that was asked for by the address of one of its posts.
    """
    own, title = tidy(doc.page.url), heading(doc).casefold()
    links = (node for node in doc.tree.css("a[href]") if _called(node).casefold() == title)
    urls = (tidy(absolute(doc.base, attribute(node, "href"))) for node in links)
    return next((first_page(u) for u in urls if split(u).netloc == split(own).netloc and u != own), None)


def has_pages(doc: Document, start: str) -> bool:
    """Whether a page links to numbered pages of the thread that begins at `start`."""
    urls = (tidy(absolute(doc.base, attribute(node, "href"))) for node in doc.tree.css("a[href]"))
    return any(page_number(url) is not None and first_page(url) == start for url in urls)


def is_short_for(one: str, other: str) -> bool:
    """Whether an address that ends in a number is the other one without its words."""
    return one[-1:].isdecimal() and re.fullmatch(r"[-_./].*\D.*", other.removeprefix(one)) is not None


def is_about_member(url: str) -> bool:
    """Whether a page is by its address one of a member, or of members, and not of what they talk about.

    The folder of a saved page may be called anything.
    """
    return is_of_web(url) and _MEMBER.search(split(url).path) is not None


def board_at(url: str, title: str) -> Board:
    """The same whatever page of the board is known."""
    return Board(id=thread_id(url), title=title, url=first_page(url))


def board_above(doc: Document, start: str) -> Board | None:
    """The board of a thread (of which the first page's URL is given), by the way that the page shows to it.

    It is the last step but the thread itself; a way of one step leads to the index.
    """
    nodes = {link.mem_id: link for place in doc.tree.css(_CRUMBS) for link in place.css("a[href]")}
    links = [(tidy(absolute(doc.base, attribute(node, "href"))), _called(node)) for node in nodes.values()]
    steps = dict.fromkeys((url, title) for url, title in links if title and first_page(url) != start)
    return board_at(*list(steps)[-1]) if len(steps) > 1 else None


def _called(node: LexborNode) -> str:
    """What a link or a heading says beside its icons and buttons."""
    said = text_of(node)
    for control in node.css(f"{ICONS}, button"):
        said = said.replace(text_of(control), "", 1)
    return " ".join(said.split())


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
