# make run, make test: all a newcomer needs. Every target first sets itself up in .venv, from requirements.lock.
# PYTHON=/path/to/python3.12 picks the Python; ARGS="-k place" goes to pytest.

PYTHONS = $(if $(PYTHON),$(PYTHON),python3 python3.13 python3.12 python3.11 python3.14)
QUIETLINE = .venv/bin/quietline
PYTEST = .venv/bin/python -m pytest
LOCK_TOOL = uv>=0.13,<1
AUDIT_TOOL = pip-audit>=2.7,<3

.PHONY: help run test check coverage eval bench faults guide thorough lock audit clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

run: .venv/.ready ## the line and /try on http://127.0.0.1:8000, the staff door on http://localhost:8001
	$(QUIETLINE) init --dev
	@$(QUIETLINE) console --dev & console=$$!; trap 'kill $$console 2>/dev/null; wait' EXIT; $(QUIETLINE) serve --dev

test: .venv/.ready ## the whole test suite
	PYTHONDONTWRITEBYTECODE= $(PYTEST) --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.ready ## style, types, who may import whom, and the content of data/
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	bash -n .ci/run
	$(QUIETLINE) lint

eval: .venv/.ready ## score understanding on the labelled texts beside this checkout
	.venv/bin/python -m tests.eval $(ARGS)

bench: .venv/.ready ## speed and size, as Markdown and build/bench.json
	.venv/bin/python -m tests.bench $(ARGS)

faults: .venv/.ready ## everything that breaks, broken while texts flow, as Markdown and build/faults.json; takes minutes
	.venv/bin/python -m tests.faults $(ARGS)

guide: .venv/.ready ## new pictures for docs/staff-guide.md, from a walk through every page in Chromium
	rm -rf build/staff-guide
	$(PYTEST) tests/console/test_every_page.py
	mkdir -p docs/staff-guide
	rm -f docs/staff-guide/*.png
	cp build/staff-guide/*.png docs/staff-guide/

coverage: .venv/.ready ## which lines and branches the tests run; takes three times as long as `make test`
	mkdir -p build/coverage
	$(PYTEST) --numprocesses=logical --maxprocesses=4 --cov --cov-report= $(ARGS)
	.venv/bin/coverage report > build/coverage/report.txt; tail -n 1 build/coverage/report.txt

thorough: .venv/.ready ## the full counts that `make test` runs smaller; takes minutes
	THOROUGH=1 $(PYTEST) -m thorough $(ARGS)

lock: ## rewrite requirements.lock for every supported Python, newest releases within pyproject.toml's bounds
	$(call find_python) "$$python" -m venv build/lock
	build/lock/bin/pip install --quiet '$(LOCK_TOOL)'
	build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
		--generate-hashes --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

audit: ## whether a package in requirements.lock has a known flaw; fails, too, where the advisories cannot be reached
	$(call find_python) "$$python" -m venv build/audit
	build/audit/bin/pip install --quiet '$(AUDIT_TOOL)'
	build/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict --progress-spinner off

clean: ## forget .venv and everything built; the database in instance/ stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Sets $python to the first Python that is new enough and can make a virtual environment, or says what to install.
define find_python
@python=; able=; seen=; \
for candidate in $(PYTHONS); do \
	version=$$("$$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	seen="$$seen $$candidate is $$version;"; \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
	able=$${able:-$$candidate}; \
	"$$candidate" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	python=$$candidate; break; \
done; \
if [ -z "$$able" ]; then \
	echo "Quietline needs Python 3.11 or newer; found:$${seen:- no Python at all;} try: apt-get install python3 python3-venv" >&2; exit 1; \
elif [ -z "$$python" ]; then \
	echo "$$able lacks ensurepip, so it cannot make .venv; on Debian or Ubuntu: apt-get install $${able##*/}-venv" >&2; exit 1; \
fi; \
set -x;
endef

.venv/.ready: pyproject.toml requirements.lock
	@echo "Setting up .venv: a minute or so the first time."
	$(call find_python) \
	.venv/bin/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear .venv; \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . && \
	touch $@
