#!/bin/sh
# Builds what the browser runs: wasm and its glue, shrunk, named by content, compressed, within budget.
set -eu
. "$(dirname "$0")/common.sh"
need_toolchain
need_wasm_target
npm_ci style

version="$(locked wasm-bindgen)"
bindgen="$tools/bin/wasm-bindgen"
if [ "$("$bindgen" --version 2>/dev/null || true)" != "wasm-bindgen $version" ]; then
  note "installing wasm-bindgen-cli $version into target/tools (some minutes, once)"
  # --locked is the tool's own tested set; a registry that lacks one of those gets the newest that fit.
  mkdir -p "$tools"
  cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/build" --version "=$version" wasm-bindgen-cli 2>"$tools/locked.log" \
    || { note "its own set of packages was refused ($tools/locked.log says why); taking the newest that fit"
         cargo install --quiet --debug --root "$tools" --target-dir "$tools/build" --version "=$version" wasm-bindgen-cli; } \
    || fail "wasm-bindgen-cli $version could not be installed"
  rm -rf "$tools/build"
fi

note "building the browser's part"
cargo build --lib --features hydrate --target wasm32-unknown-unknown --profile wasm-release
exec node .ci/bundle.mjs "$target/wasm32-unknown-unknown/wasm-release/doorstep.wasm" "$bindgen" "$site/pkg"
