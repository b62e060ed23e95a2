"""Fits weights.tsv on the pairs beside it, all written and labelled for this: `python fit.py`.

A line `> …` is a post; the lines behind it answer it: `+` supports, `-` opposes, `=` neither.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from analyze.fitting import fit
from analyze.gate import Gate
from analyze.linear import Fitting, Linear, write_linear
from analyze.model import Statement
from analyze.rules import Lexicon, read_lexicon
from analyze.stance_features import READ, Words, answered, classes, features, outspoken
from analyze.view import view

HERE = Path(__file__).parent
LABELS = {"+": "support", "=": "neutral", "-": "oppose"}
HOW = Fitting(
    penalty=20.0,
    least=2,
    rounds=200,
    scale={"r": 1.5, "q": 0.7, "c": 1.0, "w": 0.5, "b": 0.5, "o": 0.5, "s": 0.3, "x": 0.7},
)


FIRST, LATER = 3.2, 0.8
"""What a rule that is certain adds to the score of its label: in the first sentence, in a later one."""


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
    read = made.sentences[:READ]
    found = [outspoken(lexicon.matches(sentence)) for sentence in read]
    later = [match for matches in found[1:] for match in matches]
    return features(made.folded, found[0] if found else [], later, answered(post, words), words)


def told_by_rules() -> Linear:
    """What the lexicon says itself, before anything is learnt: pairs are too few to tell for every rule."""
    source = files("analyze").joinpath("lexicon/stance.toml").read_text(encoding="utf-8")
    labels = tuple(LABELS.values())
    weights = {
        f"{kind}:{rule['name']}": tuple(
            round(strength * rule["confidence"] ** 2, 4) if rule["label"] == label else 0.0
            for label in labels
        )
        for rule in tomllib.loads(source)["rule"]
        for kind, strength in (("r", FIRST), ("q", LATER))
    }
    return Linear(labels, (0.0,) * len(labels), weights)


def fitted() -> Linear:
    lexicon = read_lexicon("stance")
    gate, words = Gate(lexicon.cues), classes(lexicon.words)
    examples = list(pairs())
    rows = [seen(post, reply, lexicon, gate, words) for _, post, reply in examples]
    wanted = [label for label, _, _ in examples]
    return fit(rows, wanted, tuple(LABELS.values()), HOW, told_by_rules())


if __name__ == "__main__":
    write_linear(fitted(), HERE / "weights.tsv")
