"""A page as a list of elements in document order, with running sums of words, people and dates.

Each element knows where its subtree ends, so how many words, dates and people any subtree holds is a
difference of two sums.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

CHROME = {"nav", "footer", "form", "aside", "button", "select", "option", "label", "textarea", "input"}
"""Elements that are the page's, not a post's."""
_CLOSED = {"nav", "select", "textarea"}
"""Of these; a footer, though, may hold who wrote a comment, and a form all posts of a page."""
LONGEST_DATE = 80
MAX_ELEMENTS = 60_000
"""A page with more elements is cut there: no thread page of a real forum comes near."""

_PERSON_LINK = re.compile(
    r"(?:^|[/?&=_.;-])(?:u|user|member|profile|profil|people|author|account|viewprofile|userid|uid|memberlist|"
    r"userinfo|user[-_]?profile|showuser|space|"
    r"nutzer|benutzer|mitglied(?:er)?|membre|utilisateur|usager|auteur|usuario|miembro|perfil|autor|utente|profilo|"
    r"membro|utilizador|gebruiker|lid|leden|uzytkownik|uzivatel|medlem|bruker|kullanici|uye|polzovatel)s?"
    r"(?:[/=?.;-]|\d|$)|/[@~]\w|^javascript:[^(]*profile\w*\(",
    re.I,
)
_NO_PERSON = re.compile(
    r"sharer?\.php|/(?:share|intent|login|logout|signin|sign_in|signup|register|report|search)(?:[/?.]|$)",
    re.I,
)
"""Links that carry an account's address, or look as if, and lead elsewhere."""
_PERSON_CLASS = re.compile(
    r"(?:^|[-_])(?:author|user-?name|nick(?:name)?|poster|creator|byline|user|member|auteur|autore?|pseudo)",
    re.I,
)
_NAME_CLASS = re.compile(
    r"(?:^|[-_])(?:author|user-?name|nick(?:name)?|poster|pseudo)(?:[-_](?:name|link|url))?$", re.I
)
"""A link whose class says this is a name wherever it leads."""
SIGNATURE_CLASS = re.compile(r"(?:^|[-_])sig(?:nature)?(?:$|[-_])", re.I)
_ABOUT_CLASS = re.compile(
    r"(?:level|rank|title|badges?|status|groups?|role|stats?|counts?|joined|since|location|points|posts|karma)$",
    re.I,
)
"""Of a class that speaks of an author: not the name, but what is told of whoever has it."""
_MICROFORMAT = ("fn", "p-author")
_LONGEST_NAME = 40
DATE_TEXT = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?[^\W\d_]{3,12}\.?,?[\s-]+(?:de\s+)?'?\d{2,4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?\s?,?\s+'?\d{2,4}"
    r"|(?:\d+\s*|\b(?:an?|one|een)\s+)\w+\s+(?:ago|fa|geleden|atrás|назад|temu|önce|sedan|siden)\b"
    r"|\b(?:vor|il y a|hace|há|před)\s+\w+\s+\w+"
    r"|\b(?:час|минуту|день|неделю|месяц|год|godzinę|rok)\s+(?:назад|temu)\b"
    r"|\d+\s*(?:秒|分钟|小时|天|周|个月|年|分|時間|日|週間|か月|ヶ月)(?:之?前)"
    r"|(?:\b(?:today|yesterday|heute|gestern|hier|aujourd'hui|hoy|ayer|oggi|ieri|hoje|ontem|vandaag|gisteren|idag|"
    r"igår|dzisiaj|wczoraj|сегодня|вчера|bugün|dün)\b|今天|昨天|前天|今日|昨日).{0,12}\d",
    re.I,
)
JOINED = re.compile(
    r"\b(?:registered|joined|join date|member since|user since|"
    r"anmelde\w*|registriert|registrierung|dabei seit|mitglied seit|beigetreten|"
    r"inscrit|inscription|membre depuis|"
    r"registrad[oa]|desde|miembro desde|ingreso|fecha de ingreso|se unió|"
    r"iscritt[oa]|iscrizione|registrat[oa]|membro dal|"
    r"registad[oa]|inscrito|cadastr\w+|"
    r"lid sinds|geregistreerd|aangemeld|"
    r"medlem sedan|medlem siden|registrerad|registreret|registrert|tilmeldt|ble med|"
    r"liittynyt|rekisteröity\w*|"
    r"dołączyła?|rejestracj\w+|zarejestrowan\w*|registrace|založen\w*|csatlakozott|regisztrá\w+|"
    r"зарегистрирован\w*|регистрац\w+|на форуме с|зареєстрован\w*|"
    r"kayıt|katılım|üyelik|înscris|înregistrat|membru din|εγγραφή)\b"
    r"|注册|加入|登録日|参加日|가입",
    re.I,
)
"""What stands before the day on which somebody became a member."""
_COMPACT_AGE = re.compile(r"(?:\w+\s)?\d{1,3}\s?(?:y|yr|mo|w|wk|d|h|hr|m|min)s?", re.I)
"""As a whole text "3y" or "Updated 7mo"; within another it means nothing."""
_DATE_ITEM = ("datePublished", "dateCreated", "uploadDate")
_NOT_WORDS = {"script", "style", "noscript", "template", "svg", "iframe", "head"}
_NAMES_ONLY = ("a", "button", "label", "option", "h1", "h2")
_SENTENCE = 4
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_IDEOGRAPHS_A_WORD = 2


