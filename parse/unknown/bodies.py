"""The body of a post in markup that nobody has described: what is not said is cut off."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from bs4.element import NavigableString, PageElement, Tag

from parse.edit_notices import Notice, is_bare, is_notice, read_notice
from parse.unknown.beside import QUOTE_CLASS, is_control, is_row_of_links
from parse.unknown.marks import DATE_TEXT, SIGNATURE_CLASS
from parse.unknown.quote_boxes import BOXES, LONGEST_HEAD
from parse.unknown.tags import HEADINGS, attribute, classes, clean, count_words, inside, is_inside

_SMALL = ("div", "p", "span", "small", "em", "i", "font", "td", "li")
_NOTICE_CLASS = re.compile(
    r"(?:^|[-_])(?:last[-_]?)?edit(?:ed)?[-_]?(?:by|note|notice|info|date|time)?$", re.I
)
_CLOCK = re.compile(r"\d[:.h]\d\d")
_IN_BRACKETS = re.compile(r"\A\s*[\[(][^\[\]\n]{5,120}[\])]\s*\Z")
_SUBJECT = re.compile(
    r"\s*(?:(?:post |message )?subject|betreff|sujet|asunto|oggetto|assunto|onderwerp|тема)\s*:", re.I
)
_RE = re.compile(r"^(?:\s*(?:re|aw|rv|sv|odp)\s*:)+\s*", re.I)
_LINE_ENDS = ("br", "hr", "p", *BOXES)
_SIGNED_OFF = re.compile(r"[_—=-]{6,}")
_INVITATION = re.compile(
    r"\W*(?:(?:please )?(?:log ?in|sign ?in|register)(?: or (?:log ?in|sign ?in|sign ?up|register|join))? "
    r"to (?:post|reply|comment|answer|leave|add|write)"
    r"|(?:melde dich an|anmelden|einloggen)\b.*\b(?:kommentar|antwort|schreiben|verfassen)"
    r"|(?:se connecter|connectez-vous)\b.*\b(?:commentaire|répondre|poster|publier)"
    r"|(?:inici[ae] sesión|inicie sesión)\b.*\b(?:comentario|comentar|responder)"
    r"|(?:accedi|effettua)\b.*\b(?:comment|rispond)"
    r"|(?:inloggen|log in)\b.*\b(?:reactie|reageren|plaatsen))[^.!?]{0,40}\W*",
    re.I,
)
_DASH = re.compile(r"[—–]|--")
_RULE = re.compile(r"(?<!_)_{10,}\s*\Z")
_COUNTER = re.compile(r"\d+\s+([^\W\d_]{3,12})|([^\W\d_]{3,12})\s*[:(]\s*\d+\)?")
_SAID = re.compile(r"\w")
_SHOWN = re.compile(r"\S")
_SIGNS = 2
_LETTER = re.compile(r"[^\W_]")
_LONGEST_NOTICE = 300
_FEW = 3
_A_FEW_WORDS = 6
_WORDS_OF_A_SIGNATURE = 40
_WORDS_OF_A_NOTE = 4
"""Between a name and a title: "replied to the topic"."""
_NEARLY_ALL = 0.8


def cut_notice(block: Tag) -> Notice | None:
    """The edit notice anywhere in a block, taken out of it."""
    for tag in reversed(inside(block, *_SMALL)):
        words, title = clean(tag), attribute(tag, "title")
        if 0 < len(words) <= _LONGEST_NOTICE and is_bare(words) and DATE_TEXT.search(title):
            tag.extract()
            return Notice(at=title)
        told = is_notice(words) or (any(map(_NOTICE_CLASS.search, classes(tag))) and _CLOCK.search(words))
        if 0 < len(words) <= _LONGEST_NOTICE and told and tag is not block:
            notice = tag if is_notice(words) else _notice_around(tag, block)
            words = clean(notice)
            _strip_brackets(notice)
            notice.extract()
            return read_notice(words)
    for string in reversed(_strings(block, _IN_BRACKETS)):
        words = clean(string)
        if is_notice(words) and DATE_TEXT.search(words):
            string.extract()
            return read_notice(words.strip("[]() "))
    return None


def _notice_around(moment: Tag, block: Tag) -> Tag:
    """The notice in which the moment of an edit has an element of its own, or that moment where none is."""
    around = moment.parent
    is_whole = around is not None and around is not block and is_notice(clean(around))
    return around if around is not None and is_whole else moment


def _strings(tag: Tag, form: re.Pattern[str]) -> list[NavigableString]:
    """The pieces of text in an element that have this form, or a part that has."""
    return [s for s in tag.descendants if isinstance(s, NavigableString) and form.search(s)]


def _strip_brackets(tag: Tag) -> None:
    """Those that stand right around an element, "[<i>edited</i>]"."""
    before, after = tag.previous_sibling, tag.next_sibling
    if not (isinstance(before, NavigableString) and isinstance(after, NavigableString)):
        return
    if before.rstrip().endswith(("[", "(")) and after.lstrip().startswith(("]", ")")):
        before.replace_with(before.rstrip()[:-1])
        after.replace_with(after.lstrip()[1:])


def cut_anchors(body: Tag) -> None:
    """Signs that lead to a place on the page and say nothing: "¶", "#"."""
    for link in inside(body, "a"):
        said = clean(link)
        if 0 < len(said) <= _SIGNS and not _SAID.search(said) and "#" in attribute(link, "href"):
            link.extract()


def cut_controls(body: Tag) -> None:
    """Boxes of what is pressed, with how often it was, where anything else is said: "Vote up 3"."""
    for box in inside(body):
        if is_control(box) and clean(box) != clean(body):
            box.extract()


def cut_invitation(body: Tag) -> None:
    """What asks visitors to log in before they answer: "Log in or register to post comments"."""
    for tag in inside(body, "li", "p", "div", "span"):
        if len(words := clean(tag)) <= LONGEST_HEAD and _INVITATION.fullmatch(words) and words != clean(body):
            tag.extract()


def cut_colon(body: Tag, person: Tag | None) -> None:
    """The colon between a name and what it says: `<b>jane</b><span>: Hello.</span>`."""
    first = next(iter(_strings(body, _SHOWN)), None)
    before = first.find_previous(string=_SHOWN) if first and first.lstrip().startswith((":", "：")) else None
    if first and before and person is not None and any(above is person for above in before.parents):
        first.replace_with(first.lstrip()[1:])


def cut_subject(body: Tag) -> None:
    """The line "Subject: Re: New pier" that opens some bodies, up to where another line begins."""
    first = next(
        (part for part in body.descendants if isinstance(part, NavigableString) and part.strip()), None
    )
    if first is None or not _SUBJECT.match(first):
        return
    at: PageElement = first
    while at.parent is not None and at.parent is not body and len(clean(at.parent)) < LONGEST_HEAD:
        at = at.parent
    line = list(takewhile(lambda node: getattr(node, "name", None) not in _LINE_ENDS, at.next_siblings))
    if any(map(clean, at.next_siblings)) and len("".join(map(clean, line))) < LONGEST_HEAD:
        for node in (at, *line):
            node.extract()


def cut_permalink(body: Tag) -> None:
    """The subject of a comment that opens its body, as a heading that leads to the comment itself, or as the
    line that repeats how its words begin."""
    first = next((p for p in body.descendants if isinstance(p, NavigableString) and p.strip()), None)
    above = takewhile(lambda part: part is not body, first.parents) if first else ()
    small = (part for part in above if len(clean(part)) <= LONGEST_HEAD)
    lines = [part for part in small if any(map(clean, part.next_siblings))]
    for line in reversed(lines):
        if (line.name in HEADINGS and _is_permalink(line)) or _is_repeated(line):
            line.extract()
            return


def _is_permalink(head: Tag) -> bool:
    """Whether all that a heading says is a link that is said to stay."""
    links = [a for a in inside(head, "a") if clean(a)]
    stays = {"bookmark", "permalink"}
    told = (stays & {*attribute(a, "rel").split(), *classes(a)} for a in links)
    return len(links) == 1 and clean(links[0]) == clean(head) and any(told)


def _is_repeated(line: Tag) -> bool:
    """Whether what follows a line begins with the same words."""
    said = clean(line)
    after = " ".join(filter(None, map(clean, line.next_siblings)))
    is_begun = said.count(" ") > 1 and any(_after(line, said))
    return line.name in (*HEADINGS, "div") and (is_begun or after == said)


def _after(line: Tag, said: str) -> Iterator[bool]:
    """Of each text behind a line, whether it begins with the same words; a quote may stand between."""
    for part in line.next_siblings:
        texts = part.stripped_strings if isinstance(part, Tag) else iter((clean(part),))
        yield from (" ".join(text.split()).startswith(said) for text in texts)


def cut_way(body: Tag, title: str) -> None:
    """The links that lead back from a thread, with its title, where they open the box of the first post."""
    heading = next((head for head in inside(body, *HEADINGS) if clean(head) == title), None)
    texts = list(_strings(body, _SHOWN))
    before = list(takewhile(lambda text: heading is not None and not _is_of(text, heading), texts))
    said = [text for text in before if _SAID.search(text) and not is_inside(text, "a", "button")]
    if heading is not None and before and not said and not _is_of(texts[-1], heading):
        for part in (*before, heading):
            part.extract()


def _is_of(text: PageElement, tag: Tag) -> bool:
    return any(above is tag for above in text.parents)


def cut_title(body: Tag, title: str, name: str) -> None:
    """The title of the thread where it opens a body: "Re: New pier", "Jane replied to: New pier"."""
    first = next((p for p in body.descendants if isinstance(p, NavigableString) and p.strip()), None)
    above = takewhile(lambda part: part is not body, first.parents) if first else ()
    lines: list[PageElement] = [p for p in (first, *above) if p is not None and len(clean(p)) <= LONGEST_HEAD]
    told = [line for line in lines if _says_title(clean(line), title, name)]
    if told and any(map(clean, told[-1].next_siblings)) and _is_line(told[-1]):
        told[-1].extract()


def _is_line(node: PageElement) -> bool:
    """Whether a line ends with a node."""
    after = next((n for n in node.next_siblings if isinstance(n, Tag) or clean(n)), None)
    return any(getattr(n, "name", None) in (*_LINE_ENDS, *HEADINGS) for n in (node, after))


def _says_title(words: str, title: str, name: str) -> bool:
    said, told = (_RE.sub("", text).casefold() for text in (words, title))
    if said.count(" ") and (told == said or told.startswith((f"{said} -", f"{said} |"))):
        return True
    between = said.removeprefix(name.casefold()).removesuffix(told)
    return (
        bool(name and told)
        and len(said) - len(between) == len(name) + len(told)
        and (count_words(between) <= _WORDS_OF_A_NOTE)
    )


def cut_signature(body: Tag) -> None:
    """What is called a signature, or stands below a long rule at the end of a body, is no part of it.

    A dash that has a line to itself is a rule as well.
    """
    for tag in inside(body, *_SMALL):
        if _SIGNED_OFF.match(clean(tag)) or any(map(SIGNATURE_CLASS.search, classes(tag))):
            tag.extract()
    for line in reversed(inside(body, "div", "p")):
        if _DASH.fullmatch(clean(line)) and any(map(clean, line.next_siblings)):
            for rest in [line, *line.next_siblings]:
                rest.extract()
            break
    for rule in _strings(body, _RULE):
        for rest in [rule, *rule.next_siblings]:
            rest.extract()


def cut_refrains(bodies: Sequence[tuple[str, Tag]]) -> None:
    """Takes out of bodies (each with its author's name) what all show and what one author always ends with.

    The first are buttons and labels, the second are signatures that no class gives away; what all quote is
    neither.
    """
    small = [[(t, clean(t)) for t in inside(body, *_SMALL) if not _is_quoted(t, body)] for _, body in bodies]
    counts = Counter(words for tags in small for words in {words for _, words in tags})
    everywhere = {words for words, n in counts.items() if words and n >= max(_FEW, _NEARLY_ALL * len(bodies))}
    buttons = Counter(words for tags in small for words in {w for tag, w in tags if is_inside(tag, "a")})
    everywhere |= {words for words, n in buttons.items() if words and n == len(bodies) > 1}
    counted = Counter(counter for tags in small for counter in {_counter(words) for _, words in tags})
    counters = {words for words, n in counted.items() if words and n >= max(_FEW, _NEARLY_ALL * len(bodies))}
    _cut_links([body for _, body in bodies])
    endings: dict[str, list[str]] = {}
    for name, body in bodies:
        endings.setdefault(name, []).append(clean(_ending(body) or body))
    signed = {name: said[0] for name, said in endings.items() if len(said) > 1 == len(set(said))}
    _cut_below_rules(bodies)
    for (name, body), tags in zip(bodies, small, strict=True):
        last = _ending(body)
        if last and name and clean(last) == signed.get(name):
            last.extract()
        whole = clean(body) if everywhere or counters else ""
        for tag, words in tags:
            if (words in everywhere or _counter(words) in counters) and words != whole:
                tag.extract()


def _counter(words: str) -> str:
    """What an element counts that says no more, "likes" of "5 likes" and of "1 like"; empty for any other."""
    m = _COUNTER.fullmatch(words)
    return (m[1] or m[2]).casefold().removesuffix("s") if m else ""


def _cut_links(bodies: Sequence[Tag]) -> None:
    """Links that end most bodies and lead elsewhere from each are buttons: "Link | Reply".

    So are those in a row of several links that ends a few.
    """
    ends: dict[str, list[list[PageElement]]] = {}
    for body in bodies:
        if end := _linked_end(body):
            ends.setdefault(" ".join(map(clean, end)), []).append(end)
    for alike in ends.values():
        links = [[link for part in end if isinstance(part, Tag) for link in _links(part)] for end in alike]
        places = {attribute(each[-1], "href") for each in links}
        enough = 2 * len(alike) >= len(bodies) or all(len(each) > 1 for each in links)
        if enough and 1 < len(places) == len(alike):
            for node in (node for end in alike for node in end):
                node.extract()


def _linked_end(body: Tag) -> list[PageElement]:
    """The links that a body ends with, the last first, and bars or dots beside them; or a box of them."""
    parts = [node for node in reversed(body.contents) if clean(node)]
    while len(parts) == 1 and isinstance(parts[0], Tag) and parts[0].name in _SMALL:
        parts = [node for node in reversed(parts[0].contents) if clean(node)]
    last = parts[0] if len(parts) > 1 else None
    if isinstance(last, Tag) and last.name in (*_SMALL, "ul") and is_row_of_links(last):
        return [last]
    run = list(
        takewhile(lambda node: getattr(node, "name", "") == "a" or not _LETTER.search(clean(node)), parts)
    )
    return run if any(getattr(node, "name", "") == "a" for node in run) and len(run) < len(parts) else []


def _links(part: Tag) -> list[Tag]:
    return [part] if part.name == "a" else inside(part, "a")


def _is_quoted(tag: Tag, body: Tag) -> bool:
    """Whether an element is what a body quotes, or stands in it."""
    above = takewhile(lambda part: part is not body, (tag, *tag.parents))
    return any(part.name == "blockquote" or any(map(QUOTE_CLASS.search, classes(part))) for part in above)


def _cut_below_rules(bodies: Sequence[tuple[str, Tag]]) -> None:
    """What stands below the last rule in every post of an author, always the same, is a signature."""
    below: dict[str, list[tuple[str, list[PageElement]]]] = {}
    for name, body in bodies:
        rules = inside(body, "hr")
        rest = [rules[-1], *rules[-1].next_siblings] if rules else []
        below.setdefault(name, []).append((" ".join(filter(None, map(clean, rest[1:]))), rest))
    told = {name: [said for said, _ in found] for name, found in below.items() if name}
    alike = [name for name, said in told.items() if _are_alike(said)]
    all_sign = bool(alike) or (_do_several_sign(told) and _is_more_above(bodies, below))
    for name, found in below.items():
        for said, rest in found:
            # Where one member signs below a rule, all do.
            if name in alike or (all_sign and name and count_words(said) <= _WORDS_OF_A_SIGNATURE):
                for part in rest:
                    part.extract()


def _is_more_above(
    bodies: Sequence[tuple[str, Tag]], below: Mapping[str, Sequence[tuple[str, Sequence[PageElement]]]]
) -> bool:
    """Whether more is said above the rules than below them, where some have their bylines above one."""
    under = sum(count_words(said) for found in below.values() for said, _ in found)
    ruled = (body for _, body in bodies if inside(body, "hr"))
    return sum(count_words(clean(body)) for body in ruled) > 2 * under


def _do_several_sign(told: Mapping[str, Sequence[str]]) -> bool:
    """Whether posts of several authors, a third of all, end with few words below a rule, and none of these
    differ in two posts of one author."""
    signed = {name: {words for words in said if words} for name, said in told.items()}
    few = all(count_words(words) <= _WORDS_OF_A_SIGNATURE for said in signed.values() for words in said)
    often = sum(1 for said in told.values() for words in said if words)
    authors = sum(map(bool, signed.values()))
    is_one_each = all(len(said) < _FEW - 1 for said in signed.values())
    return few and authors > 1 and is_one_each and _FEW * often >= sum(map(len, told.values()))


def _are_alike(said: Sequence[str]) -> bool:
    return len(said) > 1 == len(set(said)) and all(said)


def _ending(body: Tag) -> Tag | None:
    """The element that a body ends with, if something else stands before it."""
    parts = [c for c in body.children if clean(c)]
    last = parts[-1] if len(parts) > 1 else None
    return last if isinstance(last, Tag) and last.name in _SMALL else None


def cut_copies(body: Tag) -> None:
    """Words that stand in a body twice, as a preview and in full or once for each width of screen."""
    seen: dict[str, Tag] = {}
    for tag in inside(body):
        words = clean(tag)
        if words.count(" ") < _A_FEW_WORDS or is_inside(tag, "blockquote"):
            continue
        first = seen.setdefault(words, tag)
        if first is not tag and first not in tag.parents:
            tag.extract()
