"""Which entries of the codebook a sentence speaks of: spaCy's matchers behind the gate."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analyze import redactions
from analyze.codebook import Codebook
from analyze.gate import Key, fold
from analyze.language import english, trained
from analyze.model import CodebookError
from analyze.patterns import telling
from analyze.phrases import Notated, is_notated, notated, spellings
from analyze.token_patterns import TokenPattern
from analyze.view import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.tokens import Doc


_PLAIN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    proposal_id: str
    facets: tuple[str, ...]
    """The entry's facets that are spoken of, in the order of the codebook."""
    is_refused: bool = False
    """Words before it want it kept away: "don't introduce a late fee"."""


@dataclass(frozen=True, eq=False)
class _Form:
    """A phrase or pattern of an entry, and what it cannot do without: from each of `needed`, one word."""

    key: str
    form: str | Notated | TokenPattern
    keys: frozenset[str]
    needed: tuple[frozenset[str], ...]
    apart: tuple[int | None, ...]
    """How many tokens may stand between each of the needed and the next; None if any number."""

    def possible(self, words: Set[str]) -> bool:
        for options in self.needed:  # noqa: SIM110 - three times as fast as all() of a generator
            if options.isdisjoint(words):
                return False
        return True

    def in_order(self, spaced: str) -> bool:
        """Whether what is needed stands in its order, near enough. `spaced`: folded text, each space single.

        No token goes over a space, so there are at most as many words between two as there may be tokens.
        """
        return not self.needed or self._order.search(spaced) is not None

    @cached_property
    def _order(self) -> re.Pattern[str]:
        return re.compile(_in_order(self.needed, self.apart))


class Linker:
    """Made once from a codebook. Matchers are built, and spaCy loaded, when a sentence needs them.

    Token patterns are slow (30,000 words a second with those of the shipped codebook), so a sentence is read
    only by those of which it has all the words that they need.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._forms = [_form(key, form) for key, form in _forms(codebook)]
        self._by_key: dict[Key, list[_Form]] = defaultdict(list)
        for form in self._forms:
            for key in form.keys:
                self._by_key[key].append(form)
        self._blind = [form for form in self._forms if not form.keys]
        """Patterns without a word that must be there: they read every sentence."""
        self.keys = frozenset(self._by_key)

    def links(self, sentence: Sentence) -> tuple[Link, ...]:
        """The entries spoken of, in the order of the codebook."""
        possible = [*self._possible(sentence), *self._blind]
        if not possible:
            return ()
        doc = self._read(sentence.text.replace("’", "'"))
        found = [hit for matcher in {self._matchers[form] for form in possible} for hit in matcher(doc)]
        if not found:
            return ()
        # "[edited for community guidelines]" is staff's, and speaks of no guidelines.
        masked = list(redactions.marks(sentence.folded))
        places: dict[str, list[int]] = defaultdict(list)
        for key, start, _ in found:
            if not _within(doc[start].idx, masked):
                places[doc.vocab.strings[key]].append(doc[start].idx)
        return tuple(self._ordered(places, sentence.folded))

    def _possible(self, sentence: Sentence) -> list[_Form]:
        woken = sentence.keys & self.keys
        if not woken:
            return []
        words = sentence.vocabulary
        if "'" in sentence.folded:  # to spaCy "client's" is two words
            words = words.union(_PLAIN.findall(sentence.folded))
        possible = [form for key in woken for form in self._by_key[key] if form.possible(words)]
        if not possible:
            return []
        spaced = " ".join(sentence.folded.split())
        return [form for form in possible if form.in_order(spaced)]

    def _ordered(self, places: Mapping[str, Sequence[int]], folded: str) -> Iterator[Link]:
        found: dict[str, set[str]] = defaultdict(set)
        refused: set[str] = set()
        for key, starts in places.items():
            entry, _, facet = key.partition("/")
            found[entry].add(facet)
            if any(_is_refused(folded, start) for start in starts):
                refused.add(entry)
        for proposal in self._codebook.proposals:
            if proposal.id in found:
                facets = tuple(facet for facet in proposal.facets if facet in found[proposal.id])
                yield Link(proposal_id=proposal.id, facets=facets, is_refused=proposal.id in refused)

    @cached_property
    def _nlp(self) -> "Language":
        return trained(self._codebook.spacy) if self._codebook.spacy else english()

    @cached_property
    def _read(self) -> "Callable[[str], Doc]":
        """Blank English makes tokens and no more; a trained pipeline is run."""
        return self._nlp if self._codebook.spacy else self._nlp.make_doc

    @cached_property
    def _matchers(self) -> "dict[_Form, PhraseMatcher | Matcher]":
        """One for all phrases, one for each pattern."""
        from spacy.matcher import Matcher, PhraseMatcher

        nlp = self._nlp
        phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        made: dict[_Form, PhraseMatcher | Matcher] = {}
        for form in self._forms:
            if isinstance(form.form, str):
                phrases.add(form.key, [nlp.make_doc(spelling) for spelling in spellings(form.form)])
                made[form] = phrases
            else:
                made[form] = matcher = Matcher(nlp.vocab)
                short = form.form
                patterns = short.patterns(self._tokens) if isinstance(short, Notated) else [short]
                _add(matcher, form.key, patterns, self._codebook.source)
        return made

    def _tokens(self, option: str) -> list[str]:
        """The words of a phrase as the matchers see them: "client's" is two."""
        return [token.lower_ for token in self._nlp.make_doc(option)]


def _is_refused(folded: str, start: int) -> bool:
    """Whether the words before the place want what begins there kept away."""
    return _refusal().search(folded[:start]) is not None


@lru_cache(maxsize=1)
def _refusal() -> re.Pattern[str]:
    """What stands before a thing that somebody asks to be spared."""
    parts = tomllib.loads(files("analyze").joinpath("lexicon/refusals.toml").read_text("utf-8"))
    before = "|".join(parts["before"]).replace("@brings", f"(?:{'|'.join(parts['brings'])})")
    return re.compile(rf"(?:{before})\Z")


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _add(matcher: "Matcher", key: str, patterns: list[TokenPattern], source: str) -> None:
    try:
        matcher.add(key, patterns)
    except ValueError as error:
        entry = key.partition("/")[0]
        raise CodebookError(f'{source}, entry "{entry}": key `patterns`: {str(error).strip()}') from error


def _forms(codebook: Codebook) -> Iterator[tuple[str, str | Notated | TokenPattern]]:
    """(key, phrase or pattern) of every entry and every facet; a facet's key is `entry/facet`."""
    for proposal in codebook.proposals:
        if proposal.is_bare:
            yield proposal.id, proposal.label
        for facet, form in proposal.forms():
            key = proposal.id if facet is None else f"{proposal.id}/{facet}"
            if isinstance(form, str) and is_notated(form):
                yield key, notated(form, codebook.words)
            else:
                yield key, form


