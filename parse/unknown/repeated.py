"""The reader for forums nobody has written an adapter for: which blocks of a page repeat and look like posts.

Of the groups of elements that look like posts the best one wins; what its members say is read by
parse.unknown.group_blocks.
"""

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup

from parse.unknown.bare_lines import box_bare_words, is_bare_byline, set_bylines_apart
from parse.unknown.block import Block
from parse.unknown.comment_boxes import name_comments
from parse.unknown.flat_posts import LAID_FLAT, wrap_flat_posts
from parse.unknown.furniture import greets, without_furniture
from parse.unknown.group_blocks import read_layers, signature, with_answered
from parse.unknown.groups import Group, candidates, own_sums, rate, whole_posts, without_listing
from parse.unknown.marks import REPLY
from parse.unknown.nested_posts import is_called_answer, layers, remains
from parse.unknown.outline import CHROME, Element, Outline
from parse.unknown.shown_dates import join_dates
from parse.unknown.tags import classes, clean, count_words

_CLOCK = re.compile(r"\d:\d\d")
_WORDS_OF_A_FRAME = 12
_FEW_ROWS = 2
_SENTENCE = 4
_WORDS_OF_A_FOOT = 30
_HALF = 0.5
_WORDS_OF_AN_ARTICLE = 5
_HALF_NAMED = 0.75
"""What a group is signed when all its members are dated and half of them named."""
_SURE_ENOUGH = 0.8
"""For posts within posts, of which one may say no more than thanks."""


def find_blocks(soup: BeautifulSoup) -> tuple[list[Block], float]:
    """The posts of a page in document order, and how far to believe it (0 to 1). Empty when none repeat."""
    without_furniture(soup)
    for quote in soup.find_all("blockquote"):
        if any(map(REPLY.search, classes(quote))):  # some boards make posts of them
            quote.name = "article"
    join_dates(soup)
    set_bylines_apart(soup)
    box_bare_words(soup)
    outline = Outline(soup)
    for change in (wrap_flat_posts, name_comments):
        if change(outline):
            outline = Outline(soup)
    groups = _rated(outline, 2) or _rated(outline, 1)
    if not groups:
        return [], 0.0
    groups.sort(key=lambda g: g.score, reverse=True)
    likeliest = max(groups, key=lambda g: (round(g.score, 3), g.share * len(g.members)))
    alike = _with_all_alike(outline, _with_other_answers(outline, likeliest, groups), groups)
    best = _answers_around(outline, alike, groups)
    if answered := _article(outline, best, groups):
        return answered
    found = _without_frame(_posts(outline, best, groups))
    trust = _trust(outline, best, found)
    if _are_headings(found):
        return [], 0.0
    return found, trust if len(found) > 1 else trust * 0.6


def _without_frame(found: list[Block]) -> list[Block]:
    """The blocks without what stands around the opening post and says who began the thread and when."""
    if len(found) < 2:
        return found
    frame, opening = found[:2]
    is_around = any(above is frame.element for above in opening.element.parents)
    told = signature(frame)
    is_frame = is_around and bool(_CLOCK.search(told[1])) and told == signature(opening)
    return found[1:] if is_frame and count_words(clean(frame.body)) <= _WORDS_OF_A_FRAME else found


def _posts(outline: Outline, best: Group, groups: Sequence[Group]) -> list[Block]:
    """The blocks that the best of the groups holds; these come in the order of their scores."""
    told = [e for e in best.members if outline.words(e) and (outline.people(e) or outline.dates(e))]
    others = [e for e in told if not greets(e.tag)]
    members = without_listing(outline, others if 2 * len(others) >= len(told) else told)
    if not members:
        return []
    is_lone = len(members) == 1
    members = [_innermost(outline, _row_of(outline, members[0]))] if is_lone else _but_byline_above(members)
    whole = whole_posts(outline, members)
    members = with_answered(outline, whole or members)
    sure = [g.members for g in groups if g.signed >= _SURE_ENOUGH]
    return read_layers(outline, layers(outline, members, sure), None if whole else best.place)


def _but_byline_above(members: list[Element]) -> list[Element]:
    """The posts without a line above them all that is signed as they are and says nothing: an article's."""
    first, *rest = members
    is_lone = is_bare_byline(first.tag) and not any(is_bare_byline(e.tag) for e in rest)
    return rest if is_lone else members


def _article(outline: Outline, best: Group, groups: Sequence[Group]) -> tuple[list[Block], float] | None:
    """An article and what answers it, where the best group is but what stands around both.

    What is called an answer, signed and dated, is one.
    """
    answers = _answers_in(outline, best, groups)
    found = _posts(outline, answers, groups) if answers else []
    if answers is None or not found or any(found[0].element is e.tag for e in answers.members):
        return None
    return found, _trust(outline, answers, found)


def _trust(outline: Outline, group: Group, found: Sequence[Block]) -> float:
    """How far to believe in the blocks found by a group: how much they say of all that is said on the page.

    What stands above answers is theirs: below a long article a word of thanks weighs nothing.
    """
    above = [block for block in found[:1] if not any(block.element is e.tag for e in group.members)]
    are_answers = all(map(is_called_answer, group.members))
    beside = sum(count_words(clean(block.body)) for block in above) if are_answers else 0
    return min(1.0, (group.coverage + beside / outline.total) * 1.2) * group.share


def _row_of(outline: Outline, e: Element) -> Element:
    """The row of a lone cell in which nothing is said: it shows who wrote and when, another one the words."""
    is_byline = e.tag.name in ("td", "th") and e.parent >= 0 and not outline.prose(e)
    return outline.elements[e.parent] if is_byline else e


