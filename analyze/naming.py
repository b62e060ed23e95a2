"""A name for what people ask for together, in their own words: the request that says it best, cut down to
what is asked.

"Could you please bring back the belt wizard, the new page only shows a number?" becomes "Bring back the belt
wizard" (`analyze.clause`).
"""

import re
from collections import Counter
from collections.abc import Sequence

from analyze.asks import ask
from analyze.clause import says_what_to_do, shortened

HEARD = 20
"""Requests that are heard, the first ones: whatever is said later leaves the name as it was."""
_SHARED, _ALIEN, _VERB, _WORD = 2.0, 1.0, 0.5, 0.1
"""What a name gains by a word that all others say too and by a verb, and loses by a word that no other says
and by each word that has to be read."""
_NO_REQUEST = re.compile(
    r"[\"“„«(]|(?:why|what|how|who|when|where|which|is|are|was|were|do|does|did|has|have|i|i'm|it|they|this"
    r"|that|these|those|as|to|for|in|if|there|no|not|after|before|with|so|being|of|from|on|you)\b",
    re.I,
)
"""How questions, reports, quotations and pieces of sentences begin."""


def names(requests: Sequence[str]) -> list[tuple[str, str]]:
    """Names for a group of requests, each with the request that it is cut from, the best first.

    `requests` in the order in which they were made.
    """
    heard = requests[:HEARD]
    often = Counter(word for one in heard for word in ask(one).words)
    offered = {shortened(one): one for one in reversed(heard)}
    return sorted(offered.items(), key=lambda two: (*_distance(two[0], often, len(heard)), two[0]))


def _distance(name: str, often: Counter[str], heard: int) -> tuple[bool, float]:
    """How far a name is from what all of the group ask; questions and pieces of sentences come last."""
    words = ask(name).words
    shared = sum((often[word] - 1) / max(1, heard - 1) for word in words)
    alien = sum(often[word] <= 1 for word in words)
    is_piece = name.endswith("…") or bool(_NO_REQUEST.match(name))
    gained = _SHARED * shared + _VERB * says_what_to_do(name)
    return is_piece, _ALIEN * alien + _WORD * len(name.split()) - gained
