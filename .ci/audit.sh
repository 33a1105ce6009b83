#!/bin/sh
# Dependencies, spelling and the documents as a lint. Advisories only from a local copy of the
# database, named by ADVISORY_DB: the audit itself asks no server.
set -eu
. "$(dirname "$0")/common.sh"
need_toolchain

# tool COMMAND CRATE: installs a cargo tool into target/tools once.
tool() {
  if have "$1"; then command -v "$1"; return; fi
  if [ ! -x "$tools/bin/$1" ]; then
    echo "    installing $2 into target/tools (some minutes, once)" >&2
    cargo install --quiet --locked --root "$tools" "$2" >&2 \
      || cargo install --quiet --root "$tools" "$2" >&2 \
      || fail "$2 could not be installed"
  fi
  echo "$tools/bin/$1"
}

say "Documents"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --bins --features ssr --document-private-items --no-deps

say "Spelling"
"$(tool typos typos-cli)"

say "Unused dependencies"
"$(tool cargo-machete cargo-machete)"

say "Licences, sources and banned crates"
deny="$(tool cargo-deny cargo-deny)"
"$deny" --all-features check --hide-inclusion-graph --config .deny.toml bans licenses sources

say "Advisories"
if [ -n "${ADVISORY_DB:-}" ]; then
  audit="$(tool cargo-audit cargo-audit)"
  "$audit" audit --db "$ADVISORY_DB" --no-fetch --deny warnings
else
  note "not checked: set ADVISORY_DB to a local copy of the RustSec database"
fi
