# The front door. Needs Python 3.11 or newer and make; everything else is set up here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORTION ?=
ASSETS := src/instead/office/assets/uswds/uswds.css
MESSAGES := src/instead/office/locale/es/LC_MESSAGES/django.mo
LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate

.PHONY: run test test-postgres test-fast check bench lock setup clean

run: $(VENV)/.run $(ASSETS) $(MESSAGES) ## make a synthetic city, screen its arrests, and open a demonstration of the office at 127.0.0.1:8000
	@$(BIN)/instead demo run/demo --only-make
	@$(BIN)/instead screen treatment-instead run/demo/city/last_month.jsonl --source arrest-reports
	@$(BIN)/instead demo run/demo

test: $(VENV)/.dev $(ASSETS) $(MESSAGES) ## every test
	@$(BIN)/python -m pytest -n auto $(PORTION)

test-postgres: $(VENV)/.dev $(ASSETS) $(MESSAGES) ## the office's tests on a private PostgreSQL
	@$(BIN)/python tools/on_postgres.py $(PORTION)

test-fast: $(VENV)/.dev $(ASSETS) $(MESSAGES) ## the tests that take no time
	@$(BIN)/python -m pytest -n auto -m "not slow" $(PORTION)

check: $(VENV)/.dev $(ASSETS) $(MESSAGES) ## format, lint, types, dead code
	@$(BIN)/ruff format --check src tests benchmarks tools
	@$(BIN)/ruff check src tests benchmarks tools
	@$(BIN)/mypy
	@$(BIN)/vulture

bench: $(VENV)/.bench ## compare with other engines in one run; writes benchmarks/RESULTS.md
	@PYTHONPATH=src $(VENV)-bench/bin/python benchmarks/run.py

lock: $(VENV)/.dev ## pin every dependency with its hashes
	@for name in run dev bench; do $(BIN)/$(LOCK) requirements/$$name.in -o requirements/$$name.txt --upgrade; done

setup: $(VENV)/.dev $(ASSETS) $(MESSAGES)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed; set PYTHON=…" && exit 1)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt | $(VENV)/bin/python
	@$(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# The pages' style sheet and fonts, built once by the node that pip brings.
$(ASSETS): package-lock.json tools/assets.py src/instead/office/styles/uswds.scss | $(VENV)/.run
	@$(BIN)/python tools/assets.py

%.mo: %.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile --locale es --input-file $< --output-file $@

clean:
	@rm -rf $(VENV) $(VENV)-bench run node_modules src/instead/office/assets $(MESSAGES)
