"""A linear model over named features: small, readable, the same on every machine.

Weights are kept as a table of text, a feature a line, so that a diff shows what a new fit changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Protocol

from analyze.model import AnalyzeError


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
        rows = [row for row in map(self.weights.get, features) if row]
        return [sum(column) for column in zip(self.bias, *rows, strict=True)]


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
