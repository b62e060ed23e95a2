"""Proposals that no code covers yet: uncoded mentions that ask for the same, named by their own words.

Two mentions ask for the same if they share two content words that stand next to each other once small words
are gone ("mode that is dark" and "dark modes" share dark+mode). A group is all mentions whose best supported
pair is the same. The pair is also the group's id, so a group keeps its id when new posts arrive.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from analyze.model import Discovered, UncodedMention
from analyze.vocabulary import content_words, lemma

_FEWEST_POSTS = 2


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
    lemmas = [lemma(word) for word in content_words(excerpt)]
    return {(min(a, b), max(a, b)) for a, b in pairwise(lemmas) if a != b}


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
        for first, second in pairwise(content_words(mention.excerpt)):
            if (min(lemma(first), lemma(second)), max(lemma(first), lemma(second))) == pair:
                forms[f"{first} {second}"] += 1
    best = min(forms, key=lambda form: (-forms[form], form))
    return best[0].upper() + best[1:]
