"""Fits weights.tsv on the pairs beside it, all written and labelled for this: `python fit.py`.

A line `> …` is a post; the lines behind it answer it: `+` supports, `-` opposes, `=` neither.
"""

from collections.abc import Iterator
from pathlib import Path

from analyze.fitting import fit
from analyze.gate import Gate, fold
from analyze.linear import Fitting, Linear, write_linear
from analyze.model import Statement
from analyze.rules import Lexicon, read_lexicon
from analyze.stance_features import Words, answered, classes, features
from analyze.view import view

HERE = Path(__file__).parent
LABELS = {"+": "support", "=": "neutral", "-": "oppose"}
HOW = Fitting(
    penalty=20.0,
    least=2,
    rounds=200,
    scale={"r": 1.5, "q": 0.7, "c": 1.0, "w": 0.5, "b": 0.5, "o": 0.5, "s": 0.3, "x": 0.7},
)


def pairs() -> Iterator[tuple[str, str, str]]:
    """(label, post, reply) of all files beside this one, in the order of their names."""
    for path in sorted(HERE.glob("*.txt")):
        post = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            mark, text = line[:1], line[2:]
            if mark == ">":
                post = text
            elif mark in LABELS:
                yield LABELS[mark], post, text


def seen(post: str, reply: str, lexicon: Lexicon, gate: Gate, words: Words) -> list[str]:
    made = view(Statement(id="", text=reply), gate)
    found = [lexicon.matches(sentence) for sentence in made.sentences]
    later = [match for matches in found[1:] for match in matches]
    return features(made.folded, found[0] if found else [], later, answered(fold(post)), words)


def fitted() -> Linear:
    lexicon = read_lexicon("stance")
    gate, words = Gate(lexicon.cues), classes(lexicon.words)
    examples = list(pairs())
    rows = [seen(post, reply, lexicon, gate, words) for _, post, reply in examples]
    return fit(rows, [label for label, _, _ in examples], tuple(LABELS.values()), HOW)


if __name__ == "__main__":
    write_linear(fitted(), HERE / "weights.tsv")
