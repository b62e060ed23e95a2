"""Words in quotation marks: somebody else's, or an example."""

import re
from collections.abc import Sequence

from analyze.rules import Match
from analyze.view import Sentence

_CITED = re.compile(r"[\"“][^\"“”]{4,}[\"”]")
"""A citation. What is a word or two in quotation marks may be meant the other way round."""


def uncited(matches: Sequence[Match], sentence: Sentence) -> Sequence[Match]:
    """The rules found in a sentence, without those within quotation marks."""
    if not matches or ('"' not in sentence.text and "“" not in sentence.text):
        return matches
    cited = [
        (one.start() + sentence.start, one.end() + sentence.start) for one in _CITED.finditer(sentence.text)
    ]
    return [one for one in matches if not any(start < one.start and one.end < end for start, end in cited)]
