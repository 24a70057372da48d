# Greenlight. On a fresh machine with Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
CLIENTS := tests/javascript/node_modules/.ready
OUT ?= out
# What make demo makes; models and a ceiling may be said, too:
# make demo VIDEO_MODEL=kling-2.5-turbo IMAGE_MODEL=google-nano-banana CEILING=25.00
# A ceiling allows to spend, so one that happens to lie in the environment does not count.
BRIEF ?= examples/novela.json
SOAK ?= faults
WORKERS ?= 4

export LANGSMITH_TRACING := false
export LANGGRAPH_STRICT_MSGPACK := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where byte code is not kept, every process that a test starts would compile the whole service again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo serve test nightly live check bench soak clean lock

help:           ## what can be made
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) $(CLIENTS)  ## everything that needs the network

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else "Greenlight needs Python 3.11, 3.12 or 3.13; set PYTHON=")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# the lock is whole: with --no-deps no newer release of tomorrow is even looked at
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check
	$(BIN)/greenlight doctor --quick
	@touch $@

$(CLIENTS): tests/javascript/package.json tests/javascript/package-lock.json | $(STAMP)
	$(BIN)/npm ci --prefix tests/javascript --loglevel error
	@touch $@

demo: $(STAMP)   ## make a finished episode from examples/ and say where it is; with keys: CEILING=25.00 approves the price
	$(BIN)/greenlight make novela $(BRIEF) --review auto $(if $(findstring command,$(origin CEILING)),--ceiling $(CEILING)) \
		$(if $(VIDEO_MODEL),--video-model $(VIDEO_MODEL)) $(if $(IMAGE_MODEL),--image-model $(IMAGE_MODEL)) --out $(OUT)/demo

serve: $(STAMP)  ## the HTTP service on http://127.0.0.1:8321
	$(BIN)/greenlight serve

test: $(STAMP) $(CLIENTS)  ## each day's suite, network off, WORKERS=4 beside each other
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "not soak and not bench and not nightly"

live: $(STAMP)  ## one cheap call per vendor and path, with your keys: this one pays
	$(BIN)/python -m pytest -m live tests/live

nightly: $(STAMP) $(CLIENTS)  ## the cases that each day's suite leaves out, network off
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "nightly and not soak"

check: $(STAMP)  ## format, lint, types, imports, sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m benchmarks.sizes

bench: $(STAMP)  ## speed and memory against a floor, in the same run
	$(BIN)/python -m benchmarks.run_engine
	$(BIN)/python -m benchmarks.protocol
	$(BIN)/python -m benchmarks.workers
	$(BIN)/python -m benchmarks.agents
	$(BIN)/python -m benchmarks.engines
	$(BIN)/python -m benchmarks.previz
	$(BIN)/python -m benchmarks.voices
	$(BIN)/python -m benchmarks.demo
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.overlap
	$(BIN)/python -m benchmarks.masters
	$(BIN)/python -m benchmarks.composer
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.beats

soak: $(STAMP)   ## long loops: SOAK=faults|every_kill|load|memory|machines|requests|breadth
	$(BIN)/python -m pytest -m soak -k "$(SOAK)" --timeout 2400

lock: $(STAMP)   ## work the lock file out again
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-strip-extras --no-annotate --no-header --extra dev pyproject.toml -o requirements.lock --quiet
	@# what an image needs: the same versions without the tools of developers
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-strip-extras --no-annotate --no-header --extra build --extra otel -c requirements.lock pyproject.toml \
		-o requirements-run.lock --quiet

clean:          ## forget the environment and everything made
	rm -rf $(VENV) $(OUT) data build dist *.egg-info
