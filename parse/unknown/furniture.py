"""What forum software says of itself and offers its readers on every page: nobody said it."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from parse.unknown.tags import attribute, classes, clean, count_words, inside, opening, words_in_links

_LONGEST = 600
"""Characters within which such a box is over."""
_MAY = (
    r"You (?:cannot|can|can't|may not|may|do not have permission to) "
    r"(?:post|reply|start|create|edit|delete|vote|attach|download|view)\b[^.!?]{0,70}?"
    r"(?:in this (?:forum|board|category)|threads|posts|replies|attachments|topics|polls)[.;]?\s*"
)
_PERMISSIONS = re.compile(rf"(?:{_MAY})+", re.I)
_MADE_BY = re.compile(r"(?:(?:proudly )?powered by|forum software by)\b.{2,160}", re.I | re.S)
_RIGHTS = re.compile(r".{0,60}(?:©|\(c\)).{0,60}\ball rights reserved\b", re.I | re.S)
_PAGED = re.compile(
    r"(?:viewing|showing|displaying) (?:[^\W\d_]+ )?\d+(?: (?:to|through|of) | ?[-–] ?)\d+\b[^.!?]{0,60}",
    re.I,
)
"""Which posts of how many a page shows: "Viewing post 1 to 3 (of 3 total posts)"."""
_BEGINNINGS = ("you ", "powered ", "proudly ", "forum so", "viewing ", "showing ", "displayi")
"""What all of these begin with: a look at a box that is cheap."""
_BOXES = ["div", "p", "span", "td", "li", "ul", "small", "footer", "font", "center"]
_MENU = re.compile(r"(?:^|[-_])drop[-_]?down[-_]?(?:menu|list|content)s?$", re.I)
_FEWEST = 2
_LOG_IN = re.compile(
    r"\b(?:log[-_ ]?in|sign[-_ ]?in|logon|anmelden|einloggen|connexion|iniciar sesión|accedi)", re.I
)
_REGISTER = re.compile(r"\b(?:regist|sign[-_ ]?up|create (?:an )?account|inscri|s'inscrire|iscriv)", re.I)
_WORDS_OF_A_GREETING = 30


def without_furniture(page: BeautifulSoup) -> None:
    """Take menus that open, what a guest may do here, what the site is made with or whose it is, and how much
    of a thread a page shows, out of the page."""
    for menu in page.find_all(_is_menu):
        if menu.parent is not None:
            menu.extract()
    for box in page.find_all(_BOXES):
        if not box.decomposed and box.parent is not None and _is_furniture(box):
            box.extract()


def _is_menu(box: Tag) -> bool:
    """Whether a box is a menu and holds nothing but links: what stands in it is no byline."""
    if not any(map(_MENU.search, classes(box))) or len(inside(box, "a")) < _FEWEST:
        return False
    return words_in_links(box) == count_words(clean(box))


def _is_furniture(box: Tag) -> bool:
    start = opening(box, _LONGEST + 1)
    if len(start) > _LONGEST:
        return False
    if not start.lstrip()[:8].lower().startswith(_BEGINNINGS):
        return ("©" in start or "(c)" in start) and _RIGHTS.match(start) is not None
    said = clean(box)
    return any(form.fullmatch(said) for form in (_PERMISSIONS, _MADE_BY, _PAGED))


def greets(box: Tag) -> bool:
    """Whether this is the line that asks guests to come in, with the clock of the page: "Please log in"."""
    if count_words(clean(box)) > _WORDS_OF_A_GREETING:
        return False
    said = [f"{clean(link)} {attribute(link, 'href')}" for link in inside(box, "a")]
    return any(map(_LOG_IN.search, said)) and any(map(_REGISTER.search, said))
