# make demo    what is due by 15 January 2003, from the data in this repository
# make test    all tests without a network or a build of the package; BUT leaves out those named
# make breadth all hostile files, faults and kills, of which `make test` tries some
# make package the package built, checked and installed, with the lowest versions of its libraries
# make zipapp  dist/grcm.pyz, one file for a machine with Python alone
# make check   all that CI runs: demo, linters, tests, package, figures
# Each makes .venv if it is missing; they need Python 3.11 or newer with venv, git, and nothing else.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
SHELL := /bin/sh

.PHONY: demo test breadth package zipapp check browser editor peers benchmark lint messages language man pictures expected new-rule requirements clean

demo: .venv/run
	@echo '$$ grcm due --before 2003-01-15'
	@$(BIN)/grcm due --before 2003-01-15
	@echo
	@echo 'The same as it stood two weeks after the meeting:'
	@echo
	@echo '$$ grcm due --before 2003-01-15 --as-of 2002-11-15'
	@$(BIN)/grcm due --before 2003-01-15 --as-of 2002-11-15

test: .venv/dev
	@$(BIN)/python -m pytest -n auto --dist worksteal $(addprefix --deselect=,$(BUT))

# Of what `make test` samples, what CI tries whole: half of each addition, every pattern on its worst
# texts, every hostile file and document, every example of a rule, every command without what it
# needs, a fault and a kill at every operation that writes. The rest of GRCM_ALL_STATES=1, as the
# counts of 2,000 records or 200,000 random tasks, takes minutes a file.
BREADTH := tests/test_additions.py tests/test_patterns.py tests/test_refused.py tests/cards \
	tests/cli/test_ci_commands.py::test_no_line_is_a_command tests/domain/test_query.py \
	tests/drafting/test_completeness.py tests/drafting/test_marked_text.py tests/lsp/test_record.py \
	tests/rules/test_concerns.py tests/rules/test_growth.py \
	tests/test_house.py::test_a_command_imports_and_does_what_it_must_and_no_more \
	tests/badinput/test_badinput.py::test_no_file_crashes_a_process_or_hangs_it \
	tests/badinput/test_badinput.py::test_no_mutant_of_a_real_file_stops_the_program \
	tests/badinput/test_badinput.py::test_the_findings_are_these_with_either_parser \
	tests/drafting/test_growth.py tests/drafting/test_hostile_documents.py \
	tests/reader/test_edit.py::test_kills_leave_the_old_file_or_the_new_one \
	tests/storage/test_stored.py::test_whatever_fails_the_sentence_agrees_with_the_disk \
	tests/storage/test_site_whole.py::test_a_fault_at_every_operation \
	tests/storage/test_site_whole.py::test_kills_of_the_command tests/storage/test_exchange.py
breadth: .venv/dev
	@GRCM_ALL_STATES=1 $(BIN)/python -m pytest -n auto --dist worksteal $(BREADTH)

check:
	@.ci/run

# The package as others install it, the lowest versions of its libraries, and the hook for
# pre-commit; from a package index. A worker a file: two tests of one share what is slow to make.
package: .venv/dev
	@$(BIN)/python -m pip install -q --disable-pip-version-check --retries 1 --timeout 10 \
		--require-hashes -r requirements/package.txt || echo 'twine cannot be installed'
	@$(BIN)/python -m pytest -m package -rs -n 2 --dist loadfile tests/packaging tests/docs tests/edoxen \
		tests/tools

# One file for a machine with Python alone, of the libraries of .venv without their compiled parts.
zipapp: .venv/run
	@$(BIN)/python -m tools.single_file dist/grcm.pyz

# The schemas in the language server of editors, which npm installs.
editor: .venv/dev
	@$(BIN)/python -m pytest -m package -rs tests/reader/test_editor.py

# The site in a real browser; Chromium itself comes with the system.
browser: .venv/dev
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/browser.txt
	@$(BIN)/python -m pytest $(wildcard tests/site/test_*_browser.py)

# The programs that the benchmark compares with; four of them come with the system.
peers: .venv/run
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/peers.txt
	@for p in task hledger rg yq; do command -v $$p > /dev/null || echo "$$p is missing:" \
		"apt install taskwarrior hledger ripgrep yq, or brew install task hledger ripgrep yq"; done

# Every command beside its peers, measured here and compared with the manual's figures: what costs more
# than a tenth more fails. UPDATE=1 writes the figures, tables and pictures of the manual anew.
# SIZES='24 1000' is quick, ONLY=due,validate quicker; GENERATOR=both measures a second kind of record.
SIZES ?= 24 1000 10000 100000
GENERATOR ?= first
FIGURES := docs/benchmarks.json
benchmark: peers
	@$(BIN)/python -m benchmarks.run --sizes $(SIZES) --generator $(if $(UPDATE),both,$(GENERATOR)) \
		$(if $(UPDATE),--estimate,$(if $(ONLY),--only '$(ONLY)') --against) $(FIGURES) \
		--json $(if $(UPDATE),$(FIGURES),build/benchmarks.json)
	@$(if $(UPDATE),$(BIN)/python -m benchmarks.page)

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# The catalogues of the interface, and of what the manual takes from the program: found in the source, merged into each
# translation, compiled. The files of a new language, to be translated: make language CODE=de
messages: .venv/dev
	@mkdir -p build
	$(BIN)/python -m babel.messages.frontend -q extract -F babel.cfg -k N_ -k counted:1,2 --no-wrap --no-location --sort-output --omit-header \
		-o build/grcm.pot src/grcm_cli
	$(BIN)/python -m tools.rule_messages build/rules.pot
	@for domain in grcm rules; do \
		$(BIN)/pybabel -q update -D $$domain -i build/$$domain.pot -d src/grcm_cli/locale \
			--no-wrap --no-fuzzy-matching --ignore-obsolete && \
		$(BIN)/pybabel -q compile -D $$domain -d src/grcm_cli/locale || exit 1; done

language: messages
	@$(BIN)/python -m tools.new_language $(CODE)

# The reference in the manual's languages, from the program; the man pages, from its pages on commands.
man: .venv/dev
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tools.manpage

# The pictures of the manual's first chapter: a terminal, a page, a letter and a form in each language.
pictures: .venv/dev
	$(BIN)/python -m tools.pictures

# All that the tests expect as text, made anew by the module beside each. Read the difference. Two of
# these modules want a word more: a Python with pandas, or the place of a document.
expected: .venv/dev
	@for file in $$(git grep -l '^if __name__' -- 'tests/*.py' ':!*library_chapter.py' ':!*hostile_documents.py'); do \
		$(BIN)/python -m $$(echo $${file%.py} | tr / .) || exit 1; done

# A new rule: make new-rule NAME=number-twice FILE=conclusions
new-rule: .venv/dev
	@$(BIN)/python -m tools.new_rule $(NAME) $(FILE)

requirements: .venv/dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		--group build pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		--group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		--group browser pyproject.toml -o requirements/browser.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		--group peers pyproject.toml -o requirements/peers.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		--group package pyproject.toml -o requirements/package.txt

.venv/run: requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "grcm needs Python 3.11 or newer"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv build
