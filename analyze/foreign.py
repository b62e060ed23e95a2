"""Which statements are not in English: of those, rules and models that read English make only noise.

Of a hundred words of English a dozen are of the kind that every sentence needs ("the", "you", "this"); a text
that has them is taken for English unasked. Of any other a language identifier is asked, langid.py's naive
Bayes over byte n-grams. It knows a hundred languages and costs a hundred times as much.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, islice
from tempfile import gettempdir
from typing import TYPE_CHECKING

from analyze.gate import fold, plain
from analyze.model import AnalyzeError
from analyze.view import View

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_COMMON = """
the and of to is that it you for with this are not but they have if would can what your from there their his
which we my i i'm it's don't be or at as do who when should could how why please yes good great agree thanks
"""
_ENGLISH = frozenset(_COMMON.split())
_ENOUGH = 0.12
"""Share of such words from which on a text is English: one in eight."""
_LIKELY, _HARDLY = 0.5, 0.01
"""What the likeliest language needs, and English at most: Spanish and Portuguese take from each other."""
_FEWEST_LETTERS = 20
"""Less is told by nothing: "Nein." is, "lol" and "+1" are of every language."""
_READ, _READ_WORDS = 500, 80
"""Characters, and words, that are looked at."""
_ENGLISHES = {"en", "pcm"}
"""Pidgin is what the identifier takes terse English for."""


def foreign_language(seen: View) -> str | None:
    """The ISO 639 code of the language that a statement is surely in, None where that is or may be English.

    What a short statement answers is looked at as well.
    """
    if _is_english(list(islice(chain.from_iterable(one.words for one in seen.sentences), _READ_WORDS))):
        return None
    text, reply_to = seen.statement.text[:_READ], (seen.statement.reply_to or "")[:_READ]
    return _told(text) or _told(f"{text}\n{reply_to}")


def _is_english(words: Sequence[str]) -> bool:
    return sum(map(_ENGLISH.__contains__, words)) >= _ENOUGH * len(words)


def _told(text: str) -> str | None:
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS or _is_english(plain(fold(text)).split()):
        return None
    ranked = _identifier().rank(text)
    language, likely = ranked[0]
    english = sum(share for name, share in ranked if name in _ENGLISHES)
    return str(language) if likely >= _LIKELY and english <= _HARDLY else None


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # it is unpacked on the way
        why = f"{gettempdir()}: {error.strerror}; temporary files lie there, or where TMPDIR says"
        raise AnalyzeError(why) from None
