#!/bin/sh
# Builds the style sheet and copies public/ into target/site. `--watch` keeps on building.
set -eu
. "$(dirname "$0")/common.sh"
have node || fail "please install Node 20 or newer"
npm_ci style
cd style
DOORSTEP_SITE="$site" exec node build.mjs "$@"
