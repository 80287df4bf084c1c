# Everything a person or CI does here. `make help` lists it.
PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
export VIRTUAL_ENV :=

.DEFAULT_GOAL := help
.PHONY: help install dev demo test check format bench calibrate docs lock clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "debate needs Python 3.11 or later; say which: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .tools || { echo "no venv module: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv

.venv/installed: requirements.lock pyproject.toml | $(UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/dev: requirements-dev.lock .venv/installed
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

install: .venv/installed ## set up what running needs, in .venv

dev: .venv/dev ## set up what working on it needs

demo: .venv/installed ## play, judge and report a whole tournament offline
	@$(BIN)/debate demo

test: .venv/dev ## run every test
	@$(BIN)/pytest

check: .venv/dev ## formatting, lint and types
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && $(BIN)/mypy

format: .venv/dev ## put formatting right
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

bench: .venv/dev ## measure speed and memory, as ratios in one run
	@$(BIN)/python -m benchmarks

calibrate: .venv/dev ## measure intervals' coverage and the audit's error rates: hours; goes on where it was stopped
	@mkdir -p .calibration
	@nice -n 10 $(BIN)/python -m benchmarks.calibration --workers 2
	@nice -n 10 $(BIN)/python -m benchmarks.collusion alarms --log .calibration/alarms --out docs/measured/audit.json
	@nice -n 10 $(BIN)/python -m benchmarks.collusion engine --runs 20 --log .calibration/engine --out docs/measured/audit.json
	@nice -n 10 $(BIN)/python -m benchmarks.collusion arms --runs 130 --log .calibration/arms --out docs/measured/arms.json
	@nice -n 10 $(BIN)/python -m benchmarks.collusion.alone --runs 39 --out docs/measured/alone.json
	@nice -n 10 $(BIN)/python -m benchmarks.collusion power --grid --log .calibration/power --out docs/measured/audit.json
	@$(BIN)/python -m docs.generate
	@rm -r .calibration

docs: .venv/dev ## make again the parts of the docs that are generated
	@$(BIN)/python -m docs.generate

lock: $(UV) ## resolve the versions again
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev -o requirements-dev.lock pyproject.toml

clean: ## remove what was set up and what was left behind
	@rm -rf .calibration .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
