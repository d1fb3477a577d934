# make demo    reconcile the example folder
# make test    run every test, README sessions and docstring examples included
# make lint    ruff and mypy
# make bench   runs the benchmarks of rates (the cold start, frames against their peers), writes
#              benchmarks/RESULTS.md; benchmarks/{audit,checking,reading,reconciling,scale}.py
#              are run by themselves
#
# Needs Python 3.11 or newer (as `python3`, or `make PYTHON=...`) and an internet connection for
# the first install. Everything is installed into .venv, nothing outside this folder.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint bench clean

demo: .venv/installed
	$(BIN)/pledgecalc reconcile examples/lithuania --in USD --fail-on never

test: .venv/developing
	$(BIN)/python -m pytest

lint: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/developing
	$(PIP) --editable '.[bench]'
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/rates.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "pledgecalc needs Python 3.11 or newer; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

# A plain install is a copy, so a changed source file must install again; a module that was
# deleted would live on in build/.
.venv/installed: .venv/bin/python pyproject.toml cli.py $(shell find calc pledgecalc rates -name '*.py' -o -path '*/data/*' -type f)
	@rm -rf build
	$(PIP) .
	@touch $@

.venv/developing: .venv/bin/python pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info
