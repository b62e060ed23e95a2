"""What coders may say of a post, as folkmoot/labels.toml tells."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Question:
    """What a coder is asked of each post of a task."""

    text: str
    labels: Mapping[str, str]
    """What each label means, in the order in which they are offered."""


@cache
def questions() -> Mapping[str, Question]:
    """The question of each task."""
    table = tomllib.loads(files("folkmoot").joinpath("labels.toml").read_text(encoding="utf-8"))
    return {task: Question(asked["question"], asked["labels"]) for task, asked in table.items()}
