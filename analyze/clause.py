"""The part of a request that says what is asked for.

"Could you please bring back the belt wizard, the new page only shows a number?" asks to "bring back the belt
wizard". What is cut away, and what a request begins with, is listed in `lexicon/clause.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from analyze.gate import fold
from analyze.vocabulary import lemmas, small_words

LONGEST = 60
"""Characters of a clause that is shown as a name."""
_FEWEST_WORDS = 2
_FEWEST_ASKED = 3
"""Words behind an occasion that can be a request of their own."""
_BEFORE_WORDS = re.compile(r"^(?:[:;=][-']?[DPpxoO3](?!\w)|[^\w\"“„«'])+")
"""What may stand before the first word and names nothing: dashes, arrows, a smiley."""
_AFTER_WORDS = " ,;:.!?-–—"
_SENTENCE_END = r"[.!?;:…](?=\s|$)|\s[-–—(\[]|\.{2,}|\n"
_DETERMINER = r"(?:the|an?|our|your|their|my|all|every|each|any|some|more)\b"
_ARTICLE = re.compile(r"(?:an?|some|any)\s+(?=\w)", re.I)
_SUBJECT = re.compile(rf".*\b({_DETERMINER}\s+(?:[\w'’-]+\s+){{1,4}})$", re.I)


@dataclass(frozen=True, slots=True)
class _Frames:
    """What is cut away around what is asked."""

    occasion: re.Pattern[str]
    anchor: re.Pattern[str]
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    end: re.Pattern[str]
    modal: re.Pattern[str]
    verb: re.Pattern[str]


def clause(request: str) -> str:
    """What a request asks for, without its occasion, its "please" and its reasons."""
    return _bare(_BEFORE_WORDS.sub("", _asking(" ".join(request.split()))))


def shortened(request: str) -> str:
    """The clause as a name: at most LONGEST characters, with a capital."""
    said = clause(request)
    if len(said) > LONGEST:
        said = _main_clause(said)
    said = _clipped(_without_article(said))
    return said[:1].upper() + said[1:]


def says_what_to_do(said: str) -> bool:
    """Whether a clause begins with what is to be done, or says what should be."""
    frames = _frames()
    return bool(frames.verb.match(said) or frames.modal.search(said))


def _asking(said: str) -> str:
    """From where it begins to ask: behind its occasion, and not before "please" or "I would like"."""
    frames = _frames()
    occasion = frames.occasion.match(said)
    if occasion and _is_request(said[occasion.end() :]):
        said = said[occasion.end() :]
    starts = (found.start() for found in frames.anchor.finditer(said) if _is_request(said[found.end() :]))
    return said[next(starts, 0) :]


def _is_request(said: str) -> bool:
    return len(said.split()) >= _FEWEST_ASKED


def _bare(said: str) -> str:
    """Without openers, reasons and closers, as long as there is something left."""
    frames = _frames()
    while (opener := frames.opener.match(said)) and len(said[opener.end() :].split()) >= _FEWEST_WORDS:
        said = said[opener.end() :]
    ends = (end.start() for end in frames.end.finditer(said))
    said = said[: next((end for end in ends if _is_enough(said[:end])), None)].rstrip(_AFTER_WORDS)
    while (closer := frames.closer.search(said)) and _is_enough(said[: closer.start()]):
        said = said[: closer.start()].rstrip(_AFTER_WORDS)
    return said


def _is_enough(said: str) -> bool:
    return len(said.split()) >= _FEWEST_WORDS and bool(lemmas(said))


def _without_article(said: str) -> str:
    """ "A dark mode" is the "dark mode" for whoever reads a list; "a buyer should pay" stays a sentence."""
    article = None if _frames().modal.search(said) else _ARTICLE.match(said)
    return said[article.end() :] if article else said


def _main_clause(said: str) -> str:
    """From the subject of its modal on: "after two years the fee should fall" is about the fee."""
    modal = _frames().modal.search(said)
    subject = _SUBJECT.match(said[: modal.start()]) if modal else None
    return said[subject.start(1) :] if subject else said


def _clipped(said: str) -> str:
    """The beginning of what was said, not cut within a word, nor behind "the"."""
    if len(said) <= LONGEST:
        return said
    words = said[:LONGEST].split()[:-1]
    while len(words) > 1 and fold(words[-1]) in small_words():
        words.pop()
    return " ".join(words) + " …"


@lru_cache(maxsize=1)
def _frames() -> _Frames:
    parts = tomllib.loads(files("analyze").joinpath("lexicon/clause.toml").read_text("utf-8"))
    one_of = {key: "|".join(ways) for key, ways in parts.items()}
    heading = rf"(?:[\w'’-]+\s){{0,3}}[\w'’-]+: (?=(?:{one_of['verbs']})\b)(?!.*\b(?:it|them)\b)"
    return _Frames(
        occasion=re.compile(rf"(?:{one_of['occasions']})\b[^,.;]*,\s|{heading}", re.I),
        anchor=re.compile(rf"\b(?:{one_of['anchors']})(?!\w)", re.I),
        opener=re.compile(rf"(?:{one_of['openers']})(?!\w)[\s,:;.!–—-]*", re.I),
        closer=re.compile(rf"\b(?:{one_of['closers']})$", re.I),
        end=re.compile(rf"{_SENTENCE_END}|,\s|\s(?:{one_of['breaks']})(?!\w)", re.I),
        modal=re.compile(rf"\b(?:{one_of['modals']})\b", re.I),
        verb=re.compile(rf"(?:{one_of['verbs']})\b", re.I),
    )
