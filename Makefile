# What can be made here: see `make help`.
# Everything lives in .venv; a step runs again only when what it rests on has changed.

PYTHON ?= python3
PYTEST_ARGS ?=
CHECK_ARGS ?=
DIFF_ARGS ?=
BENCH_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
# On all cores; a file's tests stay together, since they share what was built for them. In the order of the files, which begins
# with the long ones: the files with most tests are quick, and after them one core had nothing to do while another built a site.
PYTEST := $(PY) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
PIP := $(PY) -m pip --quiet --quiet --disable-pip-version-check --no-input
# The lock files name every package, so pip has nothing to resolve: left to it, an extra such as coverage[toml]
# makes it try the newest release, for which the lock has no hash.
LOCKED := --only-binary :all: --require-hashes --no-deps
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-emit-index-url --only-binary :all: --custom-compile-command "make lock"

# Each of these files stands for a finished step of the set-up.
MADE := $(VENV)/.made
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
DEEP := $(VENV)/.deep

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test check check-deep lint types records diff amend coverage bench mutants audit sbom format lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

site: $(RUNTIME) ## build the site into site/ and say where to open it
	@$(PY) -m generator schema --write > /dev/null
	@$(PY) -m generator build

serve: $(RUNTIME) ## live preview: rebuilds as you save
	@$(PY) -m generator schema --write > /dev/null
	@$(PY) -m generator serve

test: $(DEV) ## all tests, those in a real browser included
	@$(PY) -m tools.browser
	@$(PYTEST) $(PYTEST_ARGS)

check: lint types records ## style, types and the records, without the tests

lint: $(DEV)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: $(DEV)
	@$(PY) -m mypy

records: $(RUNTIME)
	@$(PY) -m generator check $(CHECK_ARGS)

diff: $(RUNTIME) ## what readers will see of your edits
	@$(PY) -m generator diff $(DIFF_ARGS)

# For those who have forms to fill in rather than a command line: what they typed comes as variables of the environment.
amend: $(RUNTIME)
	@$(PY) -m generator amend --kind "$$KIND" --note "$$NOTE" $${KNOWN:+--known "$$KNOWN"} $${AGAINST:+--against "$$AGAINST"} -- "$$FILE"

coverage: $(DEV) ## which lines the tests do not reach
	@$(PY) -m tools.browser
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered $(PYTEST_ARGS)

bench: $(BENCH) ## what a site costs here, and with Hugo and Material; see BENCH_ARGS=--help
	@$(PY) -m tools.browser
	@$(PY) -m tests.bench $(BENCH_ARGS)

check-deep: $(DEEP) ## what takes minutes: builds killed and short of disk, hostile records by the thousand, a minute of fuzzing
	@$(PY) -m tools.browser
	@$(PYTEST) -m deep $(PYTEST_ARGS)
	@$(PY) -m tests.fuzz --seconds 60

mutants: $(DEEP) ## break the code that judges records, and see whether a test notices
	@$(PY) -m tools.mutants

audit: $(DEEP) ## what is known against the versions in the lock files; asks the Python Package Index
	@$(PY) -m pip_audit --strict --disable-pip --require-hashes -r requirements.lock -r requirements-dev.lock

# In an environment of its own, since what is installed there says its licence and what it needs.
sbom: $(DEEP) ## the list of all that is released, with versions and licences, in dist/
	@mkdir -p dist
	@"$(PYTHON)" -m venv --clear --without-pip $(VENV)/released
	@$(PIP) --python $(VENV)/released/bin/python install $(LOCKED) -r requirements.lock
	@$(PY) -m cyclonedx_py environment --pyproject pyproject.toml --output-reproducible -o dist/briefbook.cdx.json $(VENV)/released/bin/python
	@echo "Wrote dist/briefbook.cdx.json."

format: $(DEV) ## put the code in the form that check asks for
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

lock: $(MADE) ## newest versions that pyproject.toml allows, into the lock files
	@$(PIP) install --upgrade uv
	@$(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' > $(VENV)/build-system.in
	@$(LOCK) pyproject.toml $(VENV)/build-system.in -o requirements.lock
	@$(LOCK) --group dev --constraints requirements.lock -o requirements-dev.lock
	@$(LOCK) --group bench --constraints requirements-dev.lock -o requirements-bench.lock
	@$(LOCK) --group deep --constraints requirements-dev.lock -o requirements-deep.lock

clean: ## remove all that was made, the set-up included
	rm -rf $(VENV) site schema dist mutants tests/fuzz/found .briefbook .cache .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE):
	@command -v "$(PYTHON)" > /dev/null || { \
		echo "No $(PYTHON) here. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$("$(PYTHON)" --version 2>&1). Name another: make PYTHON=python3.13" >&2; exit 1; }
	@echo "Setting up in $(VENV) ..."
	@"$(PYTHON)" -m venv $(VENV) || { \
		echo "$(PYTHON) could not make $(VENV). On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(RUNTIME): $(MADE) requirements.lock pyproject.toml
	@echo "Installing what the generator needs ..."
	@$(PIP) install $(LOCKED) -r requirements.lock
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(PIP) install $(LOCKED) -r requirements-dev.lock
	@$(PIP) check
	@touch $@

$(BENCH): $(DEV) requirements-bench.lock
	@echo "Installing what is compared ..."
	@$(PIP) install $(LOCKED) -r requirements-bench.lock
	@$(PIP) check
	@touch $@

$(DEEP): $(DEV) requirements-deep.lock
	@echo "Installing what the long checks need ..."
	@$(PIP) install $(LOCKED) -r requirements-deep.lock
	@$(PIP) check
	@touch $@
