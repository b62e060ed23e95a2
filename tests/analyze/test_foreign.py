"""Statements in other languages than English are told, and only the codebook's phrases are looked for in them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from analyze import codebook
from analyze.foreign import foreign_language
from analyze.gate import Gate
from analyze.model import Statement
from analyze.pipeline import Tagger
from analyze.view import view

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("foreign.toml").read_text("utf-8"))["case"]
QUESTION = "Warum zahlen eigentlich immer nur die Freiberufler für den Schlichter?"
ANSWER = "Das ist doch Unsinn, die Auftraggeber zahlen ganz genauso viel."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_languages(case: dict[str, Any]):
    statement = Statement(id="", text=case["text"], reply_to=case.get("reply_to"))
    assert foreign_language(view(statement, Gate(()))) == case.get("language"), case.get("why", "")


def test_nobody_is_for_or_against_in_a_language_that_the_rules_do_not_read():
    answer = Statement(id="1", text=ANSWER, reply_to=QUESTION, author_role="moderator")
    (found,) = Tagger(codebook.load(None)).tag([answer])
    assert found.language == "de"
    assert (found.stance, found.proposals, found.moderation, found.is_proposal) == (None, (), (), False)


def test_the_phrases_of_a_codebook_are_found_in_any_language(tmp_path: Path):
    path = tmp_path / "codebook.toml"
    path.write_text(
        '[[proposal]]\nid = "schlichter"\nlabel = "Schlichter"\ndescription = "Wer ihn zahlt."\n'
        'phrases = ["den Schlichter"]\n',
        encoding="utf-8",
    )
    (found,) = Tagger(codebook.load(path)).tag([Statement(id="1", text=QUESTION)])
    assert found.language == "de"
    assert [(mention.proposal_id, mention.act) for mention in found.proposals] == [("schlichter", "discuss")]
