# One file of targets; every one of them starts from a bare checkout with python3.11, make, gcc and git.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

export DVC_NO_ANALYTICS := 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup repro test faults lint format bench submit clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP)  ## virtual environment with the pinned dependencies, in .venv

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	UV_LINK_MODE=copy $(BIN)/uv pip install --quiet --python $(BIN)/python \
	  $(if $(PIP_FIND_LINKS),--find-links "$(PIP_FIND_LINKS)") -r requirements.lock
	UV_LINK_MODE=copy $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@# Every stage is a process of its own: without compiled libraries each would spend seconds on compiling them.
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q -j 0 $(VENV)/lib > /dev/null || true
	@touch $@

repro: setup  ## the whole flow on the embedded sample, or on what params.yaml names
	@$(BIN)/python -m jobs.local_ray -- $(BIN)/dvc repro
	@$(BIN)/python -m app.summary

test: setup  ## all tests but the long fault runs
	$(BIN)/python -m pytest -m "not fault"

faults: setup  ## the long runs that kill processes at random
	$(BIN)/python -m pytest -m fault

lint: setup  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup  ## mends style where that can be done by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## benchmarks beside what a user would pick instead
	$(BIN)/python -m benchmarks

submit: setup  ## a stage as a Ray job: make submit STAGE=index.build ADDRESS=http://host:8265 [ARGS="…"] [OPTIONS="…"]
	@$(BIN)/python -m jobs.submit --stage "$(STAGE)" --address "$(ADDRESS)" $(OPTIONS) -- $(ARGS)

clean:  ## removes the disposable cache, never results
	rm -rf data/.cache
