# make run        the app on http://localhost:8501
# make test       the tests on all cores, those in a browser too
# make test-fast  without browser, LibreOffice, whole pages and documents, and the slow kinds: for while you work
# make test-all   with the slow kinds too (mutations, kills, cuts, a Spark cluster, random ones in full number),
#                 and what all of them cover, as .ci/run does
# make lint       ruff and mypy
# make lock       exact versions of everything, after a change of requirements*.txt
# make bench      what the README's figures come from (minutes)
# make wheelhouse PLATFORM=aarch64  everything that `make run` installs, for a machine without a network
# make screenshots  the README's pictures, as the running app draws them (needs chromium)
#
# Each sets up what it needs: Python >= 3.11 with venv is enough. PYTHON=python3.12 picks another one.
# ARGS goes to pytest: make test-fast ARGS="tests/grammar -k scan".

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AXE_VERSION := 4.14.1
AXE := node_modules/axe-core/$(AXE_VERSION).stamp
PYTEST := $(BIN)/python -m pytest -n logical --dist worksteal
COVERED := --cov --cov-report=term
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run test test-fast test-all lint lock bench wheelhouse screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py

test: $(VENV)/dev.stamp
	-@$(MAKE) --no-print-directory $(AXE)
	HYPOTHESIS=fast $(PYTEST) -m "not slow" $(ARGS)

test-fast: $(VENV)/dev.stamp
	HYPOTHESIS=fast $(PYTEST) -m "not slow and not browser and not office and not pages and not documents" $(ARGS)

test-all: $(VENV)/dev.stamp $(VENV)/spark.stamp
	-@$(MAKE) --no-print-directory $(AXE)
	$(PYTEST) $(COVERED) $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What run and test install from. UPGRADE=--upgrade takes the newest that the direct ones allow.
lock: $(VENV)/dev.stamp
	$(LOCK) $(UPGRADE) requirements.txt -o requirements.lock
	$(LOCK) $(UPGRADE) requirements-dev.txt -c requirements.lock -o requirements-dev.lock
	$(LOCK) $(UPGRADE) requirements-spark.txt -c requirements-dev.lock -o requirements-spark.lock

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.read
	$(BIN)/python -m benchmarks.editing
	$(BIN)/python -m benchmarks.export
	$(BIN)/python -m benchmarks.server
	$(BIN)/python -m benchmarks.visits
	$(BIN)/python -m benchmarks.limits
	$(BIN)/python -m benchmarks.hold
	$(BIN)/python -m benchmarks.lists

# Linux with glibc >= 2.28 and the Python of PYTHON_VERSION. What has no wheel for it is named, and
# ends the command. On the other machine:
#   python3 -m venv .venv
#   .venv/bin/pip install --no-index --find-links wheelhouse/x86_64 --require-hashes -r requirements.lock
PLATFORM ?= x86_64
PYTHON_VERSION ?= 3.11
WHEELS ?= wheelhouse/$(PLATFORM)
GLIBC := 2_28 2_27 2_26 2_25 2_24 2_17 2_12 2_5

wheelhouse: $(BIN)/python
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes \
		--only-binary=:all: --implementation cp --python-version $(PYTHON_VERSION) \
		$(foreach glibc,$(GLIBC),--platform manylinux_$(glibc)_$(PLATFORM)) \
		--platform manylinux2014_$(PLATFORM) \
		--dest $(WHEELS) -r requirements.lock

screenshots: $(VENV)/dev.stamp
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) node_modules

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

# A stamp is as new as the installation: changed requirements install again.
$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	$(PIP) -r requirements.lock
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(BIN)/python
	$(PIP) -r requirements-dev.lock
	touch $@ $(VENV)/run.stamp

# Spark is 450 MB: only the slow tests want it, and whoever counts on a cluster.
$(VENV)/spark.stamp: requirements-spark.lock | $(VENV)/dev.stamp
	$(PIP) -r requirements-spark.lock
	touch $@

# The rules for accessibility that the browser tests check pages against. Without npm those tests are
# skipped, except in CI, where they fail.
$(AXE):
	npm install --prefix . --no-save --no-audit --no-fund --loglevel=error axe-core@$(AXE_VERSION)
	touch $@
