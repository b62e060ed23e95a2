"""Fits weights.tsv on the sentences beside it, all written and labelled for this: `python fit.py`.

`+` asks whoever runs the product or the community, `>` advises other members, `-` neither.
"""

from itertools import chain, pairwise
from math import log
from pathlib import Path

from analyze.features import CROWDS, asked, features
from analyze.fitting import fit
from analyze.gate import Gate
from analyze.linear import Fitting, Linear, added, names, write_linear
from analyze.model import Statement
from analyze.rules import Lexicon, read_lexicon
from analyze.view import view

HERE = Path(__file__).parent
LABELS = {"-": "neither", "+": "propose", ">": "advise"}
HOW = Fitting(penalty=3.0, rounds=200, scale={"r": 1.0, "s": 0.0, "n": 0.5, "w": 0.5, "b": 0.5, "o": 0.5})
SHIFT = -1.35
"""What the surest rule has to make up for: a sentence found by a rule of confidence 0.3 is hardly one."""


def sentences() -> list[tuple[str, str]]:
    """(label, sentence) of all files beside this one, in the order of their names."""
    files = sorted(path for path in HERE.glob("*.tsv") if path.name != "weights.tsv")
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(LABELS[mark], text) for mark, text in (line.split("\t", 1) for line in lines)]


def seen(text: str, lexicon: Lexicon, gate: Gate) -> list[str]:
    """The features of a text that is one sentence, or read as several."""
    made = view(Statement(id="", text=text), gate)
    read = [names(features(one, asked(one, lexicon.matches(one)), among=1)) for one in made.sentences]
    return list(dict.fromkeys(chain.from_iterable(read)))


def fitted() -> Linear:
    lexicon = read_lexicon("proposals")
    gate = Gate(lexicon.keys)
    examples = sentences()
    rows = [seen(text, lexicon, gate) for _, text in examples]
    learnt = fit(rows, [label for label, _ in examples], tuple(LABELS.values()), HOW)
    return added(added(learnt, told_by_rules()), told_by_length())


def told_by_rules() -> Linear:
    """What the lexicon says itself: the log-odds of the surest rule's confidence, on top of what is learnt.

    The sentences here are short and clean; they cannot tell how often a rule is right on a forum, whoever
    wrote the rule's confidence had read some.
    """
    odds = [log(tenths / (10 - tenths)) for tenths in range(3, 10)]
    steps = [after - before for before, after in pairwise(odds)]
    weights = {
        f"s:{label} {tenths}": tuple(step if label == name else 0.0 for name in LABELS.values())
        for label in ("propose", "advise")
        for tenths, step in enumerate(steps, 4)
    }
    return Linear(tuple(LABELS.values()), (0.0, SHIFT, SHIFT), weights)


def told_by_length() -> Linear:
    """A post asks for about one thing, however long it is: the more sentences, the less likely it is each.

    The sentences here stand alone. The cube root was chosen on the demo, where it balances what is found and
    what is right.
    """
    steps = {f"a:{many}": -log(many / fewer) / 3 for fewer, many in pairwise((1, *CROWDS))}
    return Linear(
        tuple(LABELS.values()), (0.0, 0.0, 0.0), {name: (0.0, step, 0.0) for name, step in steps.items()}
    )


if __name__ == "__main__":
    write_linear(fitted(), HERE / "weights.tsv")