@dataclass(frozen=True, slots=True)
class Element:
    """One element in document order; its subtree is `elements[index:end]`."""

    tag: Tag
    index: int
    end: int
    depth: int
    parent: int
    """The index of the element around it; -1 for the first."""
    is_person: bool
    is_date: bool

    def holds(self, other: "Element") -> bool:
        """Whether the other is this one or inside it."""
        return self.index <= other.index < self.end


class Outline:
    """A page as elements in document order with running sums of words, people and dates."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.elements: list[Element] = []
        self._words = [0]
        self._prose = [0]
        self._people = [0]
        self._dates = [0]
        self._walk(soup.body or soup)

    def _walk(self, root: Tag) -> None:
        """Preorder without recursion; a page may nest deeper than Python's stack."""
        order: list[tuple[Tag, int, int]] = []
        ends: dict[int, int] = {}
        stack: list[tuple[Tag, int, int] | int] = [(root, 0, -1)]
        while stack:
            item = stack.pop()
            if isinstance(item, int):
                ends[item] = len(order)
                continue
            tag, depth, parent = item
            if len(order) >= MAX_ELEMENTS or tag.name in _NOT_WORDS:
                continue
            self._enter(tag)
            here = len(order)
            stack.append(here)
            order.append((tag, depth, parent))
            inside = [child for child in tag.contents if isinstance(child, Tag)]
            stack.extend((child, depth + 1, here) for child in reversed(inside))
        for index, (tag, depth, parent) in enumerate(order):
            named, dated = (s[index + 1] > s[index] for s in (self._people, self._dates))
            end = ends.get(index, len(order))
            self.elements.append(Element(tag, index, end, depth, parent, named, dated))

    def _enter(self, tag: Tag) -> None:
        text = own_text(tag)
        count = 0 if tag.name in _NAMES_ONLY else count_words(text)
        self._words.append(self._words[-1] + count)
        dated = is_date(tag, text)
        self._prose.append(self._prose[-1] + (count if count >= _SENTENCE and not dated else 0))
        self._people.append(self._people[-1] + is_person(tag))
        self._dates.append(self._dates[-1] + dated)

    def words(self, e: Element) -> int:
        return self._words[e.end] - self._words[e.index]

    def prose(self, e: Element) -> int:
        """Words in runs long enough to be said by somebody: menus, counters and ranks are not."""
        return self._prose[e.end] - self._prose[e.index]

    def people(self, e: Element) -> int:
        return self._people[e.end] - self._people[e.index]

    def dates(self, e: Element) -> int:
        return self._dates[e.end] - self._dates[e.index]

    def inside(self, e: Element) -> Sequence[Element]:
        return self.elements[e.index : e.end]

    def own(self, e: Element, posts: Sequence[Element]) -> list[Element]:
        """The elements of a post without those of other posts in it, and without the page's own.

        `posts` come in the order of the page.
        """
        found: list[Element] = []
        at = e.index
        for p in within(e, posts):
            found += self.elements[at : max(at, p.index)]
            at = max(at, p.end)
        found += self.elements[at : e.end]
        return [x for x in outside(found, _CLOSED) if x.tag.name not in CHROME]

    @cached_property
    def places(self) -> set[str]:
        """What links may lead to on this page."""
        names = {attribute(e.tag, "id") or attribute(e.tag, "name") for e in self.elements}
        return names - {""}

    @cached_property
    def total(self) -> int:
        """The prose of the whole page."""
        return max(1, self._prose[-1])


def outside(elements: Sequence[Element], kinds: Collection[str]) -> Iterator[Element]:
    """Those, in their order, that neither are of these kinds nor stand in one that is."""
    closed = 0
    for x in elements:
        if x.index < closed:
            continue
        if x.tag.name in kinds:
            closed = x.end
        else:
            yield x


