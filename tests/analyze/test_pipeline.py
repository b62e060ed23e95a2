"""The pipeline: order of components and statements, processes, versions, the lines of `folkmoot tag`."""

from multiprocessing import active_children
from pathlib import Path

import pytest

import analyze.pipeline
from analyze import codebook, train
from analyze.linear import Linear
from analyze.model import TASKS, AnalyzeError, Findings, Statement
from analyze.pipeline import FEW, Tagger, check_order, examples, tag_parallel, version
from analyze.tagjson import as_row, read_line
from analyze.view import View

TEXTS = ["Please add tabs.", "I like it.", "", "Ask for a deposit first.", "How about a badge?"]


def statements(times: int = 1) -> list[Statement]:
    return [Statement(id=str(i), text=text) for i, text in enumerate(TEXTS * times)]


def test_order_is_kept_on_several_processes():
    assert FEW < 2500
    one = list(Tagger(codebook.load(None)).tag(statements(500)))
    many = list(tag_parallel(statements(500), None, TASKS, workers=2))
    assert many == one
    assert [found.id for found in many] == [str(i) for i in range(2500)]


def test_few_statements_are_tagged_without_starting_processes():
    found = tag_parallel(statements(), None, TASKS, workers=2)
    assert [next(found).id, *(one.id for one in found)] == list("01234")
    assert not active_children()


def test_a_process_that_is_killed_is_told_in_one_line():
    found = tag_parallel(statements(2000), None, TASKS, workers=2)
    next(found)
    for child in active_children():
        child.kill()
    with pytest.raises(AnalyzeError, match=r"was killed.*--workers 1"):
        list(found)


def test_an_unusable_codebook_is_reported_before_the_pool_starts(tmp_path: Path):
    path = tmp_path / "codebook.toml"
    path.write_text("[[proposal]]\n", encoding="utf-8")
    with pytest.raises(AnalyzeError, match="key `id` is missing"):
        list(tag_parallel(statements(), path, TASKS, workers=2))


def test_an_unknown_task():
    with pytest.raises(AnalyzeError, match="mood is no task; the tasks are proposals"):
        Tagger(codebook.load(None), ("mood",))


class Needy:
    task = "stance"
    needs = frozenset({"moderation"})
    assigns = frozenset({"stance"})
    keys = frozenset[str]()

    def __init__(self, codebook: codebook.Codebook) -> None:
        pass

    def tag(self, seen: View, found: Findings) -> Findings:
        return found


def test_an_impossible_order_is_refused():
    with pytest.raises(AnalyzeError, match="stance component needs moderation"):
        check_order([Needy])


def test_the_version_changes_with_what_was_learnt(tmp_path: Path):
    assert version() == analyze.pipeline.VERSION
    train.save(Linear(("neither",), (0.0,), {}), tmp_path, "proposals")
    assert version(tmp_path) != version()


def test_a_team_can_correct_the_weights(tmp_path: Path):
    # Here people ask with a phrase that means nothing elsewhere.
    coded = [(f"It could be {i} metres to the tree, pinky promise.", "propose") for i in range(30)]
    coded += [(f"It could be {i} metres to the tree.", "neither") for i in range(30)]
    codings = [(Statement(id=str(i), text=text), label) for i, (text, label) in enumerate(coded)]
    trained = train.train(*examples(codings, codebook.load(None), "proposals"))
    assert trained.after["propose"] > 0.9 > trained.before["propose"]
    train.save(trained.model, tmp_path, "proposals")
    tagger = Tagger(codebook.load(None), ("proposals",), tmp_path)
    assert tagger.tag_one(
        Statement(id="1", text="It could be 99 metres to the tree, pinky promise.")
    ).is_proposal
    assert not tagger.tag_one(Statement(id="1", text="It could be 99 metres to the tree.")).is_proposal
    assert tagger.tag_one(Statement(id="1", text="Please add tabs.")).is_proposal


def test_stance_can_be_trained_though_one_label_has_few_codings(tmp_path: Path):
    # Here "grapefruit" is how people agree, and "lampshade" how they do not.
    said = [("grapefruit, said my aunt", "support"), ("lampshade, said my aunt", "oppose")] * 30
    said += [("Yes, but no.", "mixed")] * 5
    codings = [
        (Statement(id=str(i), text=text, reply_to="The lane is wide."), label)
        for i, (text, label) in enumerate(said)
    ]
    made, shipped = examples(codings, codebook.load(None), "stance")
    trained = train.train(made, shipped)
    assert trained.better
    assert trained.after["oppose"] > 0.9
    train.save(trained.model, tmp_path, "stance")
    tagger = Tagger(codebook.load(None), ("stance",), tmp_path)
    for text, expected in (("lampshade, said my aunt", "oppose"), ("I totally agree.", "support")):
        found = tagger.tag_one(Statement(id="1", text=text, reply_to="The lane is wide.")).stance
        assert found is not None
        assert found.stance == expected


def test_a_label_with_few_codings_does_not_stop_the_others():
    made = [train.Example(features=(f"w:{label}",), label=label) for label in ("neither", "propose")] * 25
    made += [train.Example(features=("w:advise",), label="advise")] * 3
    shipped = Linear(("neither", "propose", "advise"), (0.0, 0.0, 0.0), {})
    assert set(train.train(made, shipped).after) == {"neither", "propose"}


def test_moderation_has_nothing_to_train():
    with pytest.raises(AnalyzeError, match="cannot be trained"):
        examples([], codebook.load(None), "moderation")


def test_too_few_codings_to_train():
    few = [train.Example(features=("w:a",), label="propose")] * 5
    shipped = Linear(("neither", "propose"), (0.0, 0.0), {})
    with pytest.raises(AnalyzeError, match="at least 20 codings of each of two labels; there are: propose 5"):
        train.train(few, shipped)


def test_a_line_of_folkmoot_tag():
    given, statement = read_line('{"id": 7, "text": "Please show the client\'s refunds."}', 1)
    found = Tagger(codebook.load(None), ("proposals",)).tag_one(statement)
    row = as_row(given, found, ("proposals",))
    assert row["id"] == 7
    assert row["is_proposal"] is True
    (mention,) = row["proposals"]
    assert (mention["start"], mention["end"]) == (0, 33)
    assert mention["proposal_id"] == "client_metrics_disclosure"
    assert mention["act"] == "propose"
    assert "stance" not in row


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Line 3 is not valid JSON"),
        ("[1]", 'Line 3 needs a string under "text"'),
        ('{"id": 1}', 'Line 3 needs a string under "text"'),
        ('{"text": "x", "reply_to": 5}', 'Line 3: "reply_to" must be a string'),
    ],
)
def test_a_line_that_cannot_be_read(line: str, message: str):
    with pytest.raises(AnalyzeError, match=message):
        read_line(line, 3)
