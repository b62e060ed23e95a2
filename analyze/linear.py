"""A linear model over named features: small, readable, the same on every machine.

Weights are kept as a table of text, a feature a line, so that a diff shows what a new fit changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp
from pathlib import Path
from typing import Protocol

from analyze.model import AnalyzeError


class Readable(Protocol):
    """What weights are read from: a path, or a file inside the package."""

    def read_text(self, encoding: str | None = None) -> str: ...


ByKind = Mapping[str, Iterable[str]]
"""Features by their kind: {"w": ["please", "add"]} are "w:please" and "w:add", and faster looked up."""


def names(features: ByKind) -> list[str]:
    """The features by name, in their order."""
    return [f"{kind}:{value}" for kind, values in features.items() for value in values]


@dataclass(frozen=True)
class Linear:
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    """One number a label."""
    weights: Mapping[str, tuple[float, ...]]
    """One number a label for each feature known."""

    def probabilities(self, features: ByKind) -> tuple[float, ...]:
        """The softmax of the labels' scores. No feature may be there twice."""
        known = self.by_kind
        rows: list[tuple[float, ...]] = []
        for kind, values in features.items():
            if kind in known:
                rows += filter(None, map(known[kind].get, values))
        return _softmax(self._summed(rows))

    def probabilities_of(self, features: Iterable[str]) -> tuple[float, ...]:
        """The same for features by name."""
        return _softmax(self.scores(features))

    def scores(self, features: Iterable[str]) -> list[float]:
        """What the labels score; features the model does not know count nothing."""
        return self._summed(filter(None, map(self.weights.get, features)))

    def _summed(self, rows: Iterable[tuple[float, ...]]) -> list[float]:
        return [sum(column) for column in zip(self.bias, *rows, strict=True)]

    @cached_property
    def by_kind(self) -> dict[str, dict[str, tuple[float, ...]]]:
        tables: dict[str, dict[str, tuple[float, ...]]] = {}
        for name, row in self.weights.items():
            kind, _, value = name.partition(":")
            tables.setdefault(kind, {})[value] = row
        return tables


def _softmax(scores: list[float]) -> tuple[float, ...]:
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return tuple(value / total for value in raised)


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
