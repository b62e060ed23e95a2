"""Whether anybody has checked the tags in this community, and what came of it."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.reports.pages import figures


@pytest.fixture
def rows(communities: ModuleType) -> Any:
    """Ten posts: the machine says of the first four that they ask for something."""
    made = communities.Rows()
    made.site()
    thread, ann = made.thread(1, "One thread"), made.author("Ann")
    made.add("analysis_runs", run_id="r", started_at=communities.NOW, finished_at=communities.NOW, version="1", codebook_sha256="", posts_tagged=10)  # fmt: skip
    for position in range(1, 11):
        post = made.post(thread, position, ann, "Please add it", communities.NOW)
        made.add("tagged_posts", post_id=post, run_id="r", content_hash=1, is_proposal=position <= 4, proposal_score=0.5)  # fmt: skip
    return made


def code(rows: Any, position: int, label: str, weight: float = 1.0, coder: str = "bea") -> None:
    rows.add("codings", post_id=f"s:t1-{position}", task="proposals", coder=coder, label=label, weight=weight)


def test_a_report_says_that_nobody_has_checked_its_tags(
    rows: Any, report: Callable[..., Path], tmp_path: Path
) -> None:
    folder = report(rows.save(tmp_path / "w.duckdb"))
    said = "Tags are made by machine, and nobody has checked a sample of them in this community."
    for page in ("index.html", "about.html"):
        assert said in (folder / page).read_text(encoding="utf-8")
    assert "folkmoot sample" in (folder / "about.html").read_text(encoding="utf-8")


def test_shares_are_those_of_the_corpus_and_counts_those_of_the_sample(
    rows: Any, report: Callable[..., Path], tmp_path: Path
) -> None:
    # Of the four that the machine found two are coded, one of them right; six others stand behind two.
    code(rows, 1, "propose", 2)
    code(rows, 2, "neither", 2)
    code(rows, 5, "neither", 3)
    code(rows, 6, "neither", 3)
    folder = report(rows.save(tmp_path / "w.duckdb"))
    (task,) = figures(folder)["checked"]["tasks"]
    assert task["sentence"] == (
        "1 person read 4 posts by hand for whether posts ask for something: the tagger agrees with 3 of 4 of "
        "these codings, and with 80 % of what they would say of all posts."
    )
    told = {row["label"]: row for row in task["labels"]}["propose"]
    assert [told[name] for name in ("by_coder", "by_machine", "by_both")] == [1, 2, 1]
    assert [told[name] for name in ("coder_share", "machine_share")] == pytest.approx([0.2, 0.4])
    page = (folder / "about.html").read_text(encoding="utf-8")
    assert '<td class="n">20 %</td><td class="n">40 %</td>' in page
    assert task["sentence"] in (folder / "index.html").read_text(encoding="utf-8")


def test_two_coders_of_one_post_are_two_codings_of_one_post(
    rows: Any, report: Callable[..., Path], tmp_path: Path
) -> None:
    code(rows, 1, "propose")
    code(rows, 1, "advise", coder="cy")
    folder = report(rows.save(tmp_path / "w.duckdb"))
    (task,) = figures(folder)["checked"]["tasks"]
    assert "2 people read 1 post by hand" in task["sentence"]
    assert "agrees with 1 of 2" in task["sentence"]
