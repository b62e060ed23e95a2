"""What platforms for the ideas of users have in common: the word that tells what became of an idea."""

import re

_DONE = re.compile(
    r"\b(?:completed?|done|finished|shipped|released|delivered|implemented|launched|deployed|resolved|solved|answered|fixed|"
    r"live|available(?! in)|erledigt|umgesetzt|abgeschlossen|termin[ée]e?|réalisée?|completad[ao]|"
    r"completat[ao]|conclu[ií]d[ao])\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not?|non|nicht|won'?t|partly|partially)\b|\bun(?=\w)", re.I)


def is_done(status: str) -> bool:
    """Whether a status, as shown, says that the idea has become true: "Completed", not "Won't be done"."""
    return bool(_DONE.search(status)) and not _NOT.search(status)
