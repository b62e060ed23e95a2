"""What an entry of the codebook is about, as a bag of words: read from its label, description and phrases.

Forms find an entry where it is named. A profile tells how near a sentence is to it where it is not: "Half a
star is better than none" names no rating system, but of all entries only that one speaks of stars.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from analyze.codebook import Codebook, Proposal
from analyze.vocabulary import content_words, stem

_CORE, _ASIDE = 1.0, 0.5
"""A word that several forms of an entry share, or its label has, says more than one in passing."""
_SHARED = {1: 1.0, 2: 0.5, 3: 0.25}
"""What a word is worth by the number of entries that have it; beyond that nothing."""


class Profiles:
    """Made once from a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        weights = {entry.id: _weights(entry) for entry in codebook.proposals}
        held = Counter(word for words in weights.values() for word in words)
        self._weights: dict[str, dict[str, float]] = {}
        for entry, words in weights.items():
            for word, weight in words.items():
                if share := _SHARED.get(held[word], 0.0):
                    self._weights.setdefault(word, {})[entry] = weight * share

    def ties(self, words: Iterable[str]) -> Mapping[str, float]:
        """How near these stems are to each entry that they have anything to do with."""
        found: dict[str, float] = {}
        for word in sorted(words):
            for entry, weight in self._weights.get(word, {}).items():
                found[entry] = found.get(entry, 0.0) + weight
        return found


def _weights(entry: Proposal) -> dict[str, float]:
    phrases = [form for form in entry.phrases if isinstance(form, str)]
    phrases += [form for forms in entry.facets.values() for form in forms if isinstance(form, str)]
    counts = Counter(word for phrase in phrases for word in {stem(word) for word in content_words(phrase)})
    weights = {word: _CORE if count > 1 else _ASIDE for word, count in counts.items()}
    for word in content_words(entry.description):
        weights.setdefault(stem(word), _ASIDE)
    return weights | {stem(word): _CORE for word in content_words(entry.label)}
