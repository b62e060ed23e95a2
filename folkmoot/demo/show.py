"""The demo from start to end: serve the community, run the pipeline on it, ask three questions."""

import shlex
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from folkmoot.demo.site import DemoSite

CONFIG = """\
# Written by `folkmoot demo`: the two demo sites, on this machine's loopback.
[project]
contact = "demo@folkmoot.invalid"
recrawl_min = "1s"
recrawl_max = "1s"

[[site]]
id = "community"
start = ["{khoros}"]
delay = 0
allow_private = true

[[site]]
id = "workshop"
start = ["{discourse}"]
delay = 0
allow_private = true
"""


def run(out: Path, weeks: int) -> dict[str, Any]:
    """Runs the pipeline on the served community, once a week. Returns the outcome of the last run."""
    from folkmoot import stages
    from folkmoot.demo.site import serve

    with serve() as site:
        config = configure(out, site)
        outcome = stages.run(config)
        for _ in range(weeks - 1):
            site.advance_week()
            outcome = stages.run(config)
    return outcome


def configure(out: Path, site: "DemoSite") -> Path:
    """Writes the configuration that crawls the served demo into `out`; returns its path."""
    out.mkdir(parents=True, exist_ok=True)
    config = out / "folkmoot.toml"
    config.write_text(CONFIG.format(khoros=site.khoros_url, discourse=site.discourse_url), "utf-8")
    return config


def ask(warehouse: Path) -> None:
    """Prints the example questions, the command that asks each, and its answer."""
    from folkmoot.commands.query import WRITERS
    from warehouse.store import reading

    text = files("folkmoot.demo").joinpath("questions.toml").read_text("utf-8")
    with reading(warehouse) as db:
        for question in tomllib.loads(text)["question"]:
            sql = " ".join(question["sql"].split())
            command = f"folkmoot query {_quoted(sql)} --warehouse {shlex.quote(str(warehouse))}"
            click.echo(f"\n{question['title']}\n$ {command}")
            WRITERS["table"](db.query(sql))


def _quoted(sql: str) -> str:
    """As a person would: in double quotes, unless a shell finds something in them."""
    return shlex.quote(sql) if any(c in sql for c in '"$`\\!') else f'"{sql}"'
