# `make demo` and `make test` are all a newcomer needs; both set up .venv from requirements.lock first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test setup lint types contracts unit test-live interop bench docs lock clean

demo: setup
	$(BIN)/folkmoot demo --out demo-output
	@echo; echo "To ask more, put folkmoot on your path: source $(BIN)/activate"

test: lint types contracts unit

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Folkmoot needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

# CI has two cores; the third worker has them while tests of the others wait for servers and browsers.
unit: setup
	$(BIN)/pytest -n 3 --dist worksteal

test-live: setup
	FOLKMOOT_LIVE=1 $(BIN)/pytest tests/live

interop: .venv-interop/.ready
	$(BIN)/pytest tests/interop

.venv-interop/.ready: tests/interop/requirements.txt | setup
	$(PYTHON) -m venv .venv-interop
	.venv-interop/bin/python -m pip install --quiet --disable-pip-version-check -r tests/interop/requirements.txt
	.venv-interop/bin/python -m pip install --quiet --disable-pip-version-check --no-deps convokit==5.0.0
	touch $@

bench: setup
	$(BIN)/pytest tests/bench -p no:xdist --benchmark-only --benchmark-sort=name

docs: setup
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/consoles.py

lock:
	$(BIN)/uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-header -q -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) .venv-interop demo-output
