"""The codebook: the researcher's own list of proposals to watch, read from TOML."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analyze import slips
from analyze.gate import fold
from analyze.model import CodebookError
from analyze.phrases import is_notated, notated
from analyze.token_patterns import SYNTAX, TokenPattern, idle, matchable

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Shape = Annotated[TokenPattern, Field(min_length=1), AfterValidator(matchable)]


class Proposal(BaseModel):
    """One entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Phrase
    description: str = ""
    phrases: tuple[Phrase, ...] = ()
    """For spaCy's PhraseMatcher, on LOWER; in the notation of analyze.phrases, for its Matcher."""
    patterns: tuple[Shape, ...] = ()
    """For spaCy's Matcher."""
    facets: dict[str, Annotated[tuple[Phrase | Shape, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    """Its aspects, each with phrases and patterns of its own; to speak of one is to speak of it."""

    def forms(self) -> Iterator[tuple[str | None, str | TokenPattern]]:
        """(facet, phrase or pattern) of all that it is found by; None for what is of no facet."""
        yield from ((None, phrase) for phrase in self.phrases)
        yield from ((None, pattern) for pattern in self.patterns)
        yield from ((facet, form) for facet, held in self.facets.items() for form in held)

    @property
    def is_bare(self) -> bool:
        """Whether it has neither phrases nor patterns of its own: then it is found by its label."""
        return not self.phrases and not self.patterns

    def shapes(self) -> list[TokenPattern]:
        """Its token patterns, those of its facets among them."""
        return [form for _, form in self.forms() if not isinstance(form, str)]

    def syntax(self) -> set[str]:
        """The keys of its patterns that a trained pipeline has to answer."""
        return {key for shape in self.shapes() for token in shape for key in token} & SYNTAX

    def notes(self) -> list[str]:
        """Words of its patterns that find nothing, and why."""
        return [reason for shape in self.shapes() for reason in idle(shape)]


_KINDS = ("constrained-str", "function-after")
"""What pydantic calls a phrase and a pattern, where either may stand."""
_MESSAGES = {
    "extra_forbidden": "is no key of a codebook",
    "missing": "is missing",
    "tuple_type": "must be a list in brackets",
    "list_type": 'must be a list of tokens in brackets: [[{LOWER = "two"}, {LOWER = "words"}]] is one',
    "string_pattern_mismatch": "must begin with a letter and hold only a-z, 0-9 and _",
    "string_too_short": "is empty",
    "string_type": "must be words in quotes",
    "dict_type": 'must name its parts in braces: { price = ["per month", "per year"] }',
    "too_short": "is empty",
}
"""What pydantic would say in words of its own, said in those of whoever writes a codebook."""


def _word(option: str) -> str:
    if is_notated(option.removesuffix("*")):
        raise ValueError(f"a class holds words and word*, no other signs: {option}")
    return option


_Class = Annotated[tuple[Annotated[Phrase, AfterValidator(_word)], ...], Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    spacy: str = ""
    words: dict[Annotated[str, StringConstraints(pattern=r"^\w+$")], _Class] = Field(default_factory=dict)
    proposal: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    proposals: tuple[Proposal, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Classes of words that phrases name: `@client`."""
    spacy: str = ""
    """The trained spaCy pipeline that its patterns are matched with; blank English if there is none."""
    sha256: str
    """Of the file's bytes."""
    source: str
    """The file, as errors name it."""


def load(path: Path | None) -> Codebook:
    """Reads a codebook file; None is the one that comes with Folkmoot (a freelancing marketplace).

    Raises CodebookError, naming file, entry and key, if it cannot be used.
    """
    if path is None:
        return parse(files("analyze").joinpath("codebook.toml").read_bytes(), "codebook.toml (built in)")
    try:
        return parse(path.read_bytes(), str(path))
    except OSError as error:
        raise CodebookError(f"The codebook {path} cannot be read: {error.strerror}.") from error


def parse(content: bytes, source: str) -> Codebook:
    """A codebook from the bytes of its file; `source` is what errors call it."""
    try:
        text = content.decode("utf-8-sig")  # Windows' Notepad begins a file with a mark
        file = _File.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        where = f"line {content[: error.start].count(10) + 1}"
        raise CodebookError(f"{source} is not UTF-8 text ({where}): save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{source} is not valid TOML: {error}.{slips.hint(text, error)}") from error
    except ValidationError as error:
        wrong = _first(error)
        hint = "" if wrong.startswith("key `words") else " Entries are written as [[proposal]]."
        raise CodebookError(f"{source}: {wrong}.{hint}") from error
    entries = tuple(_entry(number, table, source) for number, table in enumerate(file.proposal, 1))
    _refuse_twins(entries, source)
    words = {name: tuple(map(fold, options)) for name, options in file.words.items()}
    _refuse_unreadable(entries, words, source)
    if not file.spacy:
        _refuse_syntax(entries, source)
    return Codebook(
        proposals=entries,
        words=words,
        spacy=file.spacy,
        sha256=sha256(content).hexdigest(),
        source=source,
    )


def _entry(number: int, table: dict[str, Any], source: str) -> Proposal:
    try:
        return Proposal.model_validate(table)
    except ValidationError as error:
        name = f'entry {number} ("{table["id"]}")' if "id" in table else f"entry {number}"
        raise CodebookError(f"{source}, {name}: {_first(error)}.") from error


def _first(error: ValidationError) -> str:
    """What is wrong, with the key: `patterns.1: …`, counted from one, as entries are."""
    # What we refuse ourselves first: a facet's pattern that is wrong is no phrase either.
    first = min(error.errors(include_url=False), key=lambda each: each["type"] != "value_error")
    parts = (part + 1 if isinstance(part, int) else part for part in first["loc"])
    key = ".".join(str(part) for part in parts if not str(part).startswith(_KINDS))
    if first["type"] in _MESSAGES:
        return f"key `{key}` {_MESSAGES[first['type']]}"
    return f"key `{key}`: {first['msg'].removeprefix('Value error, ')}"


def _refuse_syntax(entries: tuple[Proposal, ...], source: str) -> None:
    for entry in entries:
        if asked := entry.syntax():
            raise CodebookError(
                f'{source}, entry "{entry.id}": key `patterns`: {", ".join(sorted(asked))} is answered by a '
                'trained spaCy pipeline only; name one at the top of the file (spacy = "en_core_web_sm").'
            )


def _refuse_unreadable(
    entries: tuple[Proposal, ...], words: Mapping[str, tuple[str, ...]], source: str
) -> None:
    for entry in entries:
        for key, phrase in _phrases(entry):
            try:
                if is_notated(phrase):
                    notated(phrase, words)
            except ValueError as error:
                raise CodebookError(f'{source}, entry "{entry.id}": key `{key}`: {error}') from error


def _phrases(entry: Proposal) -> Iterator[tuple[str, str]]:
    """(key, phrase) of all phrases, those of facets too."""
    for number, phrase in enumerate(entry.phrases, 1):
        yield f"phrases.{number}", phrase
    for facet, forms in entry.facets.items():
        for number, form in enumerate(forms, 1):
            if isinstance(form, str):
                yield f"facets.{facet}.{number}", form


def _refuse_twins(entries: tuple[Proposal, ...], source: str) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        if entry.id in seen:
            raise CodebookError(
                f'{source}, entry {number}: key `id`: "{entry.id}" is taken by an earlier entry.'
            )
        seen.add(entry.id)
