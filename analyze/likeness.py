"""How alike requests are: by the words they share, each weighed by how few of the requests before held it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from math import log, log10, prod, sqrt

from analyze.asks import Ask

_STRANGERS = 50
"""Requests for something else that are taken to have been made before the first one: until there are many
more, all words weigh about the same."""
_ALIKE, _ALIKE_OF_MANY = 0.4, 0.55
"""How much requests for the same share at least, where a hundred have been made and where thousands have."""
_THE_SAME = 0.8
"""Who shares as much, and two words at least, asks for the same, whatever the words are."""
_BY_CHANCE = 0.4
"""Requests that may be expected to hold the same words by chance, divided by the digits of their number."""
_OFTEN, _EVERYWHERE = 5, 0.04
"""What more requests than these and this share of all hold is a matter of the whole community."""
_ALONE = 0.2
"""Words say by themselves what is asked for if this share of the requests that hold them hold nothing else,
as in "tables, please". The names of products and of their parts are said with what they should do."""
_NAME, _FEWEST_NAMED, _NAME_WORDS = 0.5, 3, 3
"""Two words are a name if this share of the requests that hold the rarer one say both in a row, that many at
least. No name has more than so many words."""


class Weights:
    """What the words of requests weigh, by the requests made so far."""

    def __init__(self) -> None:
        self._made = 0
        self._often: Counter[str] = Counter()
        self._alone: Counter[frozenset[str]] = Counter()
        """Requests that say these words and no others, but those that the whole community says."""
        self._beside: Counter[tuple[str, str]] = Counter()
        """Requests that say two words one after the other."""

    def learn(self, words: Sequence[str]) -> None:
        """One more request was made; its words in the order in which they are said."""
        self._made += 1
        self._often.update(words)
        self._beside.update(pairwise(words))
        rare = self._rare(words)
        if len(rare) <= _NAME_WORDS:
            self._alone[rare] += 1

    @property
    def alike(self) -> float:
        """How much requests for the same share at least: the more there are, the more are alike by chance."""
        return min(_ALIKE_OF_MANY, _ALIKE + 0.1 * log10(max(1, self._made / 100)))

    def of(self, words: Iterable[str]) -> dict[str, float]:
        """The weight of each word: 1 where nobody has said it."""
        made = self._made + _STRANGERS
        return {word: log(made / (1 + self._often[word])) / log(made) for word in words}

    def share_by_chance(self, shared: Collection[str]) -> bool:
        """Whether each of several words is in so many requests that two may hold them all by chance.

        The more requests there are, the more words there are that might be shared so.
        """
        made = self._made + _STRANGERS
        expected = made * prod(self._often[word] / made for word in shared)
        return len(shared) > 1 and expected > _BY_CHANCE / len(str(self._made))

    def has_new(self, words: Iterable[str]) -> bool:
        """Whether one of the words has been said a few times only."""
        return any(self._often[word] <= _OFTEN for word in words)

    def tell(self, shared: Collection[str]) -> bool:
        """Whether words say what is asked for, and not only what it is about.

        Two do, as a rule. Those of a name that is always said together ("Internet Explorer") count as one,
        and what the whole community talks about as none; then they have to be asked for alone.
        """
        rare = self._rare(shared)
        names = self._names(rare)
        if len(names) > 1 or any(len(name) > _NAME_WORDS for name in names):
            return True
        return bool(rare) and self._is_asked_for_alone(rare)

    def _rare(self, words: Collection[str]) -> frozenset[str]:
        """What not the whole community says; if there is nothing else, that."""
        most = _OFTEN + _EVERYWHERE * self._made
        return frozenset(word for word in words if self._often[word] <= most) or frozenset(words)

    def _is_asked_for_alone(self, words: frozenset[str]) -> bool:
        """A single word may stand alone by chance: once more for each digit of the number of requests."""
        fewest = len(str(self._made)) if len(words) == 1 else 1
        return self._alone[words] >= max(fewest, _ALONE * min(self._often[word] for word in words))

    def _names(self, words: Iterable[str]) -> list[frozenset[str]]:
        names: list[frozenset[str]] = []
        for word in words:
            whole = [name for name in names if any(self._are_one(word, other) for other in name)]
            names = [name for name in names if name not in whole]
            names.append(frozenset({word}).union(*whole))
        return names

    def _are_one(self, word: str, other: str) -> bool:
        together = self._beside[word, other] + self._beside[other, word]
        return together >= max(_FEWEST_NAMED, _NAME * min(self._often[word], self._often[other]))


class Matter:
    """What one or several requests ask for together."""

    __slots__ = ("_norm", "_said", "first", "often", "weights")

    def __init__(self, first: Ask, weights: Weights) -> None:
        self.first = first
        self.often: Counter[str] = Counter()
        """How many of the requests say each word."""
        self.weights: Mapping[str, float] = {}
        """As they were when the last request was added."""
        self._said = 0
        self.add(first, weights)

    def add(self, asked: Ask, weights: Weights) -> None:
        """One more asks for it."""
        self._said += 1
        self.often.update(asked.words.keys())
        self.weights = weights.of(self.often)
        self._norm = sqrt(sum((weight * self.often[word]) ** 2 for word, weight in self.weights.items()))

    def heaviest(self, number: int) -> list[str]:
        """The words that weigh most, of equals the first by alphabet."""
        return sorted(self.weights, key=lambda word: (-self.weights[word], word))[:number]

    def likeness(self, other: "Matter", weights: Weights) -> float:
        """The cosine to a later request, by what its words weigh; 0 where they are not alike: where they want
        opposite things, or what they share does not say what is asked for."""
        shared = self.often.keys() & other.often.keys()
        both = sum(other.weights[word] ** 2 * self.often[word] * other.often[word] for word in shared)
        cosine = both / (self._norm * other._norm or 1.0)
        if cosine < weights.alike or self.first.is_against(other.first):
            return 0.0
        is_same = cosine >= _THE_SAME and len(shared) > 1 and weights.has_new(shared)
        mostly = [word for word in shared if 2 * self.often[word] >= self._said]
        return cosine if is_same or weights.tell(mostly) else 0.0
