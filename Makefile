# make run    sets up what is needed, then serves the app on this machine
# make test   sets up what the tests need, then runs every check

PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || echo python3)
BIN := .venv/bin

.PHONY: run test demo messages

run: .venv/app
	$(BIN)/python server.py $(ARGS)

demo: .venv/app
	$(BIN)/python cli.py demo --out var/demo

test: .venv/tests
	$(BIN)/python -m tests.set_up_browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/python -m pytest

# After changing a sentence of the interface: refreshes data/locale/*.po
messages: .venv/tests
	$(BIN)/python -m tests.messages

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make run PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/app: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/app
