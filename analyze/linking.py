"""Which entries of the codebook a sentence speaks of: spaCy's matchers behind the gate."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analyze import redactions
from analyze.codebook import Codebook, Proposal, TokenPattern
from analyze.gate import fold
from analyze.language import english
from analyze.model import CodebookError
from analyze.patterns import telling
from analyze.view import Sentence

if TYPE_CHECKING:
    from spacy.matcher import Matcher, PhraseMatcher


_PLAIN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    proposal_id: str
    facets: tuple[str, ...]
    """The entry's facets that are spoken of, in the order of the codebook."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What a phrase or pattern cannot do without: from each of `needed`, one word."""

    cues: frozenset[str]
    needed: tuple[frozenset[str], ...]

    def possible(self, words: set[str]) -> bool:
        return not any(options.isdisjoint(words) for options in self.needed)


class Linker:
    """Made once from a codebook. Matchers are built, and spaCy loaded, when a sentence needs them.

    Token patterns are slow (30,000 words a second with those of the shipped codebook), so a sentence is read
    by them only if it has all the words that some phrase or pattern needs.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._by_cue: dict[str, list[_Form]] = defaultdict(list)
        self._blind = False
        """A pattern has no word that must be there: every sentence has to be read."""
        for form in (_form(form) for _, forms in _forms(codebook) for form in forms):
            self._blind = self._blind or not form.cues
            for cue in form.cues:
                self._by_cue[cue].append(form)
        self.cues = frozenset(self._by_cue)

    def links(self, sentence: Sentence) -> tuple[Link, ...]:
        """The entries spoken of, in the order of the codebook."""
        if not (self._blind or self._possible(sentence)):
            return ()
        doc = sentence.tokens
        found = [hit for matcher in self._matchers for hit in matcher(doc)]
        if not found:
            return ()
        # "[edited for community guidelines]" is staff's, and speaks of no guidelines.
        masked = list(redactions.marks(sentence.folded))
        keys = {key for key, start, _ in found if not _within(doc[start].idx, masked)}
        return tuple(self._ordered({doc.vocab.strings[key] for key in keys}))

    def _possible(self, sentence: Sentence) -> bool:
        woken = sentence.said & self.cues
        if not woken:
            return False
        words = set(_PLAIN.findall(sentence.folded))
        return any(form.possible(words) for cue in woken for form in self._by_cue[cue])

    def _ordered(self, keys: set[str]) -> Iterator[Link]:
        found: dict[str, set[str]] = defaultdict(set)
        for key in keys:
            entry, _, facet = key.partition("/")
            found[entry].add(facet)
        for proposal in self._codebook.proposals:
            if proposal.id in found:
                facets = tuple(facet for facet in proposal.facets if facet in found[proposal.id])
                yield Link(proposal_id=proposal.id, facets=facets)

    @cached_property
    def _matchers(self) -> "tuple[PhraseMatcher | Matcher, ...]":
        from spacy.matcher import Matcher, PhraseMatcher

        nlp = english()
        phrases, patterns = PhraseMatcher(nlp.vocab, attr="LOWER"), Matcher(nlp.vocab)
        for key, forms in _forms(self._codebook):
            if said := [nlp.make_doc(form) for form in forms if isinstance(form, str)]:
                phrases.add(key, said)
            if shaped := [form for form in forms if not isinstance(form, str)]:
                _add(patterns, key, shaped, self._codebook.source)
        # spaCy warns of a matcher that has nothing to look for.
        return tuple(matcher for matcher in (phrases, patterns) if len(matcher))


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _add(matcher: "Matcher", key: str, shaped: list[TokenPattern], source: str) -> None:
    try:
        matcher.add(key, shaped)
    except ValueError as error:
        entry = key.partition("/")[0]
        raise CodebookError(f'{source}, entry "{entry}": key `patterns`: {str(error).strip()}') from error


def _forms(codebook: Codebook) -> Iterator[tuple[str, tuple[str | TokenPattern, ...]]]:
    """(key, phrases and patterns) of every entry and every facet; a facet's key is `entry/facet`."""
    for proposal in codebook.proposals:
        yield proposal.id, (*_named(proposal), *proposal.phrases, *proposal.patterns)
        for facet, forms in proposal.facets.items():
            yield f"{proposal.id}/{facet}", forms


def _named(proposal: Proposal) -> Iterable[str]:
    """An entry with no forms at all is still found by its label."""
    return () if proposal.phrases or proposal.patterns else (proposal.label,)


def _form(form: str | TokenPattern) -> _Form:
    if isinstance(form, str):
        needed = [frozenset((word,)) for word in _PLAIN.findall(fold(form))]
    else:
        needed = [frozenset(words) for token in form if (words := _words(token))]
    # "n't" and "'s" are tokens to spaCy, but no words of ours: they are left to it.
    plain = [options for options in needed if all(_PLAIN.fullmatch(word) for word in options)]
    cues = telling([tuple(sorted(options)) for options in plain])
    # To the gate "client's" is another word than "client".
    return _Form(frozenset([*cues, *(f"{cue}'s" for cue in cues)]), tuple(plain))


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
