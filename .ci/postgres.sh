#!/bin/sh
# postgres.sh COMMAND…: runs COMMAND with TEST_POSTGRES_URL naming a PostgreSQL cluster of its own,
# in a temporary folder, on a loopback port, gone when COMMAND ends. Durable only with --durable:
# a test needs no disk flush, a measurement does.
set -eu
. "$(dirname "$0")/common.sh"

flush="-c fsync=off -c full_page_writes=off"
if [ "${1:-}" = --durable ]; then flush=""; shift; fi

find_bin() {
  for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
    if [ -x "$dir/initdb" ]; then found="$dir"; fi
  done
}
found=""
find_bin
if [ -z "$found" ] && have initdb; then found="$(dirname "$(command -v initdb)")"; fi
if [ -z "$found" ]; then apt_install postgresql; find_bin; fi
[ -n "$found" ] || fail "PostgreSQL's initdb was not found"

folder="$(mktemp -d -t doorstep-postgres.XXXXXX)"
as() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  # initdb refuses root.
  user=nobody
  id postgres >/dev/null 2>&1 && user=postgres
  as() { setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- env HOME="$folder" "$@"; }
  chown "$user" "$folder"
fi

running=""
stop() {
  trap - EXIT INT TERM
  [ -z "$running" ] || as "$found/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'stop; exit 130' INT TERM

cd "$folder"
as "$found/initdb" -D "$folder/data" -U doorstep --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 \
  || { cat "$folder/log" >&2; fail "initdb did not work"; }
tries=0
while [ -z "$running" ]; do
  port="$(node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')"
  # shellcheck disable=SC2086
  if as "$found/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 30 start \
      -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=300 -c shared_buffers=128MB $flush" >/dev/null 2>&1; then
    running=yes
  else
    tries=$((tries + 1))
    [ "$tries" -lt 4 ] || { cat "$folder/server.log" >&2; fail "PostgreSQL did not start"; }
  fi
done
cd "$root"

export TEST_POSTGRES_URL="postgres://doorstep@127.0.0.1:$port/postgres"
export TEST_POSTGRES_BIN="$found"
export TEST_POSTGRES_DATA="$folder/data"
# What tests leave in the temporary folder goes with the cluster.
mkdir "$folder/tmp"
export TMPDIR="$folder/tmp"
status=0
"$@" || status=$?
exit "$status"
