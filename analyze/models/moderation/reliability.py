"""How good the fit is on posts that it has not seen, and whether its confidences mean what they say:
`python reliability.py`.

Five times a fifth is left out. Half of the staff's posts here moderate, which is more than on a forum.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyze.agreement import precision_recall_f1
from analyze.models.moderation.fit import fitted, rows
from analyze.notice_features import NONE

FOLDS = 5
BOUNDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
Judged = tuple[str, float, float]
"""(label, chance that it moderates by a fit that left it out, how much it counts) of a sentence."""


def judged() -> list[Judged]:
    examples = list(rows())
    found: list[Judged] = []
    for fold in range(FOLDS):
        model = fitted([row for number, row in enumerate(examples) if number % FOLDS != fold])
        found += [
            (label, 1 - model.probabilities_of(seen)[0], counts)
            for label, seen, counts in examples[fold::FOLDS]
        ]
    return found


def told(found: Sequence[Judged]) -> Iterator[str]:
    """A line on all, then a line a range of chances."""
    pairs = [(str(label != NONE), str(chance >= 0.5), counts) for label, chance, counts in found]
    yield "moderates: precision {:.3f} recall {:.3f} F1 {:.3f}".format(*precision_recall_f1(pairs, "True"))
    for low, high in pairwise(BOUNDS):
        inside = [row for row in found if low <= row[1] < high]
        if total := sum(counts for _, _, counts in inside):
            said = sum(chance * counts for _, chance, counts in inside) / total
            right = sum(counts for label, _, counts in inside if label != NONE) / total
            yield f"from {low:.2f}: {len(inside)} sentences, said {said:.2f}, is {right:.2f}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in told(judged()))
