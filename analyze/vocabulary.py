"""Content words: what is left of a sentence once small words are gone, without their inflection."""

import re
from functools import lru_cache

from analyze.gate import fold

WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SMALL_WORDS = """
a able about above actually add added adding after again all allow allowed allows already also although
always am an and any anyone anything app application are aren't as ask asked at available away back be
became because become been before being best better between bit bring but by call came can can't cannot
case cent change choose come comes consider could couldn't course create currently day days did didn't do
does doesn't doing don't done down each easier easy eight either else enable enough even ever every
everybody everyone everything exactly example fact feature few first five fix for found four from further
get gets getting give given go goes going gone good got great guys had happy has hasn't have haven't
having he hello help helpful her here hers hi him his hope hour hours how however i i'd i'll i'm i've
idea if implement improve in include instead into is isn't it it'd it's its just keep kept kind kindly
knew know known last later least less let let's like little long look looks lot love made make makes
making many may maybe me mean means might mine minute minutes moment month months more most much must my
myself near need needed needs neither never new next nice nine no nobody none nor not nothing now of off
offer often ok okay old on once one one's ones only option or other others ought our out over own pay
people per percent perhaps person place please pls point possible prefer probably proposal propose
provide put quite rather read really reason remove request right said same saw say says second see seem
seems seen set seven shall she should shouldn't show side simple simply since six so some somebody
someone something sometimes soon still stop such suggest suggestion support sure take taken tell ten than
thank thanks that that'd that's the their them then there there's these they they'd they'll they're
they've thing things think third this those though thought three through time times to today together
told tomorrow too took top toward tried try two u under until up upon us use used useful user users using
usually very want wanted was wasn't way we we'd we'll we're we've week weeks well went were weren't what
what's when where whether which while who who's whole whom whose why will wish with within without won't
wonderful word words work would wouldn't year years yes yesterday yet you you'd you'll you're you've your
yours yourself
"""

_BACK = re.compile(
    r"\b(?:it|this|that|these|those|they|them|one|ones|both|either|neither|such|same|instead|then|so)\b"
)


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Words that stand in sentences about anything."""
    return frozenset(_SMALL_WORDS.split())


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, as written but folded, in order; those of addresses do not."""
    small = small_words()
    return [word for word in WORD.findall(ADDRESS.sub(" ", fold(text))) if word not in small]


def lemmas(text: str) -> list[str]:
    """The content words without their inflection, in order."""
    return [lemma(word) for word in content_words(text)]


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """A word without its inflection, by rule: "tabs" and "tab", "sorting" and "sort" are the same word."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and re.search(r"[aeiouy]", stem):
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if doubled else stem
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A lemma without what makes it a noun: "arbitrate" and "arbitration" are about the same."""
    short = lemma(word)
    for ending in ("ion", "or"):
        if short.endswith("t" + ending) and len(short) > len(ending) + 4:
            return short.removesuffix(ending)
    return short.removesuffix("e") if len(short) > 3 else short


def stems(text: str) -> frozenset[str]:
    """What a text is about: the stems of its content words."""
    return frozenset(map(stem, content_words(text)))


def points_back(text: str, few: int) -> bool:
    """Whether a sentence of at most `few` content words leaves it to "it" or "both" what it is about."""
    return bool(_BACK.search(fold(text))) and len(stems(text)) <= few
