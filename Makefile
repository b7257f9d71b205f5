# Sam. `make run` and `make test` do all their own set-up.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
PYTHON := $(VENV)/bin/python
SAM := $(VENV)/bin/sam
HOST ?= 127.0.0.1
PORT ?= 8000
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
INPUTS := pyproject.toml constraints.txt
BASE_PYTHON ?= $(shell for p in python3 python3.12 python3.13 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# A bar that grows with every package, and the whole log only when something failed.
define pip_install
set -o pipefail; $(PYTHON) -m pip install --disable-pip-version-check -c constraints.txt -e $(1) 2>&1 \
	| tee $(VENV)/install.log \
	| awk '/^(Collecting|Requirement already)/ {n++; b = ""; for (i = 0; i < n / 6; i++) b = b "#"; printf "\r  %-32s %d onderdelen", b, n; fflush()} \
	       /^Installing collected/ {printf "\r  %-32s %d onderdelen, uitpakken…", b, n; fflush()} END {print ""}' \
	|| { tail -n 20 $(VENV)/install.log; exit 1; }
endef

.PHONY: help install run test check fix bench vectors clean

help: ## Laat zien wat u kunt doen
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## Zet alles klaar in .venv

run: $(STAMP) ## Start Sam op http://127.0.0.1:8000
	@$(SAM) index
	@exec $(SAM) serve --host $(HOST) --port $(PORT)

test: $(DEV_STAMP) ## Draai alle controles en tests
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(PYTHON) -m pytest --cov --cov-report=term:skip-covered --cov-report=xml:build/coverage.xml

check: $(DEV_STAMP) ## Controleer stijl, typen en lagen, zonder tests
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

fix: $(DEV_STAMP) ## Herstel stijl waar dat vanzelf kan
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

bench: $(DEV_STAMP) ## Meet snelheid en kwaliteit, naast de gewone recepten
	@$(PYTHON) -m benchmarks

vectors: $(STAMP) ## Maak opnieuw wat is geleerd, na een wijziging in de kennis of in de voorbeelden van nood
	@$(PYTHON) -m ingest.shipping
	@$(PYTHON) -m assistant.checks.crisis_learning

clean: ## Haal .venv en bouwresten weg
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@echo "Sam: omgeving maken (eenmalig)…"
	@test -n "$(BASE_PYTHON)" || { echo "Sam heeft Python 3.11 of nieuwer nodig."; exit 1; }
	@$(BASE_PYTHON) -m venv $(VENV)

$(STAMP): $(VENV)/bin/python $(INPUTS)
	@echo "Sam: onderdelen installeren (eenmalig, dit duurt een paar minuten)…"
	@$(call pip_install,.)
	@touch $@

$(DEV_STAMP): $(STAMP)
	@echo "Sam: onderdelen voor de tests installeren (eenmalig)…"
	@$(call pip_install,'.[dev]')
	@touch $@
