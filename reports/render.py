"""Views to pages: Jinja2 with autoescape, and a policy that lets nothing run but what we wrote."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup

from reports import words
from reports.numbers import grouped

TIPS, GRAPH = "tips.js", "graph.js"
"""Scripts: what marks and drawings say when pointed at; the walk through the replies of a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of one report says of itself."""

    sites: str
    period: str
    generated: str
    version: str
    codebook: str
    analysis: str
    has_ideas: bool
    """The community says what became of ideas."""
    has_people: bool
    """There are pages of people: there are none where names are pseudonyms."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the pages of one report into a folder."""

    folder: Path
    frame: Frame
    threads: Mapping[str, str]
    people: Mapping[str, str]
    """The pages of the threads and of the accounts that have one."""
    sources: Mapping[str, str]
    """Where the archived pages stand that the report rests on."""

    def page(
        self,
        path: str,
        template: str,
        *,
        title: str,
        section: str,
        scripts: tuple[str, ...] = (TIPS,),
        **views: object,
    ) -> None:
        """Renders a template to `path` (relative, `/` between folders)."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        context: Mapping[str, object] = {
            "frame": self.frame,
            "title": title,
            "section": section,
            "pages": self.threads,
            "people": self.people,
            "sources": self.sources,
            "root": "../" * path.count("/"),
            "css": Markup(static("report.css")),  # noqa: S704
            "scripts": [Markup(static(script)) for script in scripts],  # noqa: S704
            "policy": policy(scripts),
            **views,
        }
        html = environment().get_template(template).render(context)
        target.write_text(html, encoding="utf-8", newline="\n")


@cache
def environment() -> jinja2.Environment:
    """Templates escape every value; `finalize` also takes out characters that act instead of being read."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_readable,
    )
    made.filters["grouped"] = grouped
    return made


def _readable(value: object) -> object:
    return words.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def static(name: str) -> str:
    return files("reports").joinpath("static", name).read_text(encoding="utf-8")


@cache
def policy(scripts: tuple[str, ...], styles: tuple[str, ...] = ("report.css",)) -> str:
    """The Content-Security-Policy of a page: our style sheets, our scripts, and no request at all."""
    return (
        f"default-src 'none'; style-src {_hashes(styles)}; script-src {_hashes(scripts)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashes(names: tuple[str, ...]) -> str:
    return " ".join(_hash(static(name)) for name in names)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
