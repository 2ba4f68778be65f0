# Two commands do everything: make serve, make test.
#   make serve [CORPUS=dir] [PORT=n]   set up, read the documents, serve them on 127.0.0.1
#   make test                          set up, system packages too where root, run every test
SHELL := /bin/sh
PORT ?= 8000
CORPUS ?= corpus/samples
VENV := .venv
RUN := $(VENV)/bin
# Tests and measurements start hundreds of processes: what the first has compiled the others need not.
test quick bench mutate: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help serve test quick lint mutate docs score bench screenshots clean

help:
	@sed -n '2,3s/^#   //p' Makefile
	@echo "make quick                         the fast tests of every room, in parallel"
	@echo "make lint                          ruff, mypy, and who may import whom"
	@echo "make docs                          write the generated parts of docs/ anew"
	@echo "make screenshots                   pictures of every page at every width, in the dark and as printed, into build/"
	@echo "make score                         the scorer over every gold file, held against the floors"
	@echo "make mutate                        faults planted on a fixed sample of lines, and which the tests notice"
	@echo "make bench                         reading speed, ingest, lookup, search"
	@echo "make clean                         remove the environment and what was built"

$(VENV)/.run: pyproject.toml tools/setup.sh
	@sh tools/setup.sh run

$(VENV)/.dev: pyproject.toml tools/setup.sh
	@sh tools/setup.sh dev

serve: $(VENV)/.run
	@exec sh tools/serve.sh "$(CORPUS)" "$(PORT)"

test: $(VENV)/.dev
	@sh tools/setup.sh system
	@$(RUN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

quick: $(VENV)/.dev
	@$(RUN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS) $$(cat tests/quick.txt)

mutate: $(VENV)/.dev
	@$(RUN)/pip install --quiet --disable-pip-version-check -e '.[mutation]'
	@$(RUN)/python -m tools.mutation $(ARGS)

lint: $(VENV)/.dev
	@$(RUN)/ruff check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-logo

docs: $(VENV)/.dev
	@$(RUN)/python tools/reference.py && $(RUN)/python tools/manual.py

screenshots: $(VENV)/.dev
	@$(RUN)/python tools/screenshots.py $(ARGS)

score: $(VENV)/.run
	@$(RUN)/python tools/score.py $(ARGS)

bench: $(VENV)/.dev
	@$(RUN)/python -m bench $(ARGS)

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
