"""Agreement figures: against worked examples from the literature and by their invariants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyze.agreement import against_machine, alpha, alpha_interval, precision_recall_f1
from analyze.sample import Candidate, draw

CODINGS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("XY"), st.sampled_from(["yes", "no"])), max_size=30
)


def nominal(*coders: str) -> list[tuple[str, str, str]]:
    return [
        (str(unit), str(coder), label)
        for coder, labels in enumerate(coders)
        for unit, label in enumerate(labels)
        if label != "."
    ]


def test_two_coders_binary_data_without_gaps():
    # Krippendorff 2011, section A: alpha = 0.095
    codings = nominal("0100000000", "1110010100")
    assert alpha(codings) == pytest.approx(0.095, abs=0.001)


def test_four_coders_five_labels_with_gaps():
    # Krippendorff 2011, section C: alpha = 0.743
    codings = nominal("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    assert alpha(codings) == pytest.approx(0.743, abs=0.001)


def test_perfect_and_undefined():
    assert alpha(nominal("0101", "0101")) == 1.0
    assert alpha(nominal("0000", "0000")) == 1.0
    assert alpha(nominal("0101")) is None
    assert alpha([]) is None


def test_precision_recall_f1():
    pairs = [(*pair, 1.0) for pair in ("pp", "pn", "np", "nn", "pp")]
    assert precision_recall_f1(pairs, "p") == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert precision_recall_f1([], "p") == (0.0, 0.0, 0.0)


def test_the_machine_against_each_coder():
    codings = [("1", "ann", "p"), ("2", "ann", "n"), ("3", "ann", "p"), ("9", "ann", "p"), ("1", "bob", "n")]
    scores = against_machine(codings, {"1": "p", "2": "p", "3": "p"}, rounds=200)
    ann = next(one for one in scores if (one.coder, one.label) == ("ann", "p"))
    assert (ann.posts, ann.recall.value) == (3, 1.0)
    assert ann.precision.value == pytest.approx(2 / 3)
    assert ann.precision.low <= ann.precision.value <= ann.precision.high
    assert {one.coder for one in scores} == {"ann", "bob"}


def test_weights_make_figures_of_the_corpus():
    # One post in four stands for nine: the machine misses nearly all that the coder found.
    codings = [(post, "ann", "p") for post in "1234"]
    machine = {"1": "p", "2": "p", "3": "p", "4": "n"}
    plain = against_machine(codings, machine, rounds=20)[-1]
    weighted = against_machine(codings, machine, {"4": 9.0}, rounds=20)[-1]
    assert (plain.label, plain.recall.value) == ("p", 0.75)
    assert weighted.recall.value == pytest.approx(3 / 12)


def test_the_share_of_the_corpus_is_right_though_the_machine_is_not():
    # 1,000 posts, of which 200 propose; the machine finds half of them and 150 that do not.
    truth = {f"{i}": "p" if i < 200 else "n" for i in range(1000)}
    machine = {f"{i}": "p" if (i % 2 and i < 200) or i >= 850 else "n" for i in range(1000)}
    candidates = [
        Candidate(post_id=post, text="", label=label, confidence=0.3 + 0.6 * (int(post) % 7) / 7)
        for post, label in machine.items()
    ]
    covered = 0
    for seed in range(100):
        drawn = draw(candidates, 150, seed)
        weights = {one.candidate.post_id: one.weight for one in drawn}
        codings = [(post, "ann", truth[post]) for post in weights]
        told = next(one for one in against_machine(codings, machine, weights, 200, seed) if one.label == "p")
        assert told.machine_share == pytest.approx(0.25)
        covered += told.coder_share.low <= 0.2 <= told.coder_share.high
    assert covered >= 88


@settings(max_examples=50, deadline=None)
@given(CODINGS)
def test_alpha_never_exceeds_one_and_its_interval_is_reproducible(codings: list[tuple[str, str, str]]):
    value = alpha(codings)
    assert value is None or value <= 1.0
    assert alpha_interval(codings, rounds=20) == alpha_interval(codings, rounds=20)
