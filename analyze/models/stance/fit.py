"""Fits weights.tsv on the pairs beside it, all written and labelled for this: `python fit.py`.

A line `> …` is a post; the lines behind it answer it: `+` supports, `-` opposes, `~` does both, `=` neither.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import log
from pathlib import Path

from analyze.fitting import fit
from analyze.gate import Gate
from analyze.linear import Fitting, Linear, names, write_linear
from analyze.model import Statement
from analyze.rules import read_lexicon
from analyze.stance_features import answered, classes, features, replied
from analyze.view import view

HERE = Path(__file__).parent
LABELS = {"+": "support", "=": "neutral", "-": "oppose", "~": "mixed"}
NAMES = tuple(LABELS.values())
HOW = Fitting(
    penalty=15.0,
    least=2,
    rounds=200,
    scale={"r": 1.2, "q": 0.6, "o": 1.0, "x": 0.8, "k": 1.3, "f": 0.8, "l": 0.8}
    | dict.fromkeys(("w", "e", "t"), 0.5),
)
FIRST, LATER = 4.5, 1.3
"""What a rule that is certain adds to the score of its label: in the first sentence, in a later one."""
DOUBT = 0.1
"""Two people often disagree on what a reply says; see `analyze.fitting.fit`."""
SHARES = {"support": 0.38, "neutral": 0.26, "oppose": 0.30, "mixed": 0.06}
"""How often each stance is expected. The pairs hold more opposition than most communities, since it is harder
to tell; people mostly answer what they agree with."""
SOFTER = 0.9
"""By this the scores are multiplied, so that probabilities are right as often as they say. On files that the
model has not seen, reliability.py finds 1.4; pairs that are written to show a stance are plainer than what
people write. On the demo, whose truth is known, .9 says .53 of 337 stances on average, and .56 are right; on
replies from elsewhere it says .57, and .57 are right."""


@dataclass(frozen=True, slots=True)
class Example:
    file: str
    label: str
    features: list[str]


def examples() -> list[Example]:
    """All pairs, as the model sees them."""
    lexicon = read_lexicon("stance")
    gate, words = Gate(lexicon.keys), classes(lexicon.words)

    def seen(post: str, reply: str) -> list[str]:
        reply_view = view(Statement(id="", text=reply), gate)
        return names(features(replied(reply_view.sentences, lexicon), answered(post, words), words))

    return [Example(file, label, seen(post, reply)) for file, label, post, reply in pairs()]


def pairs() -> Iterator[tuple[str, str, str, str]]:
    """(file, label, post, reply) of all files beside this one, in the order of their names."""
    for path in sorted(HERE.glob("*.txt")):
        post = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            mark, text = line[:1], line[2:]
            if mark == ">":
                post = text
            elif mark in LABELS:
                yield path.name, LABELS[mark], post, text


def told_by_rules() -> Linear:
    """What the lexicon says itself, before anything is learnt: pairs are too few to tell for every rule."""
    source = files("analyze").joinpath("lexicon/stance.toml").read_text(encoding="utf-8")
    weights = {
        f"{kind}:{rule['name']}": tuple(
            round(strength * rule["confidence"] ** 3, 4) if rule["label"] == name else 0.0 for name in NAMES
        )
        for rule in tomllib.loads(source)["rule"]
        for kind, strength in (("r", FIRST), ("q", LATER))
    }
    return Linear(NAMES, (0.0,) * len(NAMES), weights)


def fitted(rows: Sequence[Example]) -> Linear:
    """The model of these examples, for stances as frequent as in them."""
    return fit(
        [row.features for row in rows], [row.label for row in rows], NAMES, HOW, told_by_rules(), doubt=DOUBT
    )


def calibrated(model: Linear, rows: Sequence[Example], softer: float = SOFTER) -> Linear:
    """The model softened, and for stances as frequent as SHARES says rather than as in `rows`."""
    held = [sum(row.label == name for row in rows) / len(rows) for name in NAMES]
    lean = [log(SHARES[name] / share) for name, share in zip(NAMES, held, strict=True)]
    bias = tuple(softer * number + more for number, more in zip(model.bias, lean, strict=True))
    weights = {name: tuple(softer * number for number in row) for name, row in model.weights.items()}
    return Linear(model.labels, bias, weights)


if __name__ == "__main__":
    found = examples()
    write_linear(calibrated(fitted(found), found), HERE / "weights.tsv")
