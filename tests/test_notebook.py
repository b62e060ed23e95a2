"""The notebook in docs/ runs on the demo from its first cell to its last, and its charts can be drawn."""

import importlib.util
import sys
from pathlib import Path

import pytest
import vl_convert

from folkmoot.demo import show

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.py"


@pytest.mark.slow
def test_the_notebook_runs_on_the_demo(tmp_path, monkeypatch):
    outcome = show.run(tmp_path / "demo", weeks=2)
    monkeypatch.setattr(sys, "argv", [str(NOTEBOOK), "--warehouse", outcome["warehouse"]])
    spec = importlib.util.spec_from_file_location("notebook", NOTEBOOK)
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, found = notebook.app.run()
    for answer in ("leaderboard", "positions", "changes", "speed", "words"):
        assert found[answer].num_rows > 0, answer
    last = found["positions"].to_pylist()[-1]["month"]
    drawn = {row["stance"]: row["people"] for row in found["positions"].to_pylist() if row["month"] == last}
    first = found["leaderboard"].to_pylist()[0]
    assert (drawn.get("support", 0), drawn.get("oppose", 0)) == (first["supporters"], first["opposers"])
    for chart in ("leaderboard_chart", "positions_chart", "speed_chart"):
        assert "<svg" in vl_convert.vegalite_to_svg(found[chart].to_json())