def _form(key: str, form: str | Notated | TokenPattern) -> _Form:
    tokens: Sequence[tuple[frozenset[str], int | None]]
    match form:
        case str():
            tokens = [(frozenset((word,)), 1) for word in _PLAIN.findall(fold(form))]
        case Notated():
            tokens = form.tokens()
        case _:
            tokens = [(frozenset(_words(token)), _most(token)) for token in form]
    # "n't" and "'s" are tokens to spaCy, but no words of ours: they are left to it.
    needed = [at for at, (options, _) in enumerate(tokens) if options and all(map(_PLAIN.fullmatch, options))]
    plain = tuple(tokens[at][0] for at in needed)
    apart = tuple(_between([most for _, most in tokens], at, after) for at, after in pairwise(needed))
    rarest = form.keys if isinstance(form, Notated) else telling([tuple(sorted(one)) for one in plain])
    # To the gate "client's" is another word than "client".
    owners = (f"{word}'s" for word in rarest if not word.endswith("*"))
    return _Form(key, form, frozenset([*rarest, *owners]), plain, apart)


def _most(token: dict[str, Any]) -> int | None:
    """How many tokens of a text it may be at most; None if any number."""
    return 1 if token.get("OP", "1") in {"1", "?"} else None


def _between(mosts: Sequence[int | None], first: int, second: int) -> int | None:
    """How many tokens may stand between two tokens of a pattern."""
    between = [most for most in mosts[first + 1 : second] if most is not None]
    return None if None in mosts[first : second + 1] else sum(between)


def _in_order(needed: Sequence[Iterable[str]], apart: Sequence[int | None]) -> str:
    words = ["|".join(map(re.escape, sorted(options))) for options in needed]
    gaps = [".*?" if most is None else rf"[^ ]*?(?: [^ ]*?){{0,{most + 1}}}?" for most in apart]
    return "".join(f"{gap}(?:{word})" for gap, word in zip(["", *gaps], words, strict=True))


def _words(token: dict[str, Any]) -> tuple[str, ...]:
    """The words a token must be one of; empty if it may be missing or is not told by words."""
    if token.get("OP", "1") not in {"1", "+"}:
        return ()
    for key in ("LOWER", "ORTH", "TEXT"):
        value = token.get(key)
        if isinstance(value, str):
            return (fold(value),)
        if isinstance(value, dict) and isinstance(value.get("IN"), list):
            return tuple(fold(word) for word in value["IN"])
    return ()
