"""How good the fit is on sentences that it has not seen, and whether its confidences mean what they say:
`python reliability.py`.

Five times a fifth is left out. Then of all sentences said to ask with 0.8 to 0.9, about 85 % should.
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyze.agreement import precision_recall_f1
from analyze.fitting import fit
from analyze.gate import Gate
from analyze.linear import added
from analyze.models.proposals.fit import HOW, LABELS, seen, sentences, told_by_rules
from analyze.rules import read_lexicon

FOLDS = 5
BOUNDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def judged() -> list[tuple[str, tuple[float, ...]]]:
    """(label, probabilities of the labels by a fit that left it out) of every sentence."""
    lexicon = read_lexicon("proposals")
    gate = Gate(lexicon.keys)
    rows = [(label, seen(text, lexicon, gate)) for label, text in sentences()]
    found: list[tuple[str, tuple[float, ...]]] = []
    for fold in range(FOLDS):
        kept = [row for number, row in enumerate(rows) if number % FOLDS != fold]
        learnt = fit([row for _, row in kept], [label for label, _ in kept], tuple(LABELS.values()), HOW)
        model = added(learnt, told_by_rules())
        found += [(label, model.probabilities_of(row)) for label, row in rows[fold::FOLDS]]
    return found


def told(found: Sequence[tuple[str, tuple[float, ...]]]) -> Iterator[str]:
    """A line a label, then a line a range of confidences."""
    names = tuple(LABELS.values())
    guessed = [names[chances.index(max(chances))] for _, chances in found]
    pairs = [(label, guess, 1.0) for (label, _), guess in zip(found, guessed, strict=True)]
    for name in names:
        precision, recall, f1 = precision_recall_f1(pairs, name)
        yield f"{name}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"
    for low, high in pairwise(BOUNDS):
        inside = [(chances[1], label == names[1]) for label, chances in found if low <= chances[1] < high]
        if inside:
            said = sum(chance for chance, _ in inside) / len(inside)
            right = sum(is_ for _, is_ in inside) / len(inside)
            yield f"propose from {low:.2f}: {len(inside)} sentences, said {said:.2f}, is {right:.2f}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in told(judged()))
