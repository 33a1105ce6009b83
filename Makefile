# The commands of this project. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run dev build test audit lab bench style bundle

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## build, load the example landlord, serve on http://127.0.0.1:3000
	@.ci/run.sh

dev: ## the same, built again whenever a file changes
	@.ci/dev.sh

build: style bundle ## only build: target/release/doorstep, one file to copy to a server
	@cargo build --release --bin doorstep --features ssr
	@cd $${CARGO_TARGET_DIR:-target} && ls -lh release/doorstep | awk '{ print "    release/doorstep: " $$5 }'

test: ## formatting, lints, tests on both databases, journeys in Chromium, short fault tests
	@.ci/test.sh

audit: ## licences, sources, unused dependencies, spelling, documents
	@.ci/audit.sh

lab: ## the long forms of the fault tests
	@.ci/postgres.sh --durable cargo test --features ssr --test lab -- full

bench: build ## speed and memory, as ratios against a limit or a peer of the same run
	@.ci/bench.sh

style: ## target/site/style.css and the fonts
	@.ci/style.sh

bundle: ## what the browser runs, within its budget
	@.ci/bundle.sh
