# The commands of the project; `make help` lists them. Everything they need is fetched into this folder
# (.bootstrap, .venv, .web, build, data), nothing is installed on the machine.

PORT ?= 3000
ARGS ?=
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUNBUFFERED := 1
.DEFAULT_GOAL := help
.PHONY: help run dev test test-long check e2e e2e-headed prove bench docs clean environment environment-dev

help:  ## list the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null \
	  || grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST)

run: environment  ## serve the production build on PORT (3000); data in data/
	@$(BIN)/python -m scripts.build
	@exec $(BIN)/plumbline serve --port $(PORT)

dev: environment-dev  ## serve, and build and serve anew whenever a source changes
	@exec $(BIN)/python -m scripts.dev --port $(PORT)

test: environment-dev  ## every test: unit, integration on both databases, browser flows; with coverage
	@$(BIN)/python -m scripts.test

test-long: environment-dev  ## soak and other tests that take many minutes
	@$(BIN)/python -m scripts.test --long $(ARGS)

check: environment-dev  ## within a minute: style, types, layers, fast tests, generated files, migrations
	@$(BIN)/python -m scripts.check

e2e: environment-dev  ## the browser flows alone; ARGS="-k history" narrows them
	@$(BIN)/python -m scripts.test --level e2e $(ARGS)

e2e-headed: environment-dev  ## the browser flows in a window you can watch
	@$(BIN)/python -m scripts.test --level e2e --headed $(ARGS)

prove: environment-dev  ## change the code in small ways and see whether the tests notice; ARGS="tokens" for one area
	@$(PYTHON) scripts/bootstrap.py --dev --prove
	@$(BIN)/python -m scripts.prove $(ARGS)

bench: environment-dev  ## measure the engine
	@$(BIN)/python -m bench $(ARGS)

docs: environment-dev  ## write the generated documents anew
	@$(BIN)/python -m scripts.docs

clean:  ## remove what was built and fetched; data/ stays
	rm -rf tests/backing/oidc/node_modules .venv .bootstrap .web .states build dist test-results node_modules .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

environment environment-dev:
	@test -n "$(PYTHON)" || { echo "Plumbline needs Python 3.11 or newer as python3; none was found." >&2; exit 1; }
	@$(PYTHON) scripts/bootstrap.py $(if $(filter environment-dev,$@),--dev)
