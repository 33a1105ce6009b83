#!/bin/sh
# Speed and memory of the release program, each figure beside a peer or a limit of the same run.
set -eu
. "$(dirname "$0")/common.sh"
need_toolchain
have wrk || apt_install wrk
have sqlite3 || apt_install sqlite3
# No web server shall start with the machine because we measured against one.
have nginx || [ -x /usr/sbin/nginx ] || RUNLEVEL=1 apt_install nginx-light
PATH="$PATH:/usr/sbin"
exec .ci/postgres.sh --durable cargo bench --quiet --features ssr --bench ratios
