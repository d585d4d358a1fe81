# The front door: `make help` lists what there is.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
# The first Python that is new enough; name another with `make PYTHON=/path/to/python install`.
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c '$(ENOUGH)' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help install dev demo test test-full lint bench chromium formats clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

install: $(STAMP) ## Make .venv with what running needs; the command is .venv/bin/tailgraph.
	@echo "Installed: $(BIN)/tailgraph" >&2

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(ENOUGH)' || { \
		echo "Tailgraph needs Python 3.11 or newer. Install one, or name it: make PYTHON=/path/to/python install" >&2; \
		exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --disable-pip-version-check --editable .
	@touch $@

dev: $(DEV) ## Add what the tests and checks need.

$(DEV): $(STAMP)
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --disable-pip-version-check --group dev
	@touch $@

demo: $(STAMP) ## Ingest the examples into a Neo4j of its own and answer the headline question.
	@$(BIN)/tailgraph demo

test: $(DEV) chromium formats ## Run the tests, with a real Neo4j and a real web browser.
	@$(BIN)/python -m pytest -m "not full"

test-full: $(DEV) chromium formats ## Run the tests and their long versions.
	@$(BIN)/python -m pytest

lint: $(DEV) ## Check style, types and the direction of imports.
	$(BIN)/ruff check .
	$(BIN)/mypy -p tailgraph
	$(BIN)/mypy tests
	$(BIN)/lint-imports

bench: $(DEV) ## Measure, and print the figures.
	@$(BIN)/python -m bench

chromium: # For the tests of Neo4j Browser; without it they say why they are skipped.
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		echo "Installing Chromium for the browser tests …" >&2 && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq -o DPkg::Lock::Timeout=300 chromium chromium-driver >/dev/null; } || \
		echo "No Chromium with its driver: the browser tests will be skipped." >&2

formats: $(DEV) # For the tests that followthemoney and nomenklatura read what we write; without, these are skipped.
	@$(BIN)/python -c "import followthemoney, nomenklatura" 2>/dev/null || { \
		echo "Installing followthemoney and nomenklatura, whose PyICU is built from source …" >&2; \
		pkg-config --exists icu-i18n 2>/dev/null || { \
			test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
			DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 \
				g++ pkg-config libicu-dev >/dev/null; }; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --group formats; } || \
		echo "No followthemoney, no nomenklatura: their tests will be skipped." >&2

clean: ## Remove .venv and caches; not the graph.
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
