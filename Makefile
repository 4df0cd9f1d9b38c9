# `make demo` and `make test` do all of their own set-up: a virtual environment in .venv, and Asterisk,
# SIPp and the speech library unpacked (without root) into $(IVR_HOME). What they say goes to standard error.

PYTHON ?= python3
export IVR_HOME ?= $(CURDIR)/.ivr
ARGS ?=
BIN := .venv/bin
# Tests that compute want hardly more workers than there are cores; tests of real calls wait, most of the time.
COMPUTING := -n 3 --dist worksteal tests/unit tests/contract
CALLING := -n 9 --dist worksteal tests/chaos tests/acceptance tests/asterisk tests/e2e

.DEFAULT_GOAL := help
.PHONY: help demo test full lint unit acceptance golden bench chaos ivr setup switch browser clean

help: ## what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

demo: switch ## sixty customers, a simulated telephone network, and a report (under two minutes)
	@$(BIN)/ivr demo $(ARGS)

test: lint switch browser ## everything that fits fifteen minutes: lint, types, unit, contract, real calls
	@$(BIN)/python -m pytest $(COMPUTING) -m "not full" $(ARGS)
	@$(BIN)/python -m pytest $(CALLING) -m "not full" $(ARGS)

full: lint switch browser ## all tests, the chaos test and the benchmarks
	@$(BIN)/python -m pytest $(COMPUTING) $(ARGS)
	@$(BIN)/python -m pytest $(CALLING) $(ARGS)
	@$(MAKE) --no-print-directory chaos bench

lint: setup ## ruff, mypy --strict, import contracts
	@$(BIN)/ruff check . >&2
	@$(BIN)/ruff format --check . >&2
	@$(BIN)/mypy >&2
	@$(BIN)/lint-imports --no-logo >&2

unit: setup ## tests that need no Asterisk and no database server
	@$(BIN)/python -m pytest tests/unit $(ARGS)

acceptance: switch ## tests that speak phone
	@$(BIN)/python -m pytest -n 9 --dist worksteal tests/acceptance $(ARGS)

golden: setup ## write golden transcripts and proof-reading lists as they are now; then read `git diff`
	@$(BIN)/ivr prompts proof --write tests/golden/prompts
	@$(BIN)/ivr flows replay --write tests/golden/flows
	@$(BIN)/ivr --config tests/golden/content/config/ivr.toml flows replay --write tests/golden/content/transcripts

chaos: switch ## kill -9 at random moments while 500 attempts run
	@$(BIN)/python -m tests.chaos.kill_engine $(ARGS)

bench: switch ## all benchmarks
	@$(BIN)/python -m tests.bench $(ARGS)

bench-%: switch ## one benchmark: make bench-calls
	@$(BIN)/python -m tests.bench.$* $(ARGS)

ivr: switch ## the command, from a clone: make ivr ARGS='asterisk status'
	@$(BIN)/ivr $(ARGS)

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name it: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing; install it: sudo apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up Python packages in .venv (about a minute, once)…" >&2
	@$(PYTHON) -m venv .venv >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
	@touch $@

switch: setup
	@$(BIN)/ivr asterisk install --quiet >&2

browser: setup
	@$(BIN)/python -m tests.e2e.chromium >&2 || echo 'No Chromium: tests of pages in a browser are skipped.' >&2

clean: ## remove what set-up and tests made in this folder
	rm -rf .venv .ivr .mypy_cache .ruff_cache .pytest_cache .hypothesis
