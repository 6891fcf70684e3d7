# make run    the app on http://localhost:8501
# make test   every test, those in a browser too where chromium is installed
# make lint   ruff and mypy
# make bench  what the README's figures come from (minutes)
# make screenshots  the README's pictures, as the running app draws them (needs chromium)
#
# Each sets up what it needs: Python >= 3.11 with venv is enough. PYTHON=python3.12 picks another one.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AXE_VERSION := 4.14.1
AXE := node_modules/axe-core/$(AXE_VERSION).stamp

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run test lint bench screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py

test: $(VENV)/dev.stamp
	-@$(MAKE) --no-print-directory $(AXE)
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.read
	$(BIN)/python -m benchmarks.export
	$(BIN)/python -m benchmarks.server
	$(BIN)/python -m benchmarks.limits

screenshots: $(VENV)/dev.stamp
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) node_modules

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

# A stamp is as new as the installation: changed requirements install again.
$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.stamp

# The rules for accessibility that the browser tests check pages against. Without npm those tests are
# skipped, except in CI, where they fail.
$(AXE):
	npm install --prefix . --no-save --no-audit --no-fund --loglevel=error axe-core@$(AXE_VERSION)
	touch $@
