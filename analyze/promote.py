"""A discovered proposal as an entry of the codebook: phrases and patterns made of what people said."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise

from analyze import codebook
from analyze.discover import words_of_id
from analyze.gate import WORD, Gate
from analyze.linking import Linker
from analyze.model import Statement
from analyze.naming import EXAMPLE, forms
from analyze.view import view
from analyze.vocabulary import content_words, lemma

_SIGNS = re.compile(r"[()|*@?]|\.{2,}")
"""What says more than itself in a codebook's phrases."""
_ID_WORDS = 4
_MOST_PHRASES = 8
_SAID = 3
"""What people said that stands above the entry as comments."""


def entry(proposal_id: str, label: str, description: str, excerpts: Sequence[str]) -> str:
    """The TOML of an entry that finds most of the excerpts, to be looked at and widened by its owner."""
    name = _plain(label).partition(EXAMPLE)[0].rstrip(" …") or proposal_id
    shared = words_of_id(proposal_id)
    is_pair = len(shared) > 1
    phrases = (forms(excerpts, shared) if is_pair else _phrases(shared, excerpts)) or [name.lower()]
    fields = {
        "id": _id(phrases[0] if is_pair else name),
        "label": name,
        "description": description or name,
    }
    said = [f"# said: {_plain(excerpt)[:140]}" for excerpt in excerpts[:_SAID]]
    lines = [*said, "[[proposal]]", *(f"{key} = {_string(text)}" for key, text in fields.items())]
    plain = [words for phrase in phrases[:_MOST_PHRASES] if (words := _words_alone(phrase))] or [proposal_id]
    plain += _both_orders(shared, excerpts) if is_pair else []
    lines.append(f"phrases = [{', '.join(map(_string, plain))}]")
    return "\n".join(lines) + "\n"


def _words_alone(said: str) -> str:
    return " ".join(_SIGNS.sub(" ", said).split())


def _id(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", " ".join(name.split()[:_ID_WORDS]).lower()).strip("_")
    return plain if plain[:1].isalpha() else f"proposal_{plain}"


def found(toml: str, excerpts: Sequence[str]) -> int:
    """How many of the excerpts an entry finds by its own words."""
    linker = Linker(codebook.parse(toml.encode(), "the new entry"))
    gate = Gate(linker.keys)
    return sum(
        any(linker.links(sentence) for sentence in view(Statement(id="", text=excerpt), gate).sentences)
        for excerpt in excerpts
    )


def _string(text: str) -> str:
    """A TOML string is written as JSON writes one."""
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: str) -> str:
    """On one line, without characters that TOML refuses."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _both_orders(shared: Sequence[str], excerpts: Sequence[str]) -> list[str]:
    """Both orders of two words, in all forms that people used, with a few words between."""
    said = [word for excerpt in excerpts for word in content_words(excerpt)]
    forms = [sorted({word for word in said if lemma(word) == one}) for one in shared]
    if not all(forms):
        return []
    first, second = (f"({'|'.join(words)})" if len(words) > 1 else words[0] for words in forms)
    return [f"{first} ... {second}", f"{second} ... {first}"]


def _phrases(shared: Sequence[str], excerpts: Sequence[str]) -> list[str]:
    """What is shared, each time with the word that follows it."""
    found: dict[str, None] = {}
    for excerpt in excerpts:
        words = WORD.findall(excerpt.lower())
        for word, following in pairwise(words):
            if lemma(word) in shared:
                found[f"{word} {following}"] = None
    return list(found)
