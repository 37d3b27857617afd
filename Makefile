# The developer's verbs; CI uses the same ones.
.DEFAULT_GOAL := help
.PHONY: help setup run test unit integration faults lint types format docs dashboards up bench clean

FIT := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(FIT)' 2>/dev/null && echo $$p && break; done)
UV := .venv/.uv/bin/uv
BIN := .venv/bin
SAMPLE := data/sample
HOUSE ?= data
DOCS = $(abspath $(HOUSE))/docs
FEEDS := imdb movielens reviews budgets pages
SCALE ?= 0.05
# What git knows; all that is not made here, where the checkout has no history.
TRACKED := git ls-files -z 2>/dev/null || find . -type d \( -name .venv -o -name data -o -name '*_cache' \
	-o -name __pycache__ -o -name target \) -prune -o -type f -print0
# Files of tests on two processes: half of what they do is to wait for Airflow, a browser, a clock.
PARALLEL := --numprocesses 2 --dist loadfile
# uv would fetch Python and cache across volumes; any Python 3.11 to 3.13 on the machine will do.
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export PYTHONPATH := $(CURDIR)

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.locked ## Make .venv from uv.lock

.venv/.locked: uv.lock uv.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "arthouse needs Python 3.11, 3.12 or 3.13 on the PATH"; exit 2; }
	@test -x $(UV) || { $(PYTHON) -m venv .venv/.uv && .venv/.uv/bin/pip install --quiet --only-binary :all: --require-hashes -r uv.txt; }
	@test -x $(BIN)/python || $(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) sync --frozen --compile-bytecode --quiet
	@touch $@

run: setup ## Run the night on invented dumps: fetch, load, gate, build, gate, publish
	@test -f $(SAMPLE)/pages/arthouse-sample.json || $(BIN)/arthouse sample --out $(SAMPLE) --bad-lines 3
	@ARTHOUSE_HOME=data $(BIN)/arthouse run $(foreach feed,$(FEEDS),--feed $(feed)=$(SAMPLE)/$(feed))

test: setup lint types ## Linters, types, and all tests
	$(BIN)/pytest -q $(PARALLEL)

unit: setup ## The fast tests only
	$(BIN)/pytest -q tests/unit

integration: setup ## Tests with real Airflow, dbt, PostgreSQL, Chromium and servers
	$(BIN)/pytest -q $(PARALLEL) tests/integration tests/browser tests/e2e

faults: setup ## Inject every fault: FULL=1 for the release numbers, RECORD=1 to write the table
	FULL=$(FULL) $(BIN)/pytest -q $(PARALLEL) tests/faults
	$(if $(RECORD),$(BIN)/python -m tests.faults.table)

lint: setup ## ruff, sqlfluff, bandit, and a search for secrets in all that git knows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 dbt_project
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml .
	@{ $(TRACKED); } > .venv/.tracked && test -s .venv/.tracked
	xargs -0 -n 500 -P 2 $(BIN)/detect-secrets-hook --baseline .secrets.baseline < .venv/.tracked

types: setup ## mypy --strict on our packages
	$(BIN)/mypy

format: setup ## Let ruff and sqlfluff rewrite what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --processes 2 dbt_project

docs: setup ## Describe the published release in data/docs/index.html, and the data model in docs/
	@$(BIN)/python docs/make_data_model.py
	@test -e $(HOUSE)/warehouse.duckdb || { echo "nothing is published in $(HOUSE): make run"; exit 2; }
	@ARTHOUSE_RELEASE="$$(readlink -f $(HOUSE)/warehouse.duckdb)" DBT_SEND_ANONYMOUS_USAGE_STATS=false \
		DBT_TARGET_PATH=$(DOCS)/dbt DBT_LOG_PATH=$(DOCS)/dbt $(BIN)/dbt --quiet docs generate --static \
		--project-dir dbt_project --profiles-dir dbt_project --target published
	@mv $(DOCS)/dbt/static_index.html $(DOCS)/index.html && rm -r $(DOCS)/dbt
	@echo "$(DOCS)/index.html"

dashboards: setup ## Look at what is published, on http://127.0.0.1:8501
	$(BIN)/arthouse dashboards

up: setup ## Airflow with our DAGs on http://127.0.0.1:8080
	$(BIN)/arthouse up

bench: setup ## Measure ourselves against the floor and imdb-sqlite: make bench SCALE=0.05
	$(BIN)/python -m benchmarks --scale $(SCALE)

clean: ## Delete the environment and everything generated
	rm -rf .venv data .mypy_cache .ruff_cache .pytest_cache .hypothesis
