# Everything runs from here, with no environment to activate: `make help`.
# The first command makes .venv and installs requirements.lock; a changed lock or pyproject.toml installs again.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; done)
PY := .venv/bin/python
READY := .venv/ready
JEJARING_LANG ?= id

export JUPYTER_PREFER_ENV_PATH := 1
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help lab demo release coverage blueprint gallery test check lint types unit outputs browser lock
.DEFAULT_GOAL := help

help:      ## Say what there is to make
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Jejaring needs Python 3.11 or newer with its venv module (on Debian and Ubuntu the \
	package python3-venv), and found none. Install it, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Installing requirements.lock into .venv; this takes a minute or two"
	test -x $(PY) || "$(PYTHON)" -m venv .venv
	$(PY) -m pip install -qq --disable-pip-version-check --requirement requirements.lock
	$(PY) -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@

lab: $(READY)      ## Open the course in JupyterLab (JEJARING_LANG=en for English)
	@$(PY) -m jupyter trust course/*/*.ipynb >/dev/null
	$(PY) -m jupyter lab --LabApp.default_url=/lab/tree/course/$(JEJARING_LANG)

demo: $(READY)      ## Grade a small class from start to end, in the folder demo/
	$(PY) -m autograder demo

release: $(READY)      ## Write the students' versions of all assignments from source/ into release/
	$(PY) -m autograder release

coverage: $(READY)      ## Print which lesson and which exercise each concept is in, by perspective
	$(PY) -m tools.coverage

blueprint: $(READY)      ## Write source/BLUEPRINT.md: what each question of each assignment assesses
	$(PY) -m tools.blueprint

gallery: $(READY)      ## Put every figure on one page, in both languages, in build/gallery
	$(PY) -m tools.gallery

test: lint types unit outputs browser      ## Run every check

check: lint types      ## Run the quick checks: lint, types, exercise banks, notebooks
	$(PY) -m pytest -q tests/contracts tests/notebooks/test_notebooks.py tests/test_house.py -m "not slow"

lint: $(READY)      ## Check the format of the code and its habits
	$(PY) -m ruff check .; habits=$$?; $(PY) -m ruff format --check . && exit $$habits

types: $(READY)      ## Check the types
	$(PY) -m mypy

unit: $(READY)      ## Test units, doctests, contracts, notebooks and grading
	$(PY) -m pytest -n 2 --dist loadfile --ignore tests/browser --durations 10

outputs: $(READY)      ## Run every notebook and compare its outputs with those that are committed
	$(PY) -m pytest -n 2 --dist loadfile --nbval --nbval-current-env course source

browser: $(READY)      ## Test the pages in Chromium, one after the other
	$(PY) -m pytest tests/browser --durations 10

lock: $(READY)      ## Renew requirements.lock within the ranges of pyproject.toml
	$(PY) -m uv pip compile pyproject.toml --upgrade --universal --fork-strategy fewest --python-version 3.11 --all-extras \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet \
	--output-file requirements.lock
