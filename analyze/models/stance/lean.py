"""Finds the lean of analyze/taggers/stance.py on the pairs beside it: `python -m analyze.models.stance.lean`.

Fitted on the short, plain pairs, a model is asked about the long, lifelike ones. What has to be added to its
log-probabilities there for the best macro F1 is the lean. No other text has a part in it.
"""

import sys
from itertools import product

import numpy as np

from analyze.fitting import fit
from analyze.gate import Gate
from analyze.models.stance.fit import HERE, HOW, LABELS, seen, told_by_rules
from analyze.rules import read_lexicon
from analyze.stance_features import classes

PLAIN, LIFELIKE = (1, 2, 3, 8), (4, 5, 6, 7)
NAMES = tuple(LABELS.values())


def examples(numbers: tuple[int, ...]) -> tuple[list[str], list[list[str]]]:
    """(labels, features) of the pairs in the files of these numbers."""
    lexicon = read_lexicon("stance")
    gate, words = Gate(lexicon.cues), classes(lexicon.words)
    labels, rows, post = [], [], ""
    for number in numbers:
        for line in (HERE / f"pairs-{number}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith(">"):
                post = line[2:]
            elif line[:1] in LABELS:
                labels.append(LABELS[line[0]])
                rows.append(seen(post, line[2:], lexicon, gate, words))
    return labels, rows


def lean() -> tuple[float, float]:
    """What to add for support and for neutral; opposition gets nothing."""
    plain, rows = examples(PLAIN)
    model = fit(rows, plain, NAMES, HOW, told_by_rules())
    lifelike, rows = examples(LIFELIKE)
    scores = np.log(np.array([model.probabilities(row) for row in rows]) + 1e-9)
    wanted = np.array([NAMES.index(label) for label in lifelike])

    def macro_f1(added: tuple[float, float]) -> float:
        given = (scores + np.array([*added, 0.0])).argmax(axis=1)
        hits = [2 * ((given == n) & (wanted == n)).sum() for n in range(len(NAMES))]
        sizes = [(given == n).sum() + (wanted == n).sum() for n in range(len(NAMES))]
        return float(np.mean([hit / max(1, size) for hit, size in zip(hits, sizes, strict=True)]))

    steps = [step / 4 for step in range(-4, 13)]
    return max(product(steps, steps), key=macro_f1)


if __name__ == "__main__":
    sys.stdout.write(f"support {lean()[0]}, neutral {lean()[1]}, oppose 0\n")
