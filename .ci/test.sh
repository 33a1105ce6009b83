#!/bin/sh
# Everything that must hold before a change is merged, cheapest first. The first failure stops it.
# `test.sh STEP…` runs only the steps named.
set -eu
. "$(dirname "$0")/common.sh"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
began="$(date +%s)"

step_style() {
  say "Styles: size, no borrowed identity"
  .ci/style.sh
}

step_format() {
  say "Formatting"
  cargo fmt --check
}

step_lint() {
  say "Lints: server"
  cargo clippy --quiet --features ssr --all-targets -- -D warnings
  say "Lints: browser"
  cargo clippy --quiet --lib --features hydrate --target wasm32-unknown-unknown -- -D warnings
}

step_bundle() {
  say "The browser's part and its budget"
  .ci/bundle.sh
}

step_unit() {
  say "Unit, store and request tests on SQLite and PostgreSQL"
  if cargo nextest --version >/dev/null 2>&1; then
    .ci/postgres.sh cargo nextest run --features ssr --bins
  else
    note "cargo-nextest is not installed; cargo test does the same, with less to read"
    .ci/postgres.sh cargo test --quiet --features ssr --bins
  fi
}

step_build() {
  say "The server that the journeys and the fault tests use"
  cargo build --bin doorstep --features ssr
}

step_journeys() {
  say "Journeys in Chromium, with script and without"
  [ -x "$target/debug/doorstep" ] || step_build
  .ci/journeys.sh
}

step_lab() {
  say "Fault tests, short forms"
  [ -x "$target/debug/doorstep" ] || step_build
  have strace || apt_install strace
  .ci/postgres.sh --durable cargo test --quiet --features ssr --test lab -- quick
}

need_toolchain
need_wasm_target
need_components
if [ $# -eq 0 ]; then set -- style format lint bundle unit build journeys lab; fi
for step in "$@"; do
  at="$(date +%s)"
  "step_$step"
  note "$step: $(($(date +%s) - at)) seconds"
done
say "All passed in $(($(date +%s) - began)) seconds"
