"""The weights that are shipped are those that the scripts beside them fit on the examples beside them."""

import subprocess
import sys
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "analyze" / "models"


@pytest.mark.parametrize("task", ["proposals", "stance", "moderation"])
def test_the_weights_are_those_that_the_script_fits(task: str, tmp_path: Path):
    for file in MODELS.joinpath(task).iterdir():
        if file.is_file() and file.name != "weights.tsv":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    subprocess.run([sys.executable, str(tmp_path / "fit.py")], check=True, timeout=300)
    kept, fitted = (folder.joinpath("weights.tsv").read_text("utf-8") for folder in (MODELS / task, tmp_path))
    names = [[line.split("\t")[0] for line in text.splitlines()] for text in (kept, fitted)]
    assert names[0] == names[1]
