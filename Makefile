# podstorm. `make` lists the targets; every recipe can be pasted into a shell.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-native setup-plots setup-test build demo gallery campaign test bench budget \
  scale mutants determinism dieharder fuzz static golden golden-full lint clean

SCENARIO ?= black-friday
RESULT := results/$(SCENARIO)
PODSTORM := .build/release/podstorm
PYTHON := .venv/bin/python
# apt-get needs root: as root directly, otherwise through sudo.
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
CORES := $(shell getconf _NPROCESSORS_ONLN)

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' \
	  | awk -F '\t' '{ printf "  %-14s %s\n", $$1, $$2 }'

setup: setup-native setup-plots ## Install whatever is missing: GSL, fonts, Python environment

setup-native: ## Install GSL when it is missing (all that building and testing needs)
	@if [ "$$(uname)" = Darwin ]; then \
	  [ -e "$$(brew --prefix)/include/gsl/gsl_cdf.h" ] || brew install gsl pkg-config; \
	elif ! [ -e /usr/include/gsl/gsl_cdf.h ]; then \
	  command -v apt-get > /dev/null || { echo "install GSL's development files first" >&2; exit 1; }; \
	  echo "installing libgsl-dev"; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq libgsl-dev; \
	fi

setup-test: setup-native ## Install valgrind when it is missing; without it the budget is not checked
	@command -v valgrind > /dev/null || ! command -v apt-get > /dev/null || { \
	  echo "installing valgrind"; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq valgrind; \
	}

setup-plots: .venv/.complete ## Install fonts and the pinned chart renderer into .venv

.venv/.complete: plots/requirements.txt
	@if command -v apt-get > /dev/null; then \
	  missing=""; \
	  dpkg -s fonts-liberation > /dev/null 2>&1 || missing="$$missing fonts-liberation"; \
	  python3 -c 'import ensurepip, venv' 2> /dev/null || missing="$$missing python3-venv"; \
	  if [ -n "$$missing" ]; then \
	    echo "installing$$missing"; \
	    $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq $$missing; \
	  fi; \
	fi
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r plots/requirements.txt
	@touch $@

build: setup-native ## Build the release binary
	swift build -c release --product podstorm

demo: setup build ## Simulate Black Friday, draw the charts, print the verdict
	rm -rf $(RESULT)
	@# 99 and 98 say that a threshold is crossed or undecided: a verdict, not a failed demo.
	$(PODSTORM) run Scenarios/$(SCENARIO)/scenario.yaml --output $(RESULT) \
	  || case $$? in 98|99) ;; *) exit 1 ;; esac
	$(PYTHON) plots/render.py $(RESULT) $(RESULT)/charts
	@echo
	@echo "Tables: $(RESULT)/*.csv"
	@echo "Charts: $(RESULT)/charts (open the .html files in a browser, or the .svg and .png)"

gallery: demo ## Redraw the committed charts of SCENARIO from a full run
	mkdir -p plots/$(SCENARIO)
	cp $(RESULT)/charts/*.svg $(RESULT)/charts/load.png plots/$(SCENARIO)/

campaign: build ## Run Black Friday's ablations and moved inputs (minutes), rewrite their report
	python3 Scenarios/black-friday/campaign.py $(PODSTORM) results/campaign \
	  Results/black-friday/CAMPAIGN.md

test: setup-test lint ## Lint, build and run every test in release mode
	swift build -c release
	swift test --disable-xctest -c release

bench: build static ## Measure against the programs in REFERENCE, write docs/PERFORMANCE.md
	@[ -n "$(REFERENCE)" ] || { echo "usage: make bench REFERENCE=folder" >&2; exit 64; }
	swift build -c release --product kernel-bench
	python3 -B Benchmarks/bench.py --reference "$(REFERENCE)"

budget: setup-test ## Count instructions per request anew, write Benchmarks/budget.json
	swift build -c release
	PODSTORM_UPDATE=1 swift test --disable-xctest -c release --filter BudgetTests

scale: build ## Run a cluster at Kubernetes' limits (minutes), write docs/SCALE.md
	python3 -B Benchmarks/scale.py $(PODSTORM) docs/SCALE.md

mutants: setup-native ## Plant 25 known bugs one by one, see the tests notice, write docs/MUTANTS.md
	python3 -B Tests/Mutants/mutants.py

determinism: build ## Show equal bytes and safe interruptions (minutes), rewrite the report
	swift build --product podstorm
	python3 -B Tests/Determinism/campaign.py $(PODSTORM) .build/debug/podstorm \
	  results/determinism docs/DETERMINISM.md

dieharder: setup-native ## Test interleaved draws with dieharder (hours), rewrite docs/RANDOM.md
	@command -v dieharder > /dev/null || { echo "installing dieharder"; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq dieharder; }
	swift build -c release --product random-bits
	Benchmarks/dieharder.sh .build/release/random-bits results/dieharder docs/RANDOM.md

fuzz: setup-native ## Fuzz every reader with libFuzzer for EACH seconds (default 600)
	Tests/Fuzz/run.sh $(or $(EACH),600)

static: setup-native ## Build a binary that needs no Swift runtime, in .build/static
	swift build -c release --product podstorm --static-swift-stdlib --scratch-path .build/static
	strip .build/static/release/podstorm
	@ls -lL .build/static/release/podstorm

golden: setup-native ## Rewrite the committed reference results (then say why in CHANGELOG)
	swift build -c release
	PODSTORM_UPDATE=1 swift test --disable-xctest -c release --filter 'GoldenTests|TranscriptTests'

golden-full: setup-native ## Make all full results again (minutes) and compare; UPDATE=1 rewrites them
	swift build -c release
	PODSTORM_FULL=1 PODSTORM_UPDATE=$(UPDATE) swift test --disable-xctest -c release \
	  --filter FullResultsTests
	@mkdir -p results
	python3 Scenarios/black-friday/campaign.py $(PODSTORM) results/campaign \
	  $(if $(UPDATE),Results/black-friday/CAMPAIGN.md,results/CAMPAIGN.md)
	$(if $(UPDATE),,diff -u Results/black-friday/CAMPAIGN.md results/CAMPAIGN.md)

lint: ## Check the formatting strictly
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks

clean: ## Remove everything that was built, drawn or simulated
	rm -rf .build .build-mutants .venv results
