#!/bin/sh
# Plays the journeys of end2end/ in Debian's Chromium against the debug binary. Arguments go to Playwright.
set -eu
. "$(dirname "$0")/common.sh"
have node || fail "please install Node 20 or newer"
npm_ci end2end
if [ -z "${CHROMIUM:-}" ]; then
  for name in chromium chromium-browser google-chrome; do
    if have "$name"; then CHROMIUM="$(command -v "$name")"; break; fi
  done
fi
if [ -z "${CHROMIUM:-}" ]; then apt_install chromium; CHROMIUM="$(command -v chromium)"; fi
have openssl || apt_install openssl
export CHROMIUM
export DOORSTEP_BIN="${DOORSTEP_BIN:-$target/debug/doorstep}"
[ -x "$DOORSTEP_BIN" ] || fail "$DOORSTEP_BIN is missing; build it with: cargo build --bin doorstep --features ssr"
cd end2end
exec npx playwright test "$@"
