# Numeral: make demo, make test, make check, make install. `make` alone lists the targets.

PREFIX ?= /usr/local
DESTDIR ?=
bindir = $(DESTDIR)$(PREFIX)/bin
mandir = $(DESTDIR)$(PREFIX)/share/man/man1
bashdir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

# The commit that --version prints. A plus sign means that files differ from the commit. Empty outside a clone.
commit := $(shell git rev-parse --short=12 HEAD 2>/dev/null)
ifneq ($(commit),)
  export NUMERAL_COMMIT := $(commit)$(shell git diff-index --quiet HEAD -- 2>/dev/null || echo +)
endif

# On Linux, Swift's own libraries are linked statically. An installed program must run without the compiler, and shared
# libraries would be found only where the compiler is installed. Measured with 6.3.1 on two cores, `numeral --version`
# from start to end, median of 40: 3.2 ms, with shared libraries 4.6 ms; 8 MB stripped, with shared libraries 2 MB.
ifeq ($(shell uname),Linux)
  release = -c release --static-swift-stdlib
else
  release = -c release
endif

# The options with which `make check` builds everything, tests included. They use their own scratch folder, so that
# `make build` and `make test` need not build again.
strict = --scratch-path .build/strict -Xswiftc -warnings-as-errors -Xcc -Werror

program = .build/release/numeral
testing = NUMERAL_PROGRAM="$(CURDIR)/$(program)"

# The folders and files to format. Benchmarks/.build holds other people's sources, so it is not among them.
formatted = Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift

.DEFAULT_GOAL := help
.PHONY: help setup build demo test check model bench format install uninstall clean
.PHONY: check-format check-folders check-build check-tests check-kernels check-baseline check-embedded check-package
.PHONY: check-samples check-pages check-install

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the system packages needed for building
	@Scripts/setup.sh build

build: setup ## Build the program: .build/release/numeral
	swift build $(release) --product numeral

demo: build ## Train on the built-in digits; needs no data and no argument
	$(program) train digits

# The tests are built in debug mode, with all checks. The program that they start as a process is the release build,
# because they train whole recipes with it. Measured on two cores: an epoch of `two-hidden` takes 0.85 s in debug mode
# and 0.13 s in release mode, and five seeds of `tiny` take 2,500 epochs.
test: ## Run every test
	@Scripts/setup.sh test
	swift build $(release) --product numeral
	$(testing) NUMERAL_PYTHON="$$(Scripts/python.sh || true)" swift test --disable-xctest

check: ## Check all: format, folders, warnings, tests, kernels, embedded mode, package, samples, pages, installation
	@Scripts/setup.sh check
	@$(MAKE) --no-print-directory check-format check-folders check-build check-tests check-kernels check-baseline \
	  check-embedded check-package check-samples check-pages check-install
	@Scripts/test-summary.sh .build/check-tests.log

check-format:
	swift format lint --strict -r $(formatted)

check-folders:
	Scripts/check-folders.py Sources/Numeral

check-build:
	swift build $(strict) --build-tests

check-tests:
	swift build $(release) --product numeral
	$(testing) NUMERAL_PYTHON="$$(Scripts/python.sh)" bash -o pipefail -c \
	  'swift test $(strict) --disable-xctest 2>&1 | tee .build/check-tests.log'

check-kernels:
	swift build $(release) --product numeral
	Scripts/check-kernel-symbols.sh .build/strict/debug .build/release

check-baseline:
	Scripts/check-baseline.sh $(program)

check-embedded:
	Scripts/check-embedded.sh

check-package:
	Scripts/check-package.sh

check-samples:
	swift build $(release) --product numeral
	Scripts/check-samples.py $(program)

check-pages:
	swift build $(release) --product numeral
	"$$(Scripts/python.sh)" Scripts/check-pages.py $(program)

check-install:
	Scripts/check-install.sh

model: ## Train the built-in models again and compare them, byte for byte; needs MNIST
	swift build $(release) --product numeral
	Scripts/model.sh $(program)

bench: ## Measure beside NumPy, PyTorch and others: PARTS="epoch kernels", QUICK=1
	@Scripts/setup.sh bench
	swift build $(release) --product numeral
	swift build -c release --package-path Benchmarks
	Benchmarks/setup.sh
	cd Benchmarks && python3 -m driver $(PARTS) $(if $(QUICK),--quick)

format: ## Format the sources
	swift format -i -r $(formatted)

# Installing needs no compiler and builds nothing, so `make build && sudo make install` leaves no files owned by root in
# .build.
install: ## Install program, manual page and completions below PREFIX
	@test -x $(program) || { echo "install: $(program) does not exist; run 'make build' first" >&2; exit 66; }
	mkdir -p $(bindir) $(mandir) $(bashdir) $(zshdir) $(fishdir)
	install -m 755 $(program) $(bindir)/numeral
	-strip $(bindir)/numeral
	$(program) manual > $(mandir)/numeral.1
	$(program) completions bash > $(bashdir)/numeral
	$(program) completions zsh > $(zshdir)/_numeral
	$(program) completions fish > $(fishdir)/numeral.fish
	chmod 644 $(mandir)/numeral.1 $(bashdir)/numeral $(zshdir)/_numeral $(fishdir)/numeral.fish

uninstall: ## Remove the installed files
	rm -f $(bindir)/numeral $(mandir)/numeral.1
	rm -f $(bashdir)/numeral $(zshdir)/_numeral $(fishdir)/numeral.fish

clean: ## Remove everything that was built
	rm -rf .build Benchmarks/.build
