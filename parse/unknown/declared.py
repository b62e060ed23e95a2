"""What the head of a page declares of the article that the page is: who wrote it, and when."""

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.bylines import new_name
from parse.unknown.name_places import LONGEST_NAME, NAME_WORDS
from parse.unknown.tags import attribute, clean

_DATES = ("article:published_time", "date", "dc.date", "dcterms.created", "dcterms.date", "datepublished")


def declared_author(tag: Tag) -> Tag | None:
    """Who wrote the page in which something stands; a name that its title says as well is the site's."""
    page = _page(tag)
    title = page.find("title") if page else None
    name = " ".join(_declared(page, ("author",)).split())
    is_name = 0 < len(name) <= LONGEST_NAME and len(name.split()) <= NAME_WORDS and "://" not in name
    said = clean(title).casefold() if title else ""
    return new_name(name) if is_name and name.casefold() not in said else None


def declared_date(tag: Tag) -> Tag | None:
    """When the page was published."""
    when = _declared(_page(tag), _DATES)
    return BeautifulSoup("", "html.parser").new_tag("time", attrs={"datetime": when}) if when else None


def _page(tag: Tag) -> Tag | None:
    return tag.find_parent("html")


def _declared(page: Tag | None, names: tuple[str, ...]) -> str:
    """What the first of some `<meta>` says."""
    metas = page.find_all("meta") if page else []
    called = {attribute(m, "name").casefold() or attribute(m, "property").casefold(): m for m in metas[::-1]}
    return next((attribute(called[name], "content") for name in names if name in called), "")
