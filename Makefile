# The two commands: `make run` and `make test`. Python 3.12 or later and make are enough.

PORT ?= 8000
STAGE ?= open

# The first Python that is recent enough; .python-version helps pyenv choose it.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.14 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
# The environment is made again when the locked versions change, not when a date does.
RUNTIME := .venv/.runtime-$(shell cksum < requirements.txt | tr -s ' \t' '-')
DEVELOPMENT := .venv/.development-$(shell cksum < requirements-dev.txt | tr -s ' \t' '-')
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

.PHONY: run test bench check e2e format lock screenshots
.DEFAULT_GOAL := run

run: $(RUNTIME)
	@exec env DEMO=1 DEBUG=0 DATABASE_URL= SECRET_KEY= REQUIRE_SECOND_FACTOR=0 CLOCK_SHIFT=0 \
	VAR_DIR="$(CURDIR)/var/rehearsal/$(STAGE)" SITE_URL="http://127.0.0.1:$(PORT)" \
	$(BIN)/python manage.py rehearse --stage "$(STAGE)" --port "$(PORT)"

test: $(DEVELOPMENT)
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 15 $(TESTS)

# `make bench BENCH="--sizes 100 1000 10000"`; DATABASE_URL names an empty PostgreSQL.
bench: $(DEVELOPMENT)
	$(BIN)/python -m bench $(BENCH)

e2e: $(DEVELOPMENT)
	$(BIN)/python -m pytest tests/e2e $(TESTS)

check: $(DEVELOPMENT)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djangofmt --check templates
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_consistency.py tests/test_sources.py
	VAR_DIR="$${TMPDIR:-/tmp}/assises-check" BACKUP_DIR="$${TMPDIR:-/tmp}/assises-check" DATABASE_URL= DEMO=0 DEBUG=0 \
	SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz MAIL_FROM=assises@assises.test \
	SITE_URL=https://assises.test ALLOWED_HOSTS=assises.test,127.0.0.1 TRUSTED_PROXIES=1 \
	sh -c '$(BIN)/python manage.py makemigrations --check --dry-run && $(BIN)/python manage.py check --deploy --fail-level WARNING'

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djangofmt templates

# Keeps the versions locked so far; `make lock UPGRADE=--upgrade` takes the newest ones.
COMPILE := $(BIN)/uv pip compile $(UPGRADE) --quiet --generate-hashes --no-header --python-version 3.12
lock: $(DEVELOPMENT)
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt

screenshots: $(DEVELOPMENT)
	$(BIN)/python -m tests.e2e.screenshots

$(RUNTIME): | .venv/bin/python
	@echo "Installation des composants…"
	@$(INSTALL) -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(DEVELOPMENT): | .venv/bin/python
	@echo "Installation des composants de développement…"
	@$(INSTALL) -r requirements-dev.txt
	@rm -f .venv/.development-* && touch $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.12 ou plus récent."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python est là, mais pas son module venv (Debian : paquet python3-venv)."; rm -rf .venv; exit 1; }
