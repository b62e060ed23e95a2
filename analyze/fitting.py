"""Fitting a linear model. Kept from `analyze.linear` so that whoever only tags does not load numpy."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from analyze.linear import Fitting, Linear, added

_NEGLIGIBLE = 0.02
"""Weights below this are not kept: they would not change a decision and triple the table."""

Row = tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]


def fit(
    rows: Sequence[Iterable[str]],
    wanted: Sequence[str],
    labels: Sequence[str],
    how: Fitting,
    start: Linear | None = None,
    counts: Sequence[float] | None = None,
    doubt: float = 0.0,
) -> Linear:
    """Regularised softmax regression by Adam on all rows at once: deterministic, no randomness to seed.

    `rows` are the features of each example, `wanted` its label, `labels` all labels in order. With a model to
    start from, its weights are kept where the examples say nothing, and what is learnt is added to them.
    `counts` says for how many examples each row counts; 1 where it is left out. `doubt` is the share of each
    example that is spread over all labels alike, so that no example is believed without reserve.
    """
    table, names = _table(rows, how)
    target = np.full((len(table), len(labels)), doubt / len(labels))
    target[np.arange(len(wanted)), [labels.index(label) for label in wanted]] += 1 - doubt
    before = start or Linear(tuple(labels), (0.0,) * len(labels), {})
    offset = np.array([before.scores(row) for row in rows])
    often = np.array(counts if counts is not None else [1.0] * len(table))
    weights = _descend(table, target, offset, often, len(names), how)
    learnt = {
        name: tuple(map(float, row * _scale(name, how)))
        for name, row in zip(names, weights[1:], strict=True)
        if abs(row).max() * _scale(name, how) > _NEGLIGIBLE
    }
    return added(before, Linear(tuple(labels), tuple(map(float, weights[0])), learnt))


def _scale(name: str, how: Fitting) -> float:
    return how.scale.get(name.split(":", 1)[0], 1.0)


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
    often: npt.NDArray[np.float64],
    features: int,
    how: Fitting,
) -> npt.NDArray[np.float64]:
    columns = np.concatenate([numbers for numbers, _ in table])
    values = np.concatenate([values for _, values in table])
    owner = np.repeat(np.arange(len(table)), [len(numbers) for numbers, _ in table])
    weights = np.zeros((features + 1, target.shape[1]))
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for turn in range(1, how.rounds + 1):
        scores = offset + _sums(weights, columns, values, owner, len(table))
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = (raised / raised.sum(axis=1, keepdims=True) - target) * often[:, None]
        slope = _sums(error, owner, values, columns, len(weights))
        slope[1:] += how.penalty * weights[1:]
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        step = mean / (1 - 0.9**turn) / (np.sqrt(spread / (1 - 0.99**turn)) + 1e-8)
        weights -= 0.05 * (1 - turn / (how.rounds + 1)) * step
    return weights


def _sums(
    table: npt.NDArray[np.float64],
    taken: npt.NDArray[np.intp],
    values: npt.NDArray[np.float64],
    to: npt.NDArray[np.intp],
    rows: int,
) -> npt.NDArray[np.float64]:
    """Rows of a table, each times its value, added up where they go to: label by label, which takes a quarter
    of the time of `numpy.add.at` and adds in the same order."""
    return np.column_stack([np.bincount(to, label[taken] * values, rows) for label in table.T.copy()])
