"""A name for what people ask for together, in their own words.

Where they all ask for the same, it is the request that says it best, cut down to what is asked: "Could you
please bring back the belt wizard, the new page only shows a number?" becomes "Bring back the belt wizard".
Where they share a matter and no more, the name says so: "Lock screen, e.g. “Change its background”". What is
cut away is listed in `lexicon/naming.toml`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from analyze.gate import fold
from analyze.vocabulary import content_words, lemma, lemmas, small_words

LONGEST = 60
"""Characters of what is quoted in a name."""
HEARD = 20
"""Requests that are heard, the first ones: whatever is said later leaves the name as it was."""
EXAMPLE = ", e.g. "
"""Stands between what a group shares and what one of them asks."""
REACH = 3
"""How many content words a pair may span: "dark mode", "dark theme mode"."""
_FEWEST_WORDS = 2
_BEFORE_WORDS = re.compile(r"^(?:[:;=][-']?[DPpxoO3](?!\w)|[^\w\"“„«'])+")
"""What may stand before the first word and names nothing: dashes, arrows, a smiley."""
_AFTER_WORDS = " ,;:.!?-–—"
_SENTENCE_END = r"[.!?;:…](?=\s|$)|\s[-–—(\[]|\.{2,}|\n"
_DETERMINER = r"(?:the|an?|our|your|their|my|all|every|each|any|some|more)\b"
_SUBJECT = re.compile(rf".*\b({_DETERMINER}\s+(?:[\w'’-]+\s+){{1,4}})$", re.I)
_NOTHING_DONE = re.compile(_DETERMINER, re.I)
"""How the name of a thing begins; what is to be done to it, it does not say."""
_NO_REQUEST = re.compile(
    r"[\"“„«]|(?:why|what|how|who|when|where|which|is|are|was|were|do|does|did|has|have|i|i'm|it|they|this"
    r"|that|these|as|to|for|in|if|there|no|not|after|before|with)\b",
    re.I,
)
"""How questions, reports, quotations and pieces of sentences begin."""


@dataclass(frozen=True, slots=True)
class _Frames:
    """What is cut away around what is asked."""

    opener: re.Pattern[str]
    closer: re.Pattern[str]
    end: re.Pattern[str]
    modal: re.Pattern[str]


def names(requests: Sequence[str], shared: Sequence[str]) -> list[str]:
    """Names for a group of requests, the best first; `requests` in the order in which they were made.

    `shared` are the lemmas that hold the group together: two, or one that its thread is about.
    """
    heard = [" ".join(one.split()) for one in requests[:HEARD]]
    often = Counter(word for one in heard for word in set(lemmas(one)))
    asked = dict.fromkeys(map(shortened, heard))
    naming = [one for one in asked if set(shared).issubset(lemmas(one))] or list(asked)
    ranked = sorted(naming, key=lambda one: (*_distance(one, often), one))
    matter = _matter(heard, shared) if len(shared) > 1 else ""
    return [
        one if not matter or _is_asked_by_all(one, often, shared, len(heard)) else f"{matter}{EXAMPLE}“{one}”"
        for one in ranked
    ]


def forms(requests: Sequence[str], shared: Sequence[str]) -> list[str]:
    """The two shared words as people write them beside each other, the most frequent form first."""
    found = Counter(form for one in requests for form in _forms(content_words(one), set(shared)))
    return sorted(found, key=lambda form: (-found[form], form))


def shortened(request: str) -> str:
    """What a request asks for, without its "please" and its reasons: at most LONGEST characters."""
    said = _bare(_BEFORE_WORDS.sub("", " ".join(request.split())))
    if len(said) > LONGEST:
        said = _main_clause(said)
    said = _clipped(said)
    return said[:1].upper() + said[1:]


def _distance(said: str, often: Counter[str]) -> tuple[bool, bool, float]:
    """How far a name is from what all of the group ask: questions and pieces come last, and things without
    what is to be done to them; then by how much of it others say as well, for each word that has to be read.
    """
    common = sum(often[word] - 1 for word in set(lemmas(said)))
    is_piece = said.endswith("…") or bool(_NO_REQUEST.match(said))
    is_thing = bool(_NOTHING_DONE.match(said)) and not _frames().modal.search(said)
    return is_piece, is_thing, -common / (len(said.split()) + REACH)


def _is_asked_by_all(said: str, often: Counter[str], shared: Sequence[str], number: int) -> bool:
    """Whether a request holds the shared words, and half of the others say whatever it says beside them."""
    words = set(lemmas(said))
    return words.issuperset(shared) and all(2 <= often[word] >= number / 2 for word in words - set(shared))


def _matter(heard: Sequence[str], shared: Sequence[str]) -> str:
    """The two shared words as most people write them."""
    said = next(iter(forms(heard, shared)), "")
    beside = re.compile(rf"\b{'[ -]'.join(map(re.escape, said.split()))}\b", re.I)
    written: Counter[str] = Counter(found for one in heard for found in beside.findall(one))
    best = min(written, key=lambda one: (-written[one], one), default=said)
    return best[:1].upper() + best[1:]


def _forms(words: Sequence[str], shared: set[str]) -> Iterator[str]:
    for at, first in enumerate(words):
        for second in words[at + 1 : at + REACH]:
            if {lemma(first), lemma(second)} == shared:
                yield f"{first} {second}"


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
    parts = tomllib.loads(files("analyze").joinpath("lexicon/naming.toml").read_text("utf-8"))
    one_of = {key: "|".join(ways) for key, ways in parts.items()}
    return _Frames(
        opener=re.compile(rf"(?:{one_of['openers']})(?!\w)[\s,:;.!–—-]*", re.I),
        closer=re.compile(rf"\b(?:{one_of['closers']})$", re.I),
        end=re.compile(rf"{_SENTENCE_END}|,\s|\s(?:{one_of['breaks']})(?!\w)", re.I),
        modal=re.compile(rf"\b(?:{one_of['modals']})\b", re.I),
    )
