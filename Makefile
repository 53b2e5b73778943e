# make run    sets up what is needed, then serves the app on this machine
# make test   sets up what the tests need, then runs every check

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin
# narrow matrix products: on a busy machine several threads only wait for each other
run demo: export OPENBLAS_NUM_THREADS ?= 1

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
	$(BIN)/python -m pytest -n auto --dist loadfile

# After changing a sentence of the interface: refreshes data/locale/*.po
messages: .venv/tests
	$(BIN)/python -m tests.messages

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: make run PYTHON=/path/to/it"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/app: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests: requirements-dev.txt requirements-cluster.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/app
