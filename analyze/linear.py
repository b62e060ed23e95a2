"""A linear model over named features: small, readable, the same on every machine.

Weights are kept as a table of text, a feature a line, so that a diff shows what a new fit changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analyze.model import AnalyzeError

_NEGLIGIBLE = 0.02
"""Weights below this are not kept: they would not change a decision and triple the table."""


class Readable(Protocol):
    """What weights are read from: a path, or a file inside the package."""

    def read_text(self, encoding: str | None = None) -> str: ...


@dataclass(frozen=True, slots=True)
class Linear:
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    """One number a label."""
    weights: Mapping[str, tuple[float, ...]]
    """One number a label for each feature known."""

    def probabilities(self, features: Iterable[str]) -> tuple[float, ...]:
        """The softmax of the labels' scores."""
        scores = self.scores(features)
        top = max(scores)
        raised = [exp(score - top) for score in scores]
        total = sum(raised)
        return tuple(value / total for value in raised)

    def scores(self, features: Iterable[str]) -> list[float]:
        """What the labels score; features the model does not know count nothing."""
        scores = list(self.bias)
        weights = self.weights
        for feature in features:
            if row := weights.get(feature):
                for label, weight in enumerate(row):
                    scores[label] += weight
        return scores


def read_linear(file: Readable) -> Linear:
    """Raises AnalyzeError if the table is not one that `write_linear` made."""
    try:
        head, *lines = file.read_text(encoding="utf-8").splitlines()
        labels = tuple(head.split("\t")[1:])
        rows = (line.split("\t") for line in lines)
        weights = {name: tuple(map(float, numbers)) for name, *numbers in rows}
        return Linear(labels, weights.pop(""), weights)
    except (ValueError, KeyError) as error:
        raise AnalyzeError(f"{file} is no table of weights ({error}); fit it again.") from error


def write_linear(model: Linear, path: Path) -> None:
    """Writes the weights in the order of their names; the bias is the feature without a name."""
    rows = [("", model.bias), *sorted(model.weights.items())]
    lines = ["\t".join(["feature", *model.labels])]
    lines += ["\t".join([name, *(f"{number:.4g}" for number in numbers)]) for name, numbers in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """How to fit. `scale`: how much a kind of feature (what stands before its ":") is trusted."""

    penalty: float = 1.0
    """Of the squared weights, a row's loss being 1."""
    least: int = 2
    """Rows a feature must occur in."""
    rounds: int = 300
    scale: Mapping[str, float]


def fit(
    rows: Sequence[Iterable[str]],
    wanted: Sequence[str],
    labels: Sequence[str],
    how: Fitting,
    start: Linear | None = None,
) -> Linear:
    """Regularised softmax regression by Adam on all rows at once: deterministic, no randomness to seed.

    `rows` are the features of each example, `wanted` its label, `labels` all labels in order. With a model to
    start from, its weights are kept where the examples say nothing, and what is learnt is added to them.
    """
    table, names = _table(rows, how)
    target = np.zeros((len(table), len(labels)))
    target[np.arange(len(wanted)), [labels.index(label) for label in wanted]] = 1
    before = start or Linear(tuple(labels), (0.0,) * len(labels), {})
    offset = np.array([before.scores(row) for row in rows])
    weights = _descend(table, target, offset, len(names), how)
    learnt = {
        name: tuple(map(float, row * _scale(name, how)))
        for name, row in zip(names, weights[1:], strict=True)
        if abs(row).max() * _scale(name, how) > _NEGLIGIBLE
    }
    return added(before, Linear(tuple(labels), tuple(map(float, weights[0])), learnt))


def _scale(name: str, how: Fitting) -> float:
    return how.scale.get(name.split(":", 1)[0], 1.0)


def added(one: Linear, other: Linear) -> Linear:
    """The model whose scores are the sums of both models' scores; their labels are the same."""
    nothing = (0.0,) * len(one.labels)
    weights = {
        name: _sum(one.weights.get(name, nothing), other.weights.get(name, nothing))
        for name in sorted({*one.weights, *other.weights})
    }
    return Linear(one.labels, _sum(one.bias, other.bias), weights)


def _sum(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


Row = tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]


def _table(rows: Sequence[Iterable[str]], how: Fitting) -> tuple[list[Row], list[str]]:
    """Each row as (feature numbers, values), number 0 being the bias; names from number 1."""
    sets = [sorted(set(row)) for row in rows]
    counts: dict[str, int] = {}
    for row in sets:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= how.least)
    number = {name: index for index, name in enumerate(names, 1)}
    table: list[Row] = []
    for row in sets:
        known = [name for name in row if name in number]
        values = [1.0, *(_scale(name, how) for name in known)]
        table.append((np.array([0, *(number[name] for name in known)]), np.array(values)))
    return table, names


def _descend(
    table: list[Row],
    target: npt.NDArray[np.float64],
    offset: npt.NDArray[np.float64],
    features: int,
    how: Fitting,
) -> npt.NDArray[np.float64]:
    columns = np.concatenate([numbers for numbers, _ in table])
    values = np.concatenate([values for _, values in table])[:, None]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in table[:-1])])
    owner = np.repeat(np.arange(len(table)), [len(numbers) for numbers, _ in table])
    weights = np.zeros((features + 1, target.shape[1]))
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for turn in range(1, how.rounds + 1):
        scores = offset + np.add.reduceat(weights[columns] * values, starts)
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = raised / raised.sum(axis=1, keepdims=True) - target
        slope = np.zeros_like(weights)
        np.add.at(slope, columns, error[owner] * values)
        slope[1:] += how.penalty * weights[1:]
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        step = mean / (1 - 0.9**turn) / (np.sqrt(spread / (1 - 0.99**turn)) + 1e-8)
        weights -= 0.05 * (1 - turn / (how.rounds + 1)) * step
    return weights
