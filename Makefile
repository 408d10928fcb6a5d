# symcnn: two commands make everything.  make sheets   make test
# The environment lies in .venv and is built once; a second run is quick.

PYTHON ?=
VENV := .venv
PY := $(VENV)/bin/python
SHEETS := build/sheets
APT := apt-get -o DPkg::Lock::Timeout=600

.DEFAULT_GOAL := help
.PHONY: help sheets test test-install bench soundness fuzz class format tex clean
.DELETE_ON_ERROR:

help:
	@echo 'make sheets        check every answer and write $(SHEETS)/<document>.<lang>.{tex,pdf,html}'
	@echo 'make test          format, lint, types and all quick tests'
	@echo 'make test-install  real pip installations into fresh environments'
	@echo 'make soundness     the long search for a false verdict'
	@echo 'make fuzz          random text into every reader'
	@echo 'make class         a generated class of 1,000 submissions with 30 answers, marked'
	@echo 'make bench         paired speed ratios, written to build/bench.json'
	@echo 'make format        put the sources into form'
	@echo 'make clean         remove .venv, build and caches'

sheets: $(VENV)/.ready tex
	@$(PY) -m symcnn sheet --lang en,fa --format tex,html,pdf -o $(SHEETS)

test: $(VENV)/.test-ready tex
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -q -n auto $(if $(SYMCNN_TEST_INSTALL),-m "not slow")

test-install: $(VENV)/.test-ready
	$(PY) -m pytest -q -m install tests/test_install.py

soundness: $(VENV)/.test-ready
	$(PY) -m tests.soundness.run --count 100000 --seed 1

fuzz: $(VENV)/.test-ready
	$(PY) -m tests.fuzz.fuzz_reading --count 1000000 --seed 1 --jobs 2

class: $(VENV)/.test-ready
	$(PY) -m tests.grader.classroom --count 1000

bench: $(VENV)/.bench-ready
	$(PY) -m tests.benchmarks

format: $(VENV)/.test-ready
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

# Installs TeX where that is possible, says how where it is not; never fails, the sheets will say so.
tex: $(VENV)/.ready
	@$(PY) -m symcnn doctor --install-tex || true

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@find_python() { \
	  for each in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	    "$$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	      >/dev/null 2>&1 && { echo "$$each"; return; }; \
	  done; }; \
	found=$$(find_python); \
	if [ -z "$$found" ] && command -v apt-get >/dev/null; then \
	  as_root=; [ "$$(id -u)" = 0 ] || as_root='sudo -n'; \
	  if [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then \
	    echo 'No Python >= 3.11 with venv here. Installing: apt-get install python3 python3-venv'; \
	    $$as_root $(APT) update && \
	    $$as_root env DEBIAN_FRONTEND=noninteractive $(APT) install -y --no-install-recommends \
	      python3 python3-venv; \
	    found=$$(find_python); \
	  fi; \
	fi; \
	if [ -z "$$found" ]; then \
	  echo 'symcnn needs Python 3.11 or newer with the venv module, and none was found.' >&2; \
	  echo '  Debian, Ubuntu:  sudo apt-get install python3 python3-venv' >&2; \
	  echo '  macOS:           brew install python' >&2; \
	  echo 'A Python elsewhere is named by: make PYTHON=/path/to/python3 ...' >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$found"; \
	"$$found" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.made pyproject.toml
	@echo 'Installing symcnn into $(VENV)'
	@$(PY) -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.ready
	@echo 'Installing the test tools into $(VENV)'
	@$(PY) -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

$(VENV)/.bench-ready: $(VENV)/.ready
	@$(PY) -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@
