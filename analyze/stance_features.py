"""What a linear model sees of a reply and of what it answers, to tell support from opposition.

Most replies agree or disagree without saying so: they go on in the same direction, or ask back. What tells
then is how they begin, whether they turn on the way ("but"), whether they talk to the person ("you") or with
them about others ("they"), and what kind of post they answer.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from analyze.citations import uncited
from analyze.gate import fold, marked
from analyze.rules import Lexicon, Match
from analyze.view import Sentence

_PUZZLED = re.compile(
    r"\b(?:don'?t (?:get|know|understand)|no idea|what (?:is|does|are) (?:this|that|it|the)|confused"
    r"|wonder(?:s|ed|ing)?)\b"
)
_PUZZLING = frozenset(
    "know get understand idea what confused wonder wonders wondering wondered".split()  # noqa: SIM905
)
"""One of these stands wherever _PUZZLED is found, and is faster looked for."""
_ECHO = re.compile(
    r"(?:well |but |oh |yes |no |actually )?(?:i|we|they|he|she|it|you|that|mine|some) "
    r"(do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|am)(n't| not|nt)?\b"
    r"\s*(?=[.,;!?—–-]|$)"
)
"""A reply that begins with "They do" or "I can't": what it says depends on whether its post denies."""
_SHORT = 20
"""A wish is short; a longer post that has its words tells something."""
_COULD = frozenset(("could", "should", "can", "might", "need"))
_DENIES = re.compile(r"(?:n't|\bnot?|\bnever|\bnobody|\bcannot|\bno one)\b[^.!?]*[.!?]*\s*$")
_END = 300
"""Characters of what is answered that are looked at: its last sentences are what a reply reacts to."""
_READ = 5
"""Sentences read of a reply: it says what it thinks of a post before it goes on about the matter."""
_MOST_WORDS = 80
"""Of a reply, and of one sentence: a text without full stops is long."""
_TURNS = frozenset({"but", "however", "although", "though", "still", "yet", "except", "only"})
_TURNED = 11
"""Words behind a turn that say where it leads."""
_SPOKEN_OF = ("they", "you", "self", "insult")
_CLASSES = (*_SPOKEN_OF, "wish", "advice")
Words = Mapping[str, frozenset[str]]
"""Word classes by name."""


def classes(words: Mapping[str, Sequence[str]]) -> Words:
    """The word classes that features know, from the [words] of the stance lexicon."""
    return {name: frozenset(words[name]) for name in _CLASSES}


def _words_of(folded: str, found: Sequence[str]) -> Sequence[str]:
    """Of the words and marks found in folded text, those that say something here."""
    if len(folded) > _MOST_WORDS * 12:
        found = marked(folded[: _MOST_WORDS * 12])
    return [word for word in found if word != ":"][:_MOST_WORDS]


def _has(words: frozenset[str], known: Words) -> dict[str, int]:
    """1 for each class of who is spoken of that one of the words is in, 0 for the others."""
    return {name: int(not known[name].isdisjoint(words)) for name in _SPOKEN_OF}


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reply answers, as far as its features go."""

    end: str
    """Its end, folded."""
    words: frozenset[str]
    """Of its end."""
    has: Mapping[str, int]
    """The word classes in it."""
    asks: bool
    puzzled: bool
    """Says that it does not know or understand something: the reply may simply explain."""
    kind: str
    """`asks`, `wishes` well, `advises` or `tells`: what thanks, "done" or "I did" mean depends on it."""

    @property
    def denies(self) -> bool:
        """Its last sentence is negated: a "no" behind it may well agree."""
        return bool(_DENIES.search(self.end))


def answered(text: str, words: Words) -> Answered:
    """Of the text that is answered, as it stands."""
    end = fold(text[-_END:])
    found = _words_of(end, marked(end))
    vocabulary = frozenset(found)
    asks = end.rstrip().endswith("?")
    return Answered(
        end=end,
        words=vocabulary,
        has=_has(vocabulary, words),
        asks=asks,
        puzzled=not _PUZZLING.isdisjoint(vocabulary) and bool(_PUZZLED.search(end)),
        kind="asks" if asks else _kind(found, words),
    )


