"""Proposals that no code covers yet: uncoded mentions that ask for the same, named by their own words.

Two mentions ask for the same if they share two content words that stand next to each other once small words
are gone ("mode that is dark" and "dark modes" share dark+mode). A group is all mentions whose best supported
pair is the same. The pair is also the group's id, so a group keeps its id when new posts arrive.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from analyze.gate import fold
from analyze.model import Discovered, UncodedMention

_FEWEST_POSTS = 2
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
_SMALL_WORDS = """
a able about above add added adding after again all allow allowed allows already also although always am
an and any anyone anything app application are as ask at available back be because been before being
best better between bring but by can can't change choose consider cool could create currently did do
does doesn't doing don't each easier easy either else enable even ever every everyone everything example
feature fix for from further get give given go going good got great guys had happy has have having he
hello help helpful her here hi him his hope how however i i'd i'll i'm i've idea if implement improve in
include instead into is it it'd it's its just keep kindly know least less let like long look lot love
made make makes many may maybe me mean might more most much must my need needed needs never new next
nice no not now of off offer ok on once one only option or other others ought our out over own pay
people perhaps please pls possible prefer proposal propose provide put rather really remove request
right same say see set should show simple since so some somebody someone something soon still stop such
suggest suggestion support sure take than thank thanks that that's the their them then there these they
thing things think this those though through time to too try two u under until up us use used useful
user users using very want was way we well were what when where whether which while who why will wish
with without wonderful won't work would yes yet you your
"""


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(_SMALL_WORDS.split())


def group(mentions: Sequence[UncodedMention]) -> list[Discovered]:
    """The groups with mentions in at least two posts, the biggest first; each mention is in one at most.

    The order of `mentions` does not matter.
    """
    ordered = sorted(mentions, key=lambda mention: mention.mention_id)
    pairs = {mention.mention_id: content_pairs(mention.excerpt) for mention in ordered}
    support = _support(ordered, pairs)
    members: dict[tuple[str, str], list[UncodedMention]] = defaultdict(list)
    for mention in ordered:
        known = [pair for pair in pairs[mention.mention_id] if support[pair] >= _FEWEST_POSTS]
        if known:
            members[min(known, key=lambda pair: (-support[pair], pair))].append(mention)
    found = [
        _discovered(pair, held)
        for pair, held in members.items()
        if len({mention.post_id for mention in held}) >= _FEWEST_POSTS
    ]
    return sorted(found, key=lambda one: (-len(one.mention_ids), one.id))


def content_pairs(excerpt: str) -> set[tuple[str, str]]:
    """Neighbouring content words of a sentence as lemmas; the words of a pair are in alphabetical order."""
    lemmas = [lemma(word) for word in _content(excerpt)]
    return {(min(a, b), max(a, b)) for a, b in pairwise(lemmas) if a != b}


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


def _content(excerpt: str) -> list[str]:
    small = _small()
    return [word for word in _WORD.findall(fold(excerpt)) if word not in small]


def _support(
    mentions: Iterable[UncodedMention], pairs: Mapping[str, set[tuple[str, str]]]
) -> Counter[tuple[str, str]]:
    """In how many posts each pair stands: saying it twice in a post is saying it once."""
    seen = {(mention.post_id, pair) for mention in mentions for pair in pairs[mention.mention_id]}
    return Counter(pair for _, pair in seen)


def _discovered(pair: tuple[str, str], held: Sequence[UncodedMention]) -> Discovered:
    shortest = min(held, key=lambda mention: (len(mention.excerpt), mention.mention_id))
    posts = len({mention.post_id for mention in held})
    return Discovered(
        id=f"discovered_{'_'.join(re.sub(r'[^a-z0-9]+', '_', word) for word in pair)}",
        label=_name(pair, held),
        description=f"Asked for in {posts} posts, for example: “{' '.join(shortest.excerpt.split())}”",
        mention_ids=tuple(mention.mention_id for mention in held),
    )


def _name(pair: tuple[str, str], held: Sequence[UncodedMention]) -> str:
    """The two words as most mentions write them, in the order in which most mention them."""
    forms: Counter[str] = Counter()
    for mention in held:
        for first, second in pairwise(_content(mention.excerpt)):
            if (min(lemma(first), lemma(second)), max(lemma(first), lemma(second))) == pair:
                forms[f"{first} {second}"] += 1
    best = min(forms, key=lambda form: (-forms[form], form))
    return best[0].upper() + best[1:]
