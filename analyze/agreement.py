"""How far coders agree with each other and with the machine."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from random import Random
from typing import TypeVar

Coding = tuple[str, str, str]
"""(post, coder, label)."""
Pair = tuple[str, str, float]
"""(coder's label, machine's label, weight)."""
Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The machine against one coder, for one label."""

    coder: str
    label: str
    posts: int
    by_machine: int
    by_coder: int
    """Of these, to how many either gave the label: of none, precision or recall mean nothing."""
    precision: Interval
    recall: Interval
    f1: Interval
    machine_share: float
    coder_share: Interval
    """How much of the corpus has the label, as either gives it: the coder's is what a count of the machine's
    would come to without its errors."""


def alpha(codings: Iterable[Coding]) -> float | None:
    """Krippendorff's alpha for nominal labels ("Computing Krippendorff's alpha-reliability", 2011).

    1 = perfect, 0 = chance, below 0 = worse than chance; coders need not have coded the same posts. None
    where nothing can be said: no post with two codings. 1 where every coding is the same label.
    """
    by_post: dict[str, dict[str, str]] = defaultdict(dict)
    for post, coder, label in codings:
        by_post[post][coder] = label
    weighted: dict[tuple[str, str], float] = defaultdict(float)
    for labels in (list(labels.values()) for labels in by_post.values() if len(labels) > 1):
        pairs = Counter(permutations(labels, 2))
        for pair, count in pairs.items():
            weighted[pair] += count / (len(labels) - 1)
    return _alpha(weighted) if weighted else None


def _alpha(coincidences: Mapping[tuple[str, str], float]) -> float:
    marginals: dict[str, float] = defaultdict(float)
    for (first, _), count in coincidences.items():
        marginals[first] += count
    total = sum(marginals.values())
    observed = sum(count for (first, second), count in coincidences.items() if first != second)
    expected = (total**2 - sum(count**2 for count in marginals.values())) / (total - 1)
    return 1.0 if expected == 0 else 1 - observed / expected


def alpha_interval(codings: Sequence[Coding], rounds: int = 1000, seed: int = 0) -> Interval | None:
    """Alpha with the interval from drawing posts again, with all their codings."""
    value = alpha(codings)
    if value is None:
        return None
    by_post: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_post[coding[0]].append(coding)
    posts = [by_post[post] for post in sorted(by_post)]

    def again(drawn: Sequence[list[Coding]]) -> float | None:
        # A post drawn twice counts as two posts.
        return alpha((f"{i}", coder, label) for i, held in enumerate(drawn) for _, coder, label in held)

    return _interval(value, [posts], again, rounds, seed)


def against_machine(
    codings: Sequence[Coding],
    machine: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    rounds: int = 1000,
    seed: int = 0,
) -> list[Scores]:
    """Precision, recall and F1 of the machine for every coder and label, over posts both have labelled.

    `weights` says how many posts of the corpus each coded one stands for: a sample that takes more of what is
    rare tells about the corpus only with them. Of a sample that is stratified by what the machine says, the
    weighted share of a label is the machine's count corrected by its errors (the difference estimator of
    Särndal, Swensson and Wretman 1992; Egami and others 2023 show what is lost without it).
    """
    by_coder: dict[str, list[Pair]] = defaultdict(list)
    for post, coder, label in sorted(codings):
        if post in machine:
            by_coder[coder].append((label, machine[post], (weights or {}).get(post, 1.0)))
    return [
        _scores(coder, label, pairs, rounds, seed)
        for coder, pairs in sorted(by_coder.items())
        for label in sorted({label for *labels, _ in pairs for label in labels})
    ]


def _scores(coder: str, label: str, pairs: list[Pair], rounds: int, seed: int) -> Scores:
    strata = _strata(pairs)

    def measured(statistic: Callable[[Sequence[Pair]], float]) -> Interval:
        return _interval(statistic(pairs), strata, statistic, rounds, seed)

    def at(which: int) -> Interval:
        return measured(lambda drawn: precision_recall_f1(drawn, label)[which])

    precision, recall, f1 = at(0), at(1), at(2)
    return Scores(
        coder=coder,
        label=label,
        posts=len(pairs),
        by_machine=sum(found == label for _, found, _ in pairs),
        by_coder=sum(wanted == label for wanted, _, _ in pairs),
        precision=precision,
        recall=recall,
        f1=f1,
        machine_share=_share((found == label, weight) for _, found, weight in pairs),
        coder_share=measured(lambda drawn: _share((wanted == label, weight) for wanted, _, weight in drawn)),
    )


def _strata(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """The pairs as they were sampled: what was drawn from one stratum has one weight."""
    by_weight: dict[float, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_weight[pair[2]].append(pair)
    return list(by_weight.values())


def _share(weighted: Iterable[tuple[bool, float]]) -> float:
    """The weight of what holds, of all weight."""
    held = list(weighted)
    return sum(weight for holds, weight in held if holds) / sum(weight for _, weight in held)


def precision_recall_f1(pairs: Iterable[Pair], label: str) -> tuple[float, float, float]:
    """Of (coder's label, machine's label, weight); 0 where there is nothing to divide by."""
    counts: dict[tuple[bool, bool], float] = defaultdict(float)
    for wanted, found, weight in pairs:
        counts[wanted == label, found == label] += weight
    hits = counts[True, True]
    precision = hits / (hits + counts[False, True]) if hits else 0.0
    recall = hits / (hits + counts[True, False]) if hits else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def _interval(
    value: float,
    strata: Sequence[Sequence[Unit]],
    statistic: Callable[[Sequence[Unit]], float | None],
    rounds: int,
    seed: int,
) -> Interval:
    """The percentile bootstrap (Efron 1979): the middle 95 % over samples drawn again with replacement, as
    many from each stratum as were drawn from it."""
    random = Random(seed)  # noqa: S311 - no secret, and the same interval every time
    values = [
        statistic([unit for units in strata for unit in random.choices(units, k=len(units))])
        for _ in range(rounds)
    ]
    known = sorted(one for one in values if one is not None)
    if not known:
        return Interval(value=value, low=value, high=value)
    return Interval(
        value=value,
        low=known[int(0.025 * len(known))],
        high=known[min(len(known) - 1, int(0.975 * len(known)))],
    )
