"""What is inferred does not depend on the order in which Python keeps its sets, which changes from run to run."""

import os
import subprocess
import sys

import pytest

QUOTED = """
from parse.shingles import Index, wording

words = "arbitration milestone deposit invoice deadline translator designer refund contract dispute".split()
said = [f"about {one} and {other} here" for one in words for other in words if one < other]
quote = "about " + " and ".join(words) + " here"
print([(hit.post, hit.coverage) for hit in Index([wording(text) for text in said]).find(wording(quote))])
"""
"""A quote of ten posts in equal parts: which are compared with it is a matter of order."""

NAMESAKES = """
from parse.model import Author, Post, Quote, Thread
from parse.threads import resolve

def post(number, text, author, *quoted):
    quotes = tuple(Quote(ordinal=n, depth=1, text=said, attributed_to="Zed") for n, said in enumerate(quoted, 1))
    return Post(id=str(number), text=text, full_text=text, author=author, position=number, quotes=quotes)

one, other, carl = Author(name="Ann Lee", user_id="7"), Author(name="ann_lee", user_id="9"), Author(name="Carl")
left, right = "alpha beta gamma delta epsilon zeta", "kappa lambda mu nu xi omicron"
posts = [
    post(1, "An opening of many words.", carl),
    post(2, "The first of them speaks.", one),
    post(3, "The second speaks too.", other),
    post(4, "Ann Lee, you are right about that.", carl),
    post(5, "No.", carl, left),
    post(6, "No.", carl, right),
    post(7, "And no.", carl, f"{left} and {right}"),
]
print(resolve(Thread(id="1", title="Talk", url="u", posts=tuple(posts))))
"""
"""Two members of one name, one of them addressed; two lost posts, and a quote of equal parts of both."""


def answer(asked: str, seed: int) -> str:
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", asked]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("asked", [QUOTED, NAMESAKES], ids=["quotes", "namesakes"])
def test_the_answer_is_the_same_in_every_run(asked: str) -> None:
    assert len({answer(asked, seed) for seed in range(6)}) == 1
