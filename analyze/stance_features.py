"""What a linear model sees of a reply and of what it answers, to tell support from opposition.

Most replies agree or disagree without saying so: they go on in the same direction, or ask back. What tells
then is how they begin, whether they turn on the way ("but"), whether they talk to the person ("you") or with
them about others ("they"), and what kind of post they answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyze.gate import fold
from analyze.rules import Lexicon, Match
from analyze.view import Sentence

_WORD = re.compile(r"[a-z][a-z']*|\d+|[?!]|\.\.+|…")
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


def _words_of(folded: str, most: int = _MOST_WORDS) -> list[str]:
    """The words of folded text and the marks that say something; numbers are all alike."""
    return ["0" if word.isdigit() else word for word in _WORD.findall(folded, 0, most * 12)[:most]]


def _has(words: Sequence[str], known: Words) -> dict[str, int]:
    """1 for each class of who is spoken of that one of the words is in, 0 for the others."""
    return {name: int(not known[name].isdisjoint(words)) for name in _SPOKEN_OF}


@dataclass(frozen=True, slots=True)
class Answered:
    """What a reply answers, as far as its features go."""

    end: str
    """Its end, folded."""
    words: Sequence[str]
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
    found = _words_of(end)
    asks = end.rstrip().endswith("?")
    return Answered(
        end=end,
        words=found,
        has=_has(found, words),
        asks=asks,
        puzzled=not _PUZZLING.isdisjoint(found) and bool(_PUZZLED.search(end)),
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
        words=[_words_of(sentence.folded) for sentence in read],
        matches=[_outspoken(lexicon.matches(sentence)) for sentence in read],
    )


def _outspoken(matches: Sequence[Match]) -> list[Match]:
    """Without what lies inside longer words that say something else: "yeah, right" is no "yeah"."""
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


def features(reply: Reply, before: Answered, words: Words) -> list[str]:
    """Names of what is there, by kind:

    `r` a rule in the first sentence, `q` in a later one, `c` which labels stand in which; `w` a word, `e` a
    word of the first sentence; `o` how the reply begins, `f` its second sentence, `l` its last one; `t` a
    word behind a turn; `x` whom it and its post talk to, `k` what its first sentence means behind such a
    post. Each name once, always in the same order.

    Pairs of neighbours, the words of the post, and whether both judge alike (by a list of words that judge)
    were tried and told nothing more.
    """
    said = reply.words
    own = [word for sentence in said for word in sentence][:_MOST_WORDS]
    found = [f"w:{word}" for word in own]
    found += _begins("o", own, 3)
    if len(said) > 1:
        found += _begins("f", said[1], 2) + _begins("l", said[-1], 2)
    found += _turn(own)
    found += _rules(reply.matches)
    found += _relation(own, before, words)
    if said:
        found += [f"e:{word}" for word in said[0]]
        found += _answer(reply, before)
    return list(dict.fromkeys(found))


def _begins(kind: str, words: Sequence[str], most: int) -> list[str]:
    return [f"{kind}:{' '.join(words[:n])}" for n in range(1, most + 1)]


def _turn(words: Sequence[str]) -> list[str]:
    """What stands behind the first "but" that is not the first word."""
    at = next((index for index, word in enumerate(words) if index and word in _TURNS), None)
    if at is None:
        return []
    return [f"t:at {min(at // 4, 5)}", *(f"t:{word}" for word in words[at + 1 : at + 1 + _TURNED])]


def _rules(matches: Sequence[Sequence[Match]]) -> list[str]:
    first = matches[0] if matches else ()
    later = [match for found in matches[1:] for match in found]
    labels = ["+".join(sorted({match.rule.label for match in some})) or "none" for some in (first, later)]
    found = [f"r:{match.rule.name}" for match in first] + [f"q:{match.rule.name}" for match in later]
    return [*found, f"c:1 {labels[0]}", f"c:2 {labels[1]}"]


def _relation(words: Sequence[str], before: Answered, lexicon: Words) -> list[str]:
    """Whom the reply talks to and of, whom its post did, and whether it may simply be an answer."""
    own = _has(words, lexicon)
    post = before.has
    found = [
        f"x:you {own['you']} they {own['they']} self {own['self']}",
        f"x:insult {own['insult']} you {own['you']} they {own['they']}",
        f"x:post you {post['you']} they {post['they']} self {post['self']}",
        f"x:post asks {before.asks} {'?' in before.words}",
    ]
    if post["insult"] and own["insult"] and not own["you"]:
        found.append("x:insults others as well")
    if before.asks:
        found += ["x:after a question", f"x:after a question {'?' in words}"]
    if before.puzzled:
        found += ["x:after a puzzle", f"x:after a puzzle {'?' in words}"]
    return found


def _answer(reply: Reply, before: Answered) -> list[str]:
    """What the first sentence means behind a post of its kind."""
    words = reply.words[0]
    labels = {match.rule.label for match in reply.matches[0]} or {"none"}
    found = [f"k:{before.kind} {label}" for label in sorted(labels)]
    if "thanks" in words or "thank" in words:
        found.append(f"k:{before.kind} thanks")
    if words[:1] == ["no"]:
        found.append(f"k:no after a denial {before.denies}")
    if echo := _ECHO.match(reply.sentences[0].folded):
        found.append(f"k:echo denies {echo[2] is not None} after a denial {before.denies}")
    return found
