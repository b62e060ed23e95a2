"""Documentation that drifts from the code fails here; `make docs` mends it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _script(name):
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_what_help_says():
    # In a process of its own: click keeps the help option of a command as it was first asked for.
    script = "import sys; sys.path.insert(0, 'docs'); import generate; print(generate.commands(), end='')"
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == said.stdout, "run `make docs`"


def test_the_page_of_the_schema_is_what_the_schema_says_of_itself():
    assert (ROOT / "docs" / "schema.md").read_text("utf-8") == _script("warehouse_pages").schema(), (
        "run `make docs`"
    )


@pytest.mark.parametrize("page", ["README.md", "docs/coding.md"])
def test_the_tables_of_a_page_are_what_the_code_says(page):
    generate, text = _script("generate"), (ROOT / page).read_text("utf-8")
    assert all(f"<!-- {make.__name__} -->" in text for make in generate.TABLES[page])
    assert text == generate.with_tables(page), "run `make docs`"


@pytest.mark.slow
def test_the_cookbook_holds_what_the_demo_answers(tmp_path):
    assert (ROOT / "docs" / "cookbook.md").read_text("utf-8") == _script("generate").cookbook(tmp_path), (
        "run `make docs`"
    )


def test_no_other_distribution_owns_one_of_our_names():
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    for name in ("folkmoot", "crawler", "parse", "analyze", "warehouse", "reports"):
        assert set(owners.get(name, ["folkmoot"])) == {"folkmoot"}, f"{name} is shadowed by {owners[name]}"


@pytest.mark.slow
@pytest.mark.parametrize(("page", "commands"), [("coding.md", 11), ("codebook.md", 5)])
def test_the_commands_of_a_tutorial_answer_as_it_says(tmp_path, page, commands):
    consoles = _script("consoles")
    folder = consoles.prepared(tmp_path)
    steps = consoles.steps((ROOT / "docs" / page).read_text("utf-8"))
    assert sum(step.command.startswith("folkmoot ") for step in steps) >= commands
    for step in steps:
        said = consoles.shown(step, consoles.run(step.command, folder))
        assert consoles.begins_alike(said, step.answer), f"{step.command}: run `make docs`"
