#!/bin/sh
# Builds all that is needed, makes the example landlord the first time, and serves it.
set -eu
. "$(dirname "$0")/common.sh"
started="$(date +%s)"
need_toolchain
data="${DOORSTEP_DATA:-$root/data}"
export DOORSTEP_DATA="$data"
if [ ! -x "$target/debug/doorstep" ]; then
  say "First run: about 8 minutes on two cores, most of it compiling. Later runs take seconds."
fi
say "1 of 4  Styles"
.ci/style.sh
say "2 of 4  The browser's part"
.ci/bundle.sh
say "3 of 4  The server"
cargo build --bin doorstep --features ssr
say "4 of 4  The example landlord"
if said="$("$target/debug/doorstep" example 2>&1)"; then
  note "$said"
else
  # A first run that was cut short leaves a database that holds nothing: only one that holds something is left alone.
  case "$said" in
    *"already holds something"*) note "$data holds data already; it stays as it is (remove the folder to begin again)" ;;
    *) fail "$said" ;;
  esac
fi
note "ready after $(($(date +%s) - started)) seconds"
exec "$target/debug/doorstep" serve
