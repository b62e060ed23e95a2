"""How many posts a second are tagged, on text with a real vocabulary where that is at hand.

By the time that the processor works for it: these machines do other things as well.
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from analyze import codebook
from analyze.model import TASKS, Statement
from analyze.pipeline import Tagger

pytestmark = pytest.mark.benchmark(timer=time.process_time)
DATA = Path(__file__).parents[3] / "shared" / "data" / "proposals_feedback_train.jsonl"


@pytest.fixture(scope="module")
def posts() -> list[Statement]:
    """Posts of about 65 words, each made of neighbouring sentences."""
    if not DATA.exists():
        pytest.skip("the measuring data is not here")
    texts = [json.loads(line)["text"] for line in DATA.read_text(encoding="utf-8").splitlines()]
    joined = [" ".join(texts[i : i + 4]) for i in range(0, len(texts) - 4, 4)]
    return [Statement(id=str(i), text=text, reply_to=joined[i - 1]) for i, text in enumerate(joined)]


@pytest.mark.parametrize("tasks", [("proposals",), TASKS], ids=["proposals", "all tasks"])
def test_posts_a_second(benchmark: Any, posts: list[Statement], tasks: tuple[str, ...]):
    tagger = Tagger(codebook.load(None), tasks)
    found = benchmark(lambda: list(tagger.tag(posts)))
    assert len(found) == len(posts)
    benchmark.extra_info["posts_per_second"] = len(posts) / benchmark.stats["mean"]
