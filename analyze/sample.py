"""Which posts a researcher codes by hand: a stratified sample, with rare and doubtful findings in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

CONTEXT = ("thread", "role", "answers")
"""What a coder needs to know around a post: title, the author's role, the words of the post answered."""
COLUMNS = ("post_id", *CONTEXT, "text", "weight", "coder", "label")
"""Of the CSV. `coder` and `label` are empty: they are for the coder. Nothing tells what the machine said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one coder said of one post."""

    post_id: str
    coder: str
    label: str
    weight: float = 1.0
    """How many posts of the corpus the post stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post with what the machine says of it for one task."""

    post_id: str
    text: str
    label: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    candidate: Candidate
    stratum: str
    weight: float
    """How many posts of the corpus it stands for: what was drawn from a small stratum weighs less."""

    def row(self, context: Mapping[str, str]) -> dict[str, str]:
        """Its line of the CSV, by COLUMNS."""
        candidate = self.candidate
        return {
            "post_id": candidate.post_id,
            **{name: _harmless(context.get(name, "")) for name in CONTEXT},
            "text": _harmless(candidate.text),
            "weight": f"{self.weight:.6g}",
            "coder": "",
            "label": "",
        }


def draw(candidates: Iterable[Candidate], n: int, seed: int = 0) -> list[Drawn]:
    """At most `n` posts, as evenly over the strata as their sizes allow, in an order that tells nothing.

    The same candidates, in whatever order, and the same seed give the same sample.
    """
    strata: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        strata[stratum(candidate)].append(candidate)
    shares = _shares({name: len(held) for name, held in strata.items()}, n)
    drawn = [
        Drawn(candidate=candidate, stratum=name, weight=len(strata[name]) / share)
        for name, share in shares.items()
        for candidate in sorted(strata[name], key=lambda one: _lot(one.post_id, seed))[:share]
    ]
    return sorted(drawn, key=lambda one: _lot(one.candidate.post_id, seed + 1))


def stratum(candidate: Candidate) -> str:
    """The machine's label and how sure it is: "propose 0.5-0.8"."""
    low, high = next(
        (low, high) for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 1.01)) if candidate.confidence < high
    )
    return f"{candidate.label} {low:g}-{min(high, 1.0):g}"


def _shares(sizes: dict[str, int], n: int) -> dict[str, int]:
    """How many to draw of each stratum: an even share, what small strata cannot fill going to the others."""
    shares: dict[str, int] = {}
    left = n
    for done, name in enumerate(sorted(sizes, key=lambda name: (sizes[name], name))):
        shares[name] = min(sizes[name], left // (len(sizes) - done))
        left -= shares[name]
    return {name: share for name, share in sorted(shares.items()) if share}


def _lot(post_id: str, seed: int) -> bytes:
    return sha256(f"{seed}:{post_id}".encode()).digest()


def _harmless(words: str) -> str:
    """What begins like a formula ("+1 for this") would be taken for one by a spreadsheet, and run."""
    return f" {words}" if words.startswith(("=", "+", "-", "@")) else words
