"""folkmoot.toml: what to crawl, how politely, and where to keep it."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from analyze import slips
from folkmoot.durations import parse_duration
from folkmoot.errors import ConfigError
from parse.urls import is_of_web

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def _http_url(value: str) -> str:
    if not is_of_web(value):
        raise ValueError(f"{value!r} is not an http(s) URL")
    return value


def _site_id(value: str) -> str:
    if not value or any(c in value for c in ":/\\") or value.startswith("."):
        raise ValueError(f"{value!r} must be a plain name without ':' or '/'")
    return value


def _platform(value: str) -> str:
    from parse.registry import platforms

    if value not in platforms():
        raise ValueError(f"no platform is called {value!r}; there are: {', '.join(platforms())}")
    return value


Url = Annotated[str, AfterValidator(_http_url)]
Duration = Annotated[str, AfterValidator(lambda value: (parse_duration(value), value)[1])]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Project(_Strict):
    """The `[project]` table. Paths are relative to the configuration file."""

    warehouse: Path = Path("folkmoot.duckdb")
    archive: Path = Path("archive")
    report: Path = Path("report")
    codebook: Path | None = None
    contact: str
    """Who runs the crawl: a mail address or a page; part of the User-Agent."""
    pseudonymize: bool = False
    recrawl_min: Duration = "6h"
    recrawl_max: Duration = "30d"


class Site(_Strict):
    """One `[[site]]`."""

    id: Annotated[str, AfterValidator(_site_id)]
    start: list[Url] = Field(min_length=1)
    platform: Annotated[str, AfterValidator(_platform)] | None = None
    delay: float = Field(1.0, ge=0)
    max_pages: int = Field(0, ge=0)
    allow_private: bool = False
    verify_certificates: bool = True
    include: list[str] = []
    headers: dict[str, str] = {}
    cookies: Path | None = None


class Config(_Strict):
    """A whole configuration. `folder` is where relative paths start."""

    folder: Path
    project: Project
    site: list[Site] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique_sites(self) -> "Config":
        ids = [site.id for site in self.site]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"two sites are called {twice[0]!r}")
        return self

    def path(self, value: Path) -> Path:
        """A path of the configuration, made absolute."""
        return (self.folder / value).resolve()

    @property
    def recrawl_bounds(self) -> tuple[timedelta, timedelta]:
        return parse_duration(self.project.recrawl_min), parse_duration(self.project.recrawl_max)


def load(path: Path) -> Config:
    """Reads and checks a configuration. Raises ConfigError naming file and key."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; `folkmoot init` writes one") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}.{slips.hint(text, error)}") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error}") from None
    if "folder" in data:
        raise ConfigError(f"{path}: folder: unknown key")
    try:
        return Config(folder=path.resolve().parent, **data)
    except ValidationError as error:
        # Unknown keys first: one that is misspelt is why another is missing.
        wrong = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        raise ConfigError(f"{path}: {'; '.join(_explain(each, data) for each in wrong)}") from None


_MESSAGES = {
    "extra_forbidden": "unknown key",
    "too_short": "is empty",
    "missing": "is missing",
    "list_type": "must be a list in brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "string_type": "must be text in quotes",
    "path_type": "must be text in quotes",
    "int_parsing": "must be a whole number without quotes",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number without quotes",
    "float_type": "must be a number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
}
"""What pydantic would say in words of its own, said in those of whoever writes a configuration."""


def _explain(error: "ErrorDetails", data: dict[str, Any]) -> str:
    where = list(error["loc"])
    if where[:1] == ["site"] and len(where) > 1:
        where[1] = _name_of(where[1], data)
    key = ".".join(map(str, where))
    message = _MESSAGES.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["loc"] == ("site",):
        message += "; sites are written as [[site]]"
    return f"{key}: {message}" if key else message


def _name_of(part: int | str, data: dict[str, Any]) -> str:
    """A list position as a person counts: the id of the site where it has one."""
    sites = data.get("site")
    if isinstance(part, int) and isinstance(sites, list) and part < len(sites):
        site = sites[part]
        name = site.get("id") if isinstance(site, dict) else None
        return f"[{name}]" if name else f"[{part + 1}]"
    return str(part)
