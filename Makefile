# Needs Python 3.11 or later and make; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test install train docs lock clean

demo: .venv/.runs      ## read the sample documents and show what is promised to whom
	@$(BIN)/standfast demo

test: .venv/.tests     ## everything that must pass
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

install: .venv/.runs   ## the program in .venv/bin/standfast

train: .venv/.trains   ## all weights anew: make train GOLD=folder CORPUS=folder
	$(BIN)/python -m standfast.training $(GOLD) --corpus $(CORPUS)

docs: .venv/.tests     ## write docs/cli.md and the README's pictures anew from the program
	$(BIN)/python -m standfast.cli.reference docs/cli.md
	$(BIN)/python scripts/make_picture.py docs/demo.svg docs/line.svg

lock:                  ## pin newer versions of what the project depends on
	$(PYTHON) -m pip install -q uv
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.lock
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Standfast needs Python 3.11 or later") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/.runs: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

.venv/.trains: .venv/.runs
	$(BIN)/python -m pip install -q -e '.[train]'
	@touch $@

.venv/.tests: .venv/.runs requirements-dev.lock | chromium
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

# The browser tests' browser: Debian's, since Playwright's own would have to be fetched from elsewhere.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || echo "no Chromium here: the browser tests will be skipped"