def _innermost(outline: Outline, e: Element) -> Element:
    """The smallest element around a lone post: what has its name and date and most of what is said."""
    while LAID_FLAT not in classes(e.tag):
        inner = next((child for child in outline.children(e) if _is_nearly(outline, child, e)), None)
        if inner is None:
            return e
        e = inner
    return e


def _is_nearly(outline: Outline, part: Element, whole: Element) -> bool:
    """Whether a part has the name and the date, and what it lacks is little or less than what it has."""
    named = outline.people(whole) > 0 and outline.prose(part) > 0 and part.tag.name not in CHROME
    alike = named and all(measure(part) == measure(whole) for measure in (outline.people, outline.dates))
    beside = outline.prose(whole) - outline.prose(part)
    return alike and beside < max(outline.prose(part), _WORDS_OF_A_FOOT)


def _are_headings(blocks: Sequence[Block]) -> bool:
    """Whether these are no posts but the boxes of an index, each called otherwise and under a word or two."""
    named = {tuple(classes(block.element)) for block in blocks}
    said = max((count_words(clean(block.body)) for block in blocks), default=0)
    return len(blocks) == len(named) == _FEW_ROWS and said < _SENTENCE


def _with_other_answers(outline: Outline, best: Group, groups: Sequence[Group]) -> Group:
    """The best group; where it is one answer, or a box of them, all made alike, if most say but "+1"."""
    if len(best.members) != 1:
        return best
    own = (best.members[0], _innermost(outline, best.members[0]))
    answers = [g for g in groups if g.signed >= best.signed and all(map(is_called_answer, g.members))]
    is_called = is_called_answer(best.members[0])
    alike = [
        g for g in answers if any(e in g.members for e in own) or (is_called and _is_box_of(outline, best, g))
    ]
    return max(alike, key=lambda g: len(g.members), default=best)


def _with_all_alike(outline: Outline, best: Group, groups: Sequence[Group]) -> Group:
    """The best group, or one that has others beside all its members: rows are called odd and even in turn.

    The others are signed as well, or, as guests' posts are, at least dated. So are several in one of its
    members: a guest among them made their box look like one post.
    """
    members = {e.index for e in best.members}
    worthy = [g for g in groups if round(g.score, 3) > 0 and g.score >= _HALF * best.score]
    beside = [g for g in worthy if members < {e.index for e in g.members}]
    wider = [g for g in beside if g.signed >= best.signed]
    finer = [g for g in worthy if (g in beside or _are_in(g, best)) and _holds_guests(outline, g)]
    return max(wider + finer, key=lambda g: (len(g.members), g.signed), default=best)


def _answers_around(outline: Outline, best: Group, groups: Sequence[Group]) -> Group:
    """The best group, or the posts that it stands in, all of it: comments are more than the answers above."""
    for group in (g for g in groups if g.signed >= _SURE_ENOUGH and 1 < len(g.members) < len(best.members)):
        around = [[box for box in group.members if box is not e and box.holds(e)] for e in best.members]
        if all(around) and all(remains(outline, box, best.members) for box in group.members):
            return group
    return best


def _holds_guests(outline: Outline, group: Group) -> bool:
    """Whether all members have a date, and half of them a name."""
    return group.signed >= _HALF_NAMED and all(map(outline.dates, group.members))


def _are_in(group: Group, boxes: Group) -> bool:
    """Whether more members than there are boxes stand in these and say all that is said there."""
    if len(group.members) <= len(boxes.members) or round(group.coverage, 2) < round(boxes.coverage, 2):
        return False
    held = [sum(box.holds(e) for e in group.members) for box in boxes.members]
    return all(held) and sum(held) == len(group.members)


def _answers_in(outline: Outline, best: Group, groups: Sequence[Group]) -> Group | None:
    """Of the groups that are answers in or below the best one's only member the one that says most."""
    if len(best.members) != 1 or is_called_answer(best.members[0]):
        return None
    signed = (g for g in groups if g.signed >= _SURE_ENOUGH)
    told = [g for g in signed if all(_is_answer(outline, e, best.members[0]) for e in g.members)]
    single = [g for g in told if not any(_is_box_of(outline, g, other) for other in told)]
    return max(single, key=lambda g: _size(outline, g.members), default=None)


def _is_box_of(outline: Outline, box: Group, answers: Group) -> bool:
    """Whether a group is what stands around all of more answers, and names nobody beside these."""
    is_around = all(any(b.holds(e) for b in box.members) for e in answers.members)
    named = [sum(people for _, _, people, _ in own_sums(outline, list(g.members))) for g in (box, answers)]
    return len(answers.members) > len(box.members) and is_around and named[0] <= named[1]


def _size(outline: Outline, members: Sequence[Element]) -> tuple[int, int]:
    """How much is said, and in how little: of elements around the same words the inner ones are the posts."""
    return sum(map(outline.words, members)), -sum(e.end - e.index for e in members)


def _is_answer(outline: Outline, e: Element, article: Element) -> bool:
    """Whether a part of an article, not all it says, or what stands below it is called an answer to it."""
    inside = outline.prose(e) if article.holds(e) else 0
    is_there = article.holds(e) or e.index >= article.end
    is_more = outline.prose(article) - inside >= _WORDS_OF_AN_ARTICLE
    return is_there and is_more and is_called_answer(e)


def _rated(outline: Outline, fewest: int) -> list[Group]:
    """The groups of a page. Where nothing has a name of its own, a lone row of a table may be a post."""
    return [g for members in candidates(outline, fewest) if (g := rate(outline, members))]
