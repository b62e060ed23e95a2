"""Runs the commands that a page of the documentation shows, and writes what they answer below them.

`python docs/consoles.py` brings those pages up to date; a test runs the same commands and compares. In a
```console block a line that begins with "$ " is a command, what follows is its answer. "…" stands for lines
that are left out. Compared is how an answer begins, without its figures: every better tagger changes them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

DOCS = Path(__file__).resolve().parent
PAGES = ("coding.md", "codebook.md")
LEFT_OUT = "…"
_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_FIGURE = re.compile(r"-?\d[\d.,:%]*")


@dataclass(frozen=True)
class Step:
    """A command and the lines that the page says it answers."""

    command: str
    answer: tuple[str, ...]


def steps(page: str) -> list[Step]:
    """The commands of a page, in order."""
    return [step for block in _BLOCK.findall(page) for step in _steps(block)]


def _steps(block: str) -> list[Step]:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        command, _, answer = part.partition("\n")
        found.append(Step(command, tuple(answer.splitlines())))
    return found


def run(command: str, folder: Path) -> list[str]:
    """What a command answers on stdout, in a folder where docs/codings and docs/darkroom are at hand."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(  # noqa: S602 - the commands are those of our own page
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: exit {done.returncode}: {done.stderr}")
    return [line.rstrip() for line in done.stdout.splitlines()]


def prepared(folder: Path) -> Path:
    """The folder, with what the pages work on: coded sheets, a small forum."""
    for name in ("codings", "darkroom"):
        shutil.copytree(DOCS / name, folder / name)
    return folder


def shown(step: Step, said: list[str]) -> tuple[str, ...]:
    """The answer to print: as many lines as the page showed before a "…", or all."""
    if LEFT_OUT not in step.answer:
        return tuple(said)
    kept = step.answer.index(LEFT_OUT)
    behind = len(step.answer) - kept - 1
    return (*said[:kept], LEFT_OUT, *(said[-behind:] if behind else ()))


def begins_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two answers begin with the same line, but for figures and the spaces that they move."""
    return [_plain(line) for line in one[:1]] == [_plain(line) for line in other[:1]]


def _plain(line: str) -> str:
    return " ".join(_FIGURE.sub("#", line).split())


def up_to_date(page: str, folder: Path) -> str:
    """The page with the answers of today."""

    def answered(block: re.Match[str]) -> str:
        lines = []
        for step in _steps(block[0]):
            lines += [f"$ {step.command}", *shown(step, run(step.command, folder))]
        return "\n".join(lines) + "\n"

    return _BLOCK.sub(answered, page)


def main() -> None:
    for name in PAGES:
        with TemporaryDirectory() as folder:
            page = DOCS / name
            page.write_text(up_to_date(page.read_text("utf-8"), prepared(Path(folder))), "utf-8")


if __name__ == "__main__":
    main()
