#!/bin/sh
# Serves, and builds again on change: styles at once, the server when a Rust file changes,
# the browser's part when an island or lib.rs changes.
set -eu
. "$(dirname "$0")/common.sh"
need_toolchain
export DOORSTEP_DATA="${DOORSTEP_DATA:-$root/data}"
# Faster compiling, for this command alone; server and bundle must agree on it.
export RUSTFLAGS="${RUSTFLAGS:-} --cfg erase_components"
export CARGO_TARGET_DIR="$target/dev"
npm_ci style
exec node .ci/dev.mjs "$CARGO_TARGET_DIR/debug/doorstep"
