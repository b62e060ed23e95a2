"""A codebook tried on texts: what each phrase and pattern of it finds."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from analyze.codebook import Codebook, Proposal
from analyze.gate import Gate
from analyze.linking import Linker
from analyze.model import Statement
from analyze.view import view


@dataclass(slots=True, kw_only=True)
class Tried:
    """One phrase or pattern, and what it found."""

    entry: str
    facet: str | None
    phrase: str
    """As the codebook has it; a pattern as JSON."""
    texts: int = 0
    """Texts in which it was found."""
    example: str | None = None
    """The first sentence in which it was found."""


def tried(codebook: Codebook, texts: Iterable[str]) -> list[Tried]:
    """All forms of a codebook looked for in the texts; an entry without any is looked for by its label.

    In the order of the entries, the forms of each that find most first.
    """
    found: dict[str, Tried] = {}
    alone: list[Proposal] = []
    for one, fields in _forms(codebook):
        # Each as an entry of its own: what finds which is told apart as entries are.
        alone.append(Proposal(id=f"form_{len(alone)}", **fields))
        found[alone[-1].id] = one
    linker = Linker(replace(codebook, proposals=tuple(alone)))
    gate = Gate(linker.keys)
    for text in texts:
        seen: set[str] = set()
        for sentence in view(Statement(id="", text=text), gate).sentences:
            for link in linker.links(sentence):
                one = found[link.proposal_id]
                one.example = one.example or sentence.text
                one.texts += link.proposal_id not in seen
                seen.add(link.proposal_id)
    entries = [entry.id for entry in codebook.proposals]
    return sorted(found.values(), key=lambda one: (entries.index(one.entry), -one.texts))


def _forms(codebook: Codebook) -> Iterator[tuple[Tried, dict[str, Any]]]:
    """Every form, and the fields of an entry that has nothing else."""
    for entry in codebook.proposals:
        if entry.is_bare:
            yield Tried(entry=entry.id, facet=None, phrase=entry.label), {"label": entry.label}
        for facet, form in entry.forms():
            is_phrase = isinstance(form, str)
            shown = form if isinstance(form, str) else json.dumps(form, ensure_ascii=False)
            fields = {"label": entry.label, "phrases" if is_phrase else "patterns": (form,)}
            yield Tried(entry=entry.id, facet=facet, phrase=shown), fields
