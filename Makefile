# `make run` and `make test` need nothing but Python 3.11 or newer: they set up .venv themselves, from hashed requirements.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

PY := .venv/bin/python
UV := .venv/bin/uv
CORE := engine kinds library say decide account interview prove instruments outcomes approaches evidence compare plans clinical justice directory
# e.g. make test PYTEST_ARGS="-n 2 -k harm"
PYTEST_ARGS ?= -n 2 --dist worksteal
# e.g. make run SERVE_ARGS="--port 9000"
SERVE_ARGS ?=
# e.g. make lock LOCK_ARGS="--upgrade-package ruff"
LOCK_ARGS ?= --upgrade

# Many containers ask Python to keep no compiled code. Then each worker, each hook and each command that a test starts compiles
# Trellis and its libraries anew, which takes longer than what it does. `make clean` removes what is kept.
export PYTHONDONTWRITEBYTECODE :=

step = @printf '\n==> %s\n' "$(1)"

.PHONY: help
help:  ## show this list
	@printf 'Trellis: which care setting fits, and why.\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: .venv/.run  ## show the site on this machine, with invented people (sets itself up the first time)
	@exec $(PY) -m trellis workspace serve --demo $(SERVE_ARGS)

.PHONY: test
test: check-format lint types imports hooks check pytest coverage postgresql  ## everything that must hold before a change goes in

.PHONY: check-format
check-format: .venv/.test
	$(call step,ruff format --check)
	@$(PY) -m ruff format --check .

.PHONY: lint
lint: .venv/.test
	$(call step,ruff check)
	@$(PY) -m ruff check .

.PHONY: types
types: .venv/.test
	$(call step,mypy)
	@$(PY) -m mypy

.PHONY: imports
imports: .venv/.test
	$(call step,import contracts)
	@.venv/bin/lint-imports --no-logo

# Of the hooks, those that are steps of their own above are not repeated.
# The cache lives in .venv and git is told to trust this one folder, so that this works without a home directory, without a
# git identity and in a container that checked the files out as somebody else. A tree without git has no hooks to run.
.PHONY: hooks
hooks: .venv/.test
	$(call step,pre-commit)
	@if [ -e .git ]; then \
	  SKIP=ruff-check,ruff-format,mypy,imports,knowledge \
	  PRE_COMMIT_HOME="$(CURDIR)/.venv/pre-commit" PATH="$(CURDIR)/.venv/bin:$$PATH" \
	  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$(CURDIR)" \
	  $(PY) -m pre_commit run --all-files --show-diff-on-failure; \
	else echo "not a git checkout: skipped"; fi

.PHONY: check
check: .venv/.test  ## read the clinical content and name what is wrong with it
	$(call step,trellis check)
	@$(PY) -m trellis check

.PHONY: pytest
pytest: .venv/.test  ## the tests and the examples in docstrings
	$(call step,pytest)
	@$(PY) -m pytest --cov --cov-report= $(PYTEST_ARGS)

# Silent when all is well, so that pytest's summary stays the last line.
.PHONY: coverage
coverage: .venv/.test
	@for part in $(CORE); do \
	  report="$(PY) -m coverage report --include=src/trellis/$$part/*"; \
	  $$report --fail-under=95 >/dev/null || { $$report; \
	    echo "Branch coverage of trellis.$$part is below 95 %: test what is listed above."; exit 1; }; \
	done

# The tests of the workspace once more, on the database of production: started for them, and gone afterwards.
.PHONY: postgresql
postgresql: .venv/.test  ## the tests of the workspace on PostgreSQL
	$(call step,pytest on PostgreSQL)
	@$(PY) -m scripts.with_postgresql -- $(PY) -m pytest --no-cov $(PYTEST_ARGS) tests/workspace

.PHONY: prove
prove: .venv/.test  ## prove that the clinical content obeys its properties
	@$(PY) -m trellis prove

.PHONY: bench
bench: .venv/.bench  ## measure each headline figure, next to other engines
	@$(PY) -m benchmarks

.PHONY: soak
soak: .venv/.test  ## by hand, for an hour: servers killed in the middle of saving, on SQLite and on PostgreSQL
	@$(PY) -m benchmarks.soak_workspace kill
	@$(PY) -m scripts.with_postgresql -- $(PY) -m benchmarks.soak_workspace kill

.PHONY: format
format: .venv/.test  ## put the code into its one format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

.PHONY: lock
lock: .venv/.uv  ## renew the hashed requirements from pyproject.toml
	@echo "Resolving from the public index into requirements/"
	@$(COMPILE) --group uv --output-file requirements/uv.txt
	@$(COMPILE) pyproject.toml --all-extras --group build --group dev --output-file requirements/test.txt
	@$(COMPILE) pyproject.toml --extra guide --extra workspace --group build --constraints requirements/test.txt \
	  --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml --all-extras --group build --group bench --constraints requirements/test.txt \
	  --output-file requirements/bench.txt
	@if grep -nE 'https?:|file:|--(extra-)?index-url|--find-links' requirements/*.txt; then \
	  echo "These lines name an index or a folder; the requirements must not."; exit 1; fi

.PHONY: clean
clean:  ## remove the set-up and everything generated
	@rm -rf .venv .uv_cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* \
	  htmlcov build dist node_modules
	@find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true


# --- set-up: each file below is a stamp, made again only when what it depends on is newer ---

COMPILE = $(UV) --quiet --no-config pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_ARGS)

PIP = $(PY) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes

# A virtual environment holds absolute paths: after a move or a copy it is made anew.
ifneq ($(shell cat .venv/.python 2>/dev/null),$(CURDIR))
.PHONY: .venv/.python
endif

.venv/.python:
	@sh scripts/venv.sh
	@printf '%s\n' "$(CURDIR)" > $@

.venv/.uv: requirements/uv.txt .venv/.python
	@echo "Installing uv, the installer"
	@$(PIP) -r requirements/uv.txt
	@touch $@

.venv/.debian: scripts/debian.sh .venv/.python
	@sh scripts/debian.sh
	@touch $@

.venv/.test: .venv/.debian .venv/.node
.venv/.bench: .venv/.debian

# The type checker of the guide's JavaScript and the accessibility rules its pages are held to.
.venv/.node: package-lock.json .venv/.debian
	@echo "Installing package-lock.json"
	@npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.venv/.%: requirements/%.txt pyproject.toml .venv/.uv
	@echo "Installing requirements/$*.txt and Trellis itself"
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r $< \
	  || { echo "uv could not (is the package index set for pip only?); trying pip"; $(PIP) -r $<; }
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

.PRECIOUS: .venv/.%
