"""What is inferred does not depend on the order in which Python keeps its sets, which changes from run to run."""

import os
import subprocess
import sys

ASKED = """
from parse.shingles import Index, wording

words = "arbitration milestone deposit invoice deadline translator designer refund contract dispute".split()
said = [f"about {one} and {other} here" for one in words for other in words if one < other]
quote = "about " + " and ".join(words) + " here"
print([(hit.post, hit.coverage) for hit in Index([wording(text) for text in said]).find(wording(quote))])
"""
"""A quote of ten posts in equal parts: which are compared with it is a matter of order."""


def answer(seed: int) -> str:
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    asked = [sys.executable, "-c", ASKED]
    return subprocess.run(asked, env=environment, capture_output=True, text=True, check=True).stdout


def test_a_quote_is_compared_with_the_same_posts_in_every_run() -> None:
    assert len({answer(seed) for seed in range(4)}) == 1
