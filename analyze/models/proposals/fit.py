"""Fits weights.tsv on the sentences beside it, all written and labelled for this: `python fit.py`.

`+` asks whoever runs the product or the community, `>` advises other members, `-` neither.
"""

from pathlib import Path

from analyze.features import features
from analyze.gate import Gate
from analyze.linear import Fitting, Linear, fit, write_linear
from analyze.model import Statement
from analyze.rules import Lexicon, read_lexicon
from analyze.view import view

HERE = Path(__file__).parent
LABELS = {"-": "neither", "+": "propose", ">": "advise"}
HOW = Fitting(penalty=3.0, least=2, scale={"r": 2.0, "w": 0.3, "b": 0.3, "o": 0.3, "l": 0.3})


def sentences() -> list[tuple[str, str]]:
    """(label, sentence) of all files beside this one, in the order of their names."""
    files = sorted(path for path in HERE.glob("*.tsv") if path.name != "weights.tsv")
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(LABELS[mark], text) for mark, text in (line.split("\t", 1) for line in lines)]


def seen(text: str, lexicon: Lexicon, gate: Gate) -> list[str]:
    """The features of a text that is one sentence."""
    made = view(Statement(id="", text=text), gate)
    matches = [match for sentence in made.sentences for match in lexicon.matches(sentence)]
    return features(made.folded, matches)


def fitted() -> Linear:
    lexicon = read_lexicon("proposals")
    gate = Gate(lexicon.cues)
    examples = sentences()
    rows = [seen(text, lexicon, gate) for _, text in examples]
    return fit(rows, [label for label, _ in examples], tuple(LABELS.values()), HOW)


if __name__ == "__main__":
    write_linear(fitted(), HERE / "weights.tsv")
