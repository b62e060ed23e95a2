"""Which posts a researcher codes by hand: a stratified sample, with rare and doubtful findings in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

COLUMNS = ("post_id", "stratum", "weight", "text", "coder", "label")
"""Of the CSV. `coder` and `label` are empty: they are for the coder, who does not see the machine's label."""


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

    def row(self) -> dict[str, str]:
        """Its line of the CSV, by COLUMNS."""
        candidate = self.candidate
        return {
            "post_id": candidate.post_id,
            "stratum": self.stratum,
            "weight": f"{self.weight:.6g}",
            "text": candidate.text,
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


def read_labels(rows: Iterable[dict[str, str]]) -> Sequence[tuple[str, str, str]]:
    """(post id, coder, label) of the coded lines of a sample's CSV; no label means not coded yet."""
    return [
        (row["post_id"], (row.get("coder") or "").strip() or "1", row["label"].strip())
        for row in rows
        if (row.get("label") or "").strip()
    ]
