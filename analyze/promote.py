"""A discovered proposal as an entry of the codebook: phrases made of what people said.

Two words that many of the requests say are looked for together, in either order and in all the forms in which
they were written; then two that the requests say that were not found so, and so on. What shares one word only
is looked for by that.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import ceil

from analyze import codebook
from analyze.asks import Said, spoken
from analyze.clause import clause
from analyze.gate import Gate
from analyze.linking import Linker
from analyze.model import Statement
from analyze.view import view

_SIGNS = re.compile(r"[()|*@?]|\.{2,}")
"""What says more than itself in a codebook's phrases."""
_ID_WORDS = 4
_MOST_PAIRS = 4
_MOST_FORMS = 6
"""Forms of one word in a phrase, those written most often."""
_GAP, _WORDS_SKIPPED, _MOST_GAPS = "...", 4, 3
_SAID = 3
"""What people said that stands above the entry as comments."""

Written = Mapping[str, Sequence[Said]]
"""The words of a request by the names they are compared by."""
Wanted = tuple[str, ...]
"""Two names, or one."""


def entry(label: str, description: str, excerpts: Sequence[str]) -> str:
    """The TOML of an entry that finds most of the excerpts, to be looked at and widened by its owner."""
    name = _plain(label).rstrip(" …") or "A proposal"
    fields = {"id": _id(name), "label": name, "description": description or name}
    said = [f"# said: {_plain(excerpt)[:140]}" for excerpt in excerpts[:_SAID]]
    lines = [*said, "[[proposal]]", *(f"{key} = {_string(text)}" for key, text in fields.items())]
    phrases = list(dict.fromkeys(_phrases([_written(excerpt) for excerpt in excerpts])))
    phrases = phrases or [_words_alone(name) or "proposal"]
    lines.append(f"phrases = [{', '.join(map(_string, phrases))}]")
    return "\n".join(lines) + "\n"


def found(toml: str, texts: Iterable[str]) -> int:
    """How many of the texts an entry finds by its own words."""
    linker = Linker(codebook.parse(toml.encode(), "the new entry"))
    gate = Gate(linker.keys)
    return sum(
        any(linker.links(sentence) for sentence in view(Statement(id="", text=text), gate).sentences)
        for text in texts
    )


def _written(excerpt: str) -> Written:
    words: dict[str, list[Said]] = {}
    for said in spoken(clause(excerpt)):
        for name in said.names:
            words.setdefault(name, []).append(said)
    return words


def _phrases(requests: Sequence[Written]) -> Iterator[str]:
    for wanted in _wanted(requests):
        holding = [request for request in requests if request.keys() >= set(wanted)]
        words = (said for request in holding for name in wanted for said in request[name])
        yield from _counted(
            said.written for said in words if len(said.names) > 1 and set(said.names) >= set(wanted)
        )
        forms = [_forms(name, holding) for name in wanted]
        if len(forms) == 2 and all(forms):
            gap = " ".join([_GAP] * _gaps(wanted, holding))
            yield from (f"{one} {gap} {other}" for one, other in (forms, forms[::-1]))
        elif len(forms) == 1:
            yield from filter(None, forms)


def _wanted(requests: Sequence[Written]) -> Iterator[Wanted]:
    """Of what the requests say, what finds most of those that are still to be found."""
    left = [request for request in requests if request]
    for _ in range(_MOST_PAIRS):
        if not left:
            return
        often = Counter(
            key for request in left for key in combinations(sorted(request), min(2, len(request)))
        )
        best = min(often, key=lambda key: (-often[key], -len(key), key))
        yield best
        left = [request for request in left if not request.keys() >= set(best)]


def _forms(name: str, requests: Sequence[Written]) -> str:
    """A word as it was written, in the notation of phrases; empty if only sayings hold it."""
    forms = _counted(said.written for request in requests for said in request[name] if len(said.names) == 1)
    return f"({'|'.join(forms)})" if len(forms) > 1 else "".join(forms)


def _counted(written: Iterable[str]) -> list[str]:
    """What was written most often, without signs that say more than themselves."""
    often = Counter(plain for one in written if (plain := _words_alone(one)))
    return sorted(often, key=lambda one: (-often[one], one))[:_MOST_FORMS]


def _gaps(wanted: Wanted, requests: Sequence[Written]) -> int:
    """How many gaps hold the words that stand between two in all of the requests, up to the most."""
    between = sorted(
        min(abs(one.at - other.at) for one, other in product(*(request[name] for name in wanted)))
        for request in requests
    )
    return min(_MOST_GAPS, max(1, ceil((between[-1] - 1) / _WORDS_SKIPPED)))


def _words_alone(said: str) -> str:
    return " ".join(_SIGNS.sub(" ", said).split())


def _id(name: str) -> str:
    """Of the words of a name that matter."""
    words = [said.written for said in spoken(name)] or name.split()
    plain = re.sub(r"[^a-z0-9]+", "_", " ".join(words[:_ID_WORDS]).lower()).strip("_")
    return plain if plain[:1].isalpha() else f"proposal_{plain}"


def _string(text: str) -> str:
    """A TOML string is written as JSON writes one."""
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: str) -> str:
    """On one line, without characters that TOML refuses."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
