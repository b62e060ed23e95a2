"""A discovered proposal as an entry of the codebook: phrases and patterns made of what people said."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise, product

from analyze import codebook
from analyze.discover import words_of_id
from analyze.gate import WORD, Gate
from analyze.language import english
from analyze.linking import Linker
from analyze.model import Statement
from analyze.naming import EXAMPLE, REACH, forms
from analyze.view import view
from analyze.vocabulary import content_words, lemma

_GAP = '{OP = "?", IS_PUNCT = false}'
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
    lines.append(f"phrases = [{', '.join(map(_string, phrases[:_MOST_PHRASES]))}]")
    if is_pair:
        lines.append(f"patterns = [{', '.join(_patterns(shared, excerpts))}]")
    return "\n".join(lines) + "\n"


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


def _patterns(shared: Sequence[str], excerpts: Sequence[str]) -> list[str]:
    """Both orders of two words, in all forms that people used, with a few words between."""
    said = [word for excerpt in excerpts for word in content_words(excerpt)]
    forms = [sorted({word for word in said if lemma(word) == one}) for one in shared]
    if not all(forms):
        return []
    gaps = [_GAP] * (REACH + 1)
    spelt = [_spelt(words) for words in forms]
    return [
        f"[{', '.join([first, *gaps, second])}]"
        for order in (spelt, spelt[::-1])
        for first, second in product(*order)
    ]


def _spelt(words: Sequence[str]) -> list[str]:
    """Ways to match any of the words: those of one token together, "e-mail" (three tokens) by itself."""
    tokens = {word: [token.text for token in english().make_doc(word)] for word in words}
    single = [word for word in words if len(tokens[word]) == 1]
    several = [", ".join(_one_of([part]) for part in tokens[word]) for word in words if word not in single]
    return [_one_of(single), *several] if single else several


def _one_of(words: Sequence[str]) -> str:
    return "{LOWER = {IN = [" + ", ".join(map(_string, words)) + "]}}"


def _phrases(shared: Sequence[str], excerpts: Sequence[str]) -> list[str]:
    """What is shared, each time with the word that follows it."""
    found: dict[str, None] = {}
    for excerpt in excerpts:
        words = WORD.findall(excerpt.lower())
        for word, following in pairwise(words):
            if lemma(word) in shared:
                found[f"{word} {following}"] = None
    return list(found)
