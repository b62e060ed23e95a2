"""The codebook: the researcher's own list of proposals to watch, read from TOML."""

import re
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analyze.model import CodebookError

_ATTRIBUTES = """
ORTH TEXT NORM LOWER LENGTH SHAPE PREFIX SUFFIX IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER
IS_TITLE IS_PUNCT IS_SPACE IS_STOP IS_CURRENCY IS_BRACKET IS_QUOTE LIKE_NUM LIKE_URL LIKE_EMAIL OP
REGEX
"""
_ANSWERABLE = frozenset(_ATTRIBUTES.split())
"""What blank English can answer."""
_SYNTAX = frozenset(("LEMMA", "POS", "TAG", "DEP", "MORPH", "ENT_TYPE", "ENT_IOB"))
"""What only a trained pipeline can answer."""


_OPERATOR = re.compile(r"[1!?+*]|\{\d*,?\d*\}")


def _known_keys(pattern: "TokenPattern") -> "TokenPattern":
    # A misspelt key would silently match any token.
    for token in pattern:
        if unknown := set(token) - _ANSWERABLE - _SYNTAX:
            raise ValueError(f"{', '.join(sorted(unknown))} is no key of a token pattern")
        if not _OPERATOR.fullmatch(str(token.get("OP", "1"))):
            raise ValueError(f"OP = {token['OP']!r} is none of 1 ! ? + * {{n}} {{n,m}}")
    return pattern


TokenPattern = list[dict[str, Any]]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Shape = Annotated[TokenPattern, Field(min_length=1), AfterValidator(_known_keys)]


class Proposal(BaseModel):
    """One entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Phrase
    description: str = ""
    phrases: tuple[Phrase, ...] = ()
    """For spaCy's PhraseMatcher, on LOWER."""
    patterns: tuple[Shape, ...] = ()
    """For spaCy's Matcher."""
    facets: dict[str, tuple[Phrase | Shape, ...]] = Field(default_factory=dict)
    """Its aspects, each with phrases and patterns of its own; to speak of one is to speak of it."""

    def syntax(self) -> set[str]:
        """The keys of its patterns that a trained pipeline has to answer."""
        forms = [*self.patterns, *(form for facet in self.facets.values() for form in facet)]
        return {
            key for form in forms if not isinstance(form, str) for token in form for key in token
        } & _SYNTAX


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    spacy: str = ""
    proposal: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    proposals: tuple[Proposal, ...]
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
        file = _File.model_validate(tomllib.loads(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise CodebookError(f"{source} is not UTF-8 text (byte {error.start}).") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{source} is not valid TOML: {error}.") from error
    except ValidationError as error:
        raise CodebookError(f"{source}: {_first(error)}. Entries are written as [[proposal]].") from error
    entries = tuple(_entry(number, table, source) for number, table in enumerate(file.proposal, 1))
    _refuse_twins(entries, source)
    if not file.spacy:
        _refuse_syntax(entries, source)
    return Codebook(proposals=entries, spacy=file.spacy, sha256=sha256(content).hexdigest(), source=source)


def _entry(number: int, table: dict[str, Any], source: str) -> Proposal:
    try:
        return Proposal.model_validate(table)
    except ValidationError as error:
        name = f'entry {number} ("{table["id"]}")' if "id" in table else f"entry {number}"
        raise CodebookError(f"{source}, {name}: {_first(error)}.") from error


def _first(error: ValidationError) -> str:
    """What is wrong, with the key: `patterns.0: …`."""
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    message = {"extra_forbidden": "is no key of a codebook", "missing": "is missing"}.get(first["type"])
    return (
        f"key `{key}` {message}" if message else f"key `{key}`: {first['msg'].removeprefix('Value error, ')}"
    )


def _refuse_syntax(entries: tuple[Proposal, ...], source: str) -> None:
    for entry in entries:
        if asked := entry.syntax():
            raise CodebookError(
                f'{source}, entry "{entry.id}": key `patterns`: {", ".join(sorted(asked))} is answered by a '
                'trained spaCy pipeline only; name one at the top of the file (spacy = "en_core_web_sm").'
            )


def _refuse_twins(entries: tuple[Proposal, ...], source: str) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        if entry.id in seen:
            raise CodebookError(
                f'{source}, entry {number}: key `id`: "{entry.id}" is taken by an earlier entry.'
            )
        seen.add(entry.id)
