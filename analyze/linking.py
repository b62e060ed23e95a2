"""Which entries of the codebook a sentence speaks of: spaCy's matchers behind the gate."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analyze.codebook import Codebook, Proposal, TokenPattern
from analyze.gate import fold
from analyze.language import english
from analyze.model import CodebookError
from analyze.rules import telling
from analyze.view import Sentence

if TYPE_CHECKING:
    from spacy.matcher import Matcher, PhraseMatcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    proposal_id: str
    facets: tuple[str, ...]
    """The entry's facets that are spoken of, in the order of the codebook."""


class Linker:
    """Made once from a codebook. Matchers are built, and spaCy loaded, when a sentence needs them."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        cues: set[str] = set()
        blind = False
        for _, forms in _forms(codebook):
            for form in forms:
                needed = _needed(form)
                cues.update(needed)
                blind = blind or not needed
        self.cues = frozenset(cues)
        self._blind = blind
        """A pattern has no word that must be there: every sentence has to be read."""

    def links(self, sentence: Sentence) -> tuple[Link, ...]:
        """The entries spoken of, in the order of the codebook."""
        if not (self._blind or any(cue in self.cues for _, cue in sentence.cues)):
            return ()
        phrases, patterns = self._matchers
        doc = sentence.tokens
        strings = doc.vocab.strings
        keys = {strings[key] for key, _, _ in [*phrases(doc), *patterns(doc)]}
        return tuple(self._ordered(keys)) if keys else ()

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
    def _matchers(self) -> tuple["PhraseMatcher", "Matcher"]:
        from spacy.matcher import Matcher, PhraseMatcher

        nlp = english()
        phrases, patterns = PhraseMatcher(nlp.vocab, attr="LOWER"), Matcher(nlp.vocab)
        for key, forms in _forms(self._codebook):
            if said := [nlp.make_doc(form) for form in forms if isinstance(form, str)]:
                phrases.add(key, said)
            if shaped := [form for form in forms if not isinstance(form, str)]:
                _add(patterns, key, shaped, self._codebook.source)
        return phrases, patterns


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


def _needed(form: str | TokenPattern) -> tuple[str, ...]:
    """Words one of which must stand in a sentence with this form; empty if there is no such word."""
    if isinstance(form, str):
        return tuple(telling([(word,) for word in fold(form).split()]))
    required = [words for token in form if (words := _words(token))]
    return tuple(telling(required))


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
