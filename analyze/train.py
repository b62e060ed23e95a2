"""A model of one community: the shipped weights, corrected by what its researchers coded.

The rules stay; what is learnt is how much each of them, and each word, counts here. A few dozen codings move
little, a few hundred move what they speak of.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analyze.agreement import precision_recall_f1
from analyze.linear import Fitting, Linear, read_linear, write_linear
from analyze.model import AnalyzeError

_FEWEST = 20
"""Codings of a label below which nothing general can be learnt of it."""
_FOLDS = 5
_EVENNESS = 0.5
"""0: every example counts the same; 1: all labels together count the same."""
_SCALE = {"r": 1.5, "w": 0.5, "b": 0.5, "n": 0.5, "o": 0.5, "l": 0.3, "e": 0.5, "t": 0.5}
_PENALTIES = (4.0, 16.0, 64.0)
"""How hard it is to move a weight. How much the codings can teach is not known before: the best is kept."""
_LUCK = 0.01
"""What the best of these gains on the average label where the codings teach nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A coded text, as the task's component sees it."""

    features: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    model: Linear
    before: dict[str, float]
    """F1 of each label with the shipped weights."""
    after: dict[str, float]
    """F1 of each label in five-fold cross-validation, on codings that the fold's model had not seen; the best
    of the penalties tried."""

    @property
    def better(self) -> bool:
        """Whether what was learnt helps on the average of the labels, by more than luck."""
        gain = sum(self.after.values()) - sum(self.before.values())
        return gain > _LUCK * len(self.before)


def train(examples: Sequence[Example], shipped: Linear) -> Trained:
    """Learns what labels with enough codings are like; the few codings of another label are left out.

    Raises AnalyzeError if fewer than two labels have enough, or for a label the task does not know.
    """
    counts = Counter(example.label for example in examples)
    if unknown := set(counts) - set(shipped.labels):
        raise AnalyzeError(
            f"{', '.join(sorted(unknown))} is no label of this task; they are {', '.join(shipped.labels)}."
        )
    enough = {label for label, count in counts.items() if count >= _FEWEST}
    if len(enough) < 2:
        had = ", ".join(f"{label} {count}" for label, count in sorted(counts.items())) or "none"
        raise AnalyzeError(
            f"Training needs at least {_FEWEST} codings of each of two labels; there are: {had}. "
            "Draw another sample and code it."
        )
    examples = [example for example in examples if example.label in enough]
    tried = {penalty: _f1(examples, _unseen_labels(examples, shipped, penalty)) for penalty in _PENALTIES}
    best = max(_PENALTIES, key=lambda penalty: sum(tried[penalty].values()))
    return Trained(
        model=_fitted(examples, shipped, best),
        before=_f1(examples, [_label(shipped, example) for example in examples]),
        after=tried[best],
    )


def save(model: Linear, folder: Path, task: str) -> Path:
    """Writes the model beside the warehouse: `<folder>/<task>.tsv`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{task}.tsv"
    write_linear(model, path)
    return path


def saved(folder: Path, task: str) -> Linear | None:
    """The model trained for a task, or None. Raises AnalyzeError if its file is damaged."""
    path = folder / f"{task}.tsv"
    return read_linear(path) if path.exists() else None


def _fitted(examples: Sequence[Example], shipped: Linear, penalty: float) -> Linear:
    from analyze.fitting import fit  # numpy, which the pipeline does without

    rows = [example.features for example in examples]
    labels = [example.label for example in examples]
    how = Fitting(penalty=penalty, least=2, scale=_SCALE)
    return fit(rows, labels, shipped.labels, how, start=shipped, counts=_even(labels))


def _even(labels: Sequence[str]) -> list[float]:
    """What each example counts: rare labels more, or the model learns that the common one is always right."""
    held = Counter(labels)
    return [(len(labels) / len(held) / held[label]) ** _EVENNESS for label in labels]


def _unseen_labels(examples: Sequence[Example], shipped: Linear, penalty: float) -> list[str]:
    labels = [""] * len(examples)
    for fold in range(_FOLDS):
        seen = [example for i, example in enumerate(examples) if i % _FOLDS != fold]
        model = _fitted(seen, shipped, penalty)
        for i in range(fold, len(examples), _FOLDS):
            labels[i] = _label(model, examples[i])
    return labels


def _label(model: Linear, example: Example) -> str:
    chances = model.probabilities_of(example.features)
    return model.labels[chances.index(max(chances))]


def _f1(examples: Sequence[Example], labels: Sequence[str]) -> dict[str, float]:
    pairs = [(example.label, label, 1.0) for example, label in zip(examples, labels, strict=True)]
    return {label: precision_recall_f1(pairs, label)[2] for label in sorted({label for label, _, _ in pairs})}