def within(e: Element, posts: Sequence[Element]) -> Sequence[Element]:
    """Those that stand inside an element, itself not counted, of elements in the order of the page."""
    return _between(e.index + 1, e.end, posts)


def held(e: Element, posts: Sequence[Element]) -> Sequence[Element]:
    """Those that are the element or stand inside it."""
    return _between(e.index, e.end, posts)


def _between(start: int, end: int, posts: Sequence[Element]) -> Sequence[Element]:
    first = bisect_left(posts, start, key=_index)
    return posts[first : bisect_left(posts, end, lo=first, key=_index)]


def _index(e: Element) -> int:
    return e.index


def count_words(text: str) -> int:
    """Words; where a language writes without blanks, two characters count as one."""
    count = len(text.split())
    if count and (written := len(_IDEOGRAPHS.findall(text))):
        return max(count, written // _IDEOGRAPHS_A_WORD)
    return count


def classes(tag: Tag) -> list[str]:
    value = tag.get("class")
    return value if isinstance(value, list) else str(value).split() if value else []


def attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


def is_person(tag: Tag) -> bool:
    """Whether this element names an account: a link to a profile, or a class that says author."""
    if attribute(tag, "itemprop") == "author" or attribute(tag, "rel") == "author":
        return True
    if tag.name == "a":
        href = attribute(tag, "href")
        named = _PERSON_LINK.search(href) or any(map(_NAME_CLASS.search, classes(tag)))
        return bool(named and not _NO_PERSON.search(href) and tag.get_text(strip=True)) and not _is_mention(
            tag
        )
    names = classes(tag)
    if not any(token in _MICROFORMAT or _PERSON_CLASS.search(token) for token in names):
        return False
    if any(SIGNATURE_CLASS.search(name) or _ABOUT_CLASS.search(name) for name in names):
        return False
    text = tag.get_text(" ", strip=True)
    return 0 < len(text) <= _LONGEST_NAME and not DATE_TEXT.search(text)


def _is_mention(link: Tag) -> bool:
    """Whether a link to an account stands within words: "thanks, @jane"; "Jane said:" above a quote."""
    above = link.parent
    if above is None:
        return False
    if link.get_text(strip=True).startswith("@") and own_text(above).strip():
        return True
    around = [t for t in (above, above.parent) if t is not None]
    return any(t.name == "blockquote" or (t.name == "cite" and _is_of_quote(t)) for t in around)


def _is_of_quote(cite: Tag) -> bool:
    """Whether a `<cite>` names who is quoted; some boards have the author of a post in one."""
    following = cite.find_next_sibling()
    quoted = following is not None and following.name == "blockquote"
    return quoted or cite.find_parent("blockquote") is not None


def is_date(tag: Tag, text: str) -> bool:
    """Whether this element shows when: a `<time>`, a machine-readable date, or a short text with one."""
    if tag.name == "time" or tag.has_attr("datetime") or attribute(tag, "itemprop") in _DATE_ITEM:
        return True
    text = text.strip()
    if 0 < len(text) <= LONGEST_DATE and (DATE_TEXT.search(text) or _COMPACT_AGE.fullmatch(text)):
        return not _is_of_account(tag, text) or len(DATE_TEXT.findall(text)) > 1
    title = attribute(tag, "title")
    if not 0 < len(title) <= LONGEST_DATE or not DATE_TEXT.search(title):
        return False
    return tag.name != "a" or title[:1].isdigit()  # a link's title may be that of a thread


def _is_of_account(tag: Tag, text: str) -> bool:
    """Whether a date's label, in it or before it, says that it is when somebody joined."""
    before = tag.find_previous_sibling()
    label = before.get_text() if before else ""
    named = " ".join(classes(tag)).replace("-", " ").replace("_", " ")
    around = (text, tag.get_text(), "" if DATE_TEXT.search(label) else label, named)
    return any(len(words) <= LONGEST_DATE and JOINED.search(words) for words in around)


def own_text(tag: Tag) -> str:
    """The text right in an element, without that of its children."""
    return " ".join(c for c in tag.contents if type(c) is NavigableString)


def wholes(elements: Sequence[Tag]) -> list[Tag]:
    """Each element with all that stands around it and around no other of them."""
    shared = Counter(id(above) for element in elements for above in element.parents)
    return [
        next((above for above in reversed(list(element.parents)) if shared[id(above)] == 1), element)
        for element in elements
    ]


def clean(element: PageElement) -> str:
    """Visible text of an element, white space folded."""
    return " ".join(element.get_text(" ").split())