def _kind(words: Sequence[str], known: Words) -> str:
    if len(words) < _SHORT and not known["wish"].isdisjoint(words):
        return "wishes"
    begins = not known["advice"].isdisjoint(words[:1])
    advises = begins or any(one == "you" and other in _COULD for one, other in pairwise(words))
    return "advises" if advises else "tells"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is read of a reply: its first sentences, and for each its words and the rules found in it."""

    sentences: Sequence[Sentence]
    words: Sequence[Sequence[str]]
    matches: Sequence[Sequence[Match]]


def replied(sentences: Sequence[Sentence], lexicon: Lexicon) -> Reply:
    """Reads the first sentences of a reply."""
    read = sentences[:_READ]
    return Reply(
        sentences=read,
        words=[_words_of(sentence.folded, sentence.marked) for sentence in read],
        matches=[_outspoken(uncited(lexicon.matches(sentence), sentence)) for sentence in read],
    )


def _outspoken(matches: Sequence[Match]) -> list[Match]:
    """Without what lies inside longer words that say something else: "yeah, right" is no "yeah"."""
    if len(matches) < 2:
        return list(matches)
    return [
        one
        for one in matches
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            and "mixed" not in (other.rule.label, one.rule.label)
            and other.rule.label != one.rule.label
            for other in matches
        )
    ]


def features(reply: Reply, before: Answered, words: Words) -> dict[str, Collection[str]]:
    """What is there, by kind:

    `r` a rule in the first sentence, `q` in a later one, `c` which labels stand in which; `w` a word, `e` a
    word of the first sentence; `o` how the reply begins, `f` its second sentence, `l` its last one; `t` a
    word behind a turn; `x` whom it and its post talk to, `k` what its first sentence means behind such a
    post. Each once, always in the same order.

    Pairs of neighbours, the words of the post, and whether both judge alike (by a list of words that judge)
    were tried and told nothing more.
    """
    said = reply.words
    own = list(chain.from_iterable(said))[:_MOST_WORDS]
    vocabulary = dict.fromkeys(own)
    several = len(said) > 1
    return {
        "w": vocabulary,
        "o": _begins(own, 3),
        "f": _begins(said[1], 2) if several else [],
        "l": _begins(said[-1], 2) if several else [],
        "t": [] if _TURNS.isdisjoint(vocabulary) else dict.fromkeys(_turn(own)),
        **_rules(reply.matches),
        "x": _relation(frozenset(vocabulary), before, words),
        "e": dict.fromkeys(said[0]) if said else [],
        "k": dict.fromkeys(_answer(reply, before)) if said else [],
    }


def _begins(words: Sequence[str], most: int) -> Collection[str]:
    """The first word, the first two and so on."""
    return dict.fromkeys([" ".join(words[:n]) for n in range(1, most + 1)])


def _turn(words: Sequence[str]) -> list[str]:
    """What stands behind the first "but" that is not the first word."""
    at = next((index for index, word in enumerate(words) if index and word in _TURNS), None)
    if at is None:
        return []
    return [f"at {min(at // 4, 5)}", *words[at + 1 : at + 1 + _TURNED]]


def _rules(matches: Sequence[Sequence[Match]]) -> dict[str, Collection[str]]:
    first = matches[0] if matches else ()
    later = [match for found in matches[1:] for match in found]
    labels = ["+".join(sorted({match.rule.label for match in some})) or "none" for some in (first, later)]
    return {
        "r": dict.fromkeys([match.rule.name for match in first]),
        "q": dict.fromkeys([match.rule.name for match in later]),
        "c": [f"1 {labels[0]}", f"2 {labels[1]}"],
    }


def _relation(words: frozenset[str], before: Answered, lexicon: Words) -> list[str]:
    """Whom the reply talks to and of, whom its post did, and whether it may simply be an answer."""
    own = _has(words, lexicon)
    post = before.has
    found = [
        f"you {own['you']} they {own['they']} self {own['self']}",
        f"insult {own['insult']} you {own['you']} they {own['they']}",
        f"post you {post['you']} they {post['they']} self {post['self']}",
        f"post asks {before.asks} {'?' in before.words}",
    ]
    if post["insult"] and own["insult"] and not own["you"]:
        found.append("insults others as well")
    if before.asks:
        found += ["after a question", f"after a question {'?' in words}"]
    if before.puzzled:
        found += ["after a puzzle", f"after a puzzle {'?' in words}"]
    return found


def _answer(reply: Reply, before: Answered) -> list[str]:
    """What the first sentence means behind a post of its kind."""
    words = reply.words[0]
    labels = {match.rule.label for match in reply.matches[0]} or {"none"}
    found = [f"{before.kind} {label}" for label in sorted(labels)]
    if "thanks" in words or "thank" in words:
        found.append(f"{before.kind} thanks")
    if words[:1] == ["no"]:
        found.append(f"no after a denial {before.denies}")
    if echo := _ECHO.match(reply.sentences[0].folded):
        found.append(f"echo denies {echo[2] is not None} after a denial {before.denies}")
    return found
