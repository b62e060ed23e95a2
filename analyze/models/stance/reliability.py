"""How far confidences of stances can be trusted: `python -m analyze.models.stance.reliability`.

Each file of pairs is judged by a model fitted on the others. Printed are the softening under which the
probabilities fit best (see SOFTER in fit.py), and under the one that is used: how sure the model was of what
it said, and how often it was right.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from analyze.linear import Linear
from analyze.models.stance.fit import NAMES, SHARES, SOFTER, Example, calibrated, examples, fitted

FOLDS = 5
STEPS = [step / 20 for step in range(8, 31)]
BANDS = (0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Fold:
    model: Linear
    known: Sequence[Example]
    """What it is fitted on."""
    held: Sequence[Example]
    """Examples of files it has not seen."""


@dataclass(frozen=True, slots=True)
class Judged:
    sure: dict[str, float]
    """Probability of each stance."""
    label: str
    weight: float
    """Makes stances as frequent as SHARES says."""

    @property
    def best(self) -> str:
        return max(self.sure, key=lambda name: self.sure[name])


def folds(rows: Sequence[Example]) -> list[Fold]:
    names = sorted({row.file for row in rows})
    made = []
    for number in range(FOLDS):
        files = set(names[number::FOLDS])
        known = [row for row in rows if row.file not in files]
        made.append(Fold(fitted(known), known, [row for row in rows if row.file in files]))
    return made


def judged(parts: Sequence[Fold], softer: float) -> Iterator[Judged]:
    for part in parts:
        model = calibrated(part.model, part.known, softer)
        counts = {name: sum(row.label == name for row in part.held) for name in NAMES}
        for row in part.held:
            sure = dict(zip(NAMES, model.probabilities_of(row.features), strict=True))
            yield Judged(sure, row.label, SHARES[row.label] * len(part.held) / counts[row.label])


def loss(parts: Sequence[Fold], softer: float) -> float:
    return -sum(one.weight * log(max(one.sure[one.label], 1e-9)) for one in judged(parts, softer))


def table(rows: Sequence[Judged]) -> Iterator[str]:
    yield "confidence   given  said  right"
    for low, high in pairwise(BANDS):
        band = [one for one in rows if low <= one.sure[one.best] < high]
        if total := sum(one.weight for one in band):
            said = sum(one.sure[one.best] * one.weight for one in band) / total
            right = sum(one.weight for one in band if one.best == one.label) / total
            yield f"{low:.2f} - {min(high, 1):.2f}  {len(band):5}  {said:.2f}  {right:.2f}"


if __name__ == "__main__":
    split = folds(examples())
    lines = [f"best softening {min(STEPS, key=lambda step: loss(split, step))}, used {SOFTER}"]
    sys.stdout.write("\n".join([*lines, *table(list(judged(split, SOFTER)))]) + "\n")
