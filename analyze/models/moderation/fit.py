"""Fits weights.tsv on the posts beside it, all written and labelled for this: `python fit.py`.

A line is the kind of event (or `none`), who speaks (`staff`, `member`, `unknown`), and what was said.
"""

from collections.abc import Iterator
from pathlib import Path

from analyze.fitting import fit
from analyze.gate import Gate
from analyze.linear import Fitting, Linear, names, write_linear
from analyze.model import Statement
from analyze.models.proposals.fit import sentences
from analyze.notice_features import KINDS, NONE, features
from analyze.rules import read_lexicon
from analyze.view import view
from analyze.voice import MEMBER, STAFF, UNKNOWN

HERE = Path(__file__).parent
LABELS = (NONE, *(kind for kind in KINDS if kind != "inline_redaction"))
HOW = Fitting(
    penalty=1.0, least=3, rounds=150, scale={"w": 0.5, "b": 0.5, "o": 0.5, "l": 0.5, "c": 1.0, "p": 0.8}
)
OTHER_TALK = 0.2
"""How much a sentence counts that was written for the proposals. Staff talk of anything, and moderate far
more often in the posts beside this than on a forum."""
_ROLES = {STAFF: "Moderator", MEMBER: "Member", UNKNOWN: None}
Row = tuple[str, list[str], float]
"""(label, features, how much it counts) of one sentence."""


def posts() -> list[tuple[str, str, str]]:
    """(kind, voice, text) of all files beside this one, in the order of their names."""
    files = sorted(path for path in HERE.glob("*.tsv") if path.name != "weights.tsv")
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(kind, voice, text) for kind, voice, text in (line.split("\t", 2) for line in lines)]


def rows() -> Iterator[Row]:
    """Every sentence of posts that moderate nothing; of others, the one that the kind's rules show."""
    lexicon = read_lexicon("moderation")
    rules = lexicon.labelled(*KINDS, *(f"staff {kind}" for kind in KINDS))
    guards = lexicon.labelled("guard")
    gate = Gate(lexicon.keys)
    other = [(NONE, STAFF, text) for _, text in sentences()]
    for counts, given in ((1.0, posts()), (OTHER_TALK, other)):
        for kind, voice, text in given:
            made = view(Statement(id="", text=text, author_role=_ROLES[voice]), gate)
            seen = [
                names(features(one.folded, rules.matches(one), guards.matches(one), voice))
                for one in made.sentences
            ]
            if kind != NONE:
                seen = [next((one for one in seen if f"k:{kind}" in one), seen[0])]
            yield from ((kind, one, counts) for one in seen)


def fitted(examples: list[Row]) -> Linear:
    labels, found, counts = zip(*examples, strict=True)
    return fit(found, labels, LABELS, HOW, counts=counts)


if __name__ == "__main__":
    write_linear(fitted(list(rows())), HERE / "weights.tsv")
