# Sourced by the other scripts: words to the person at the keyboard, and what must be installed.

say() { printf '\n\033[1m==> %s\033[0m\n' "$*"; }
note() { printf '    %s\n' "$*"; }
fail() { printf '\nStopped: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

root="$(cd "$(dirname "$0")/.." && pwd)"
cd "$root" || exit 1
target="${CARGO_TARGET_DIR:-$root/target}"
case "$target" in /*) ;; *) target="$root/$target" ;; esac
tools="$target/tools"
site="$root/target/site"
export CARGO_TERM_PROGRESS_WHEN="${CARGO_TERM_PROGRESS_WHEN:-auto}"

# apt_install PACKAGE…: installs as root, else says the one line to type.
apt_install() {
  if [ "$(id -u)" -eq 0 ] && have apt-get; then
    note "installing $* with apt"
    case " $* " in
      *" postgresql "*)
        # The tests start a cluster of their own; the system shall not start one.
        if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
          mkdir -p /etc/postgresql-common
          echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
        fi
        ;;
    esac
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Options::=--force-confold install -y --no-install-recommends "$@" >/dev/null 2>&1 \
      || { apt-get -qq update >/dev/null 2>&1
           DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Options::=--force-confold install -y --no-install-recommends "$@" >/dev/null; } \
      || fail "apt-get install $* did not work"
  else
    fail "please install: sudo apt-get install $*"
  fi
}

# Rust, a C compiler and Node: what every command stands on.
need_toolchain() {
  have cargo || fail "please install Rust from https://rustup.rs"
  have cc || apt_install gcc libc6-dev
  have node || fail "please install Node 20 or newer"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node is $(node -v); please install 20 or newer"
}

# rustfmt and clippy, which a minimal rustup leaves out.
need_components() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  have rustup || fail "please install rustfmt and clippy for $(rustc -V)"
  note "adding rustfmt and clippy"
  rustup -q component add rustfmt clippy || fail "rustup could not add rustfmt and clippy"
}

need_wasm_target() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return
  have rustup || fail "please install the target wasm32-unknown-unknown for $(rustc -V)"
  note "adding the WebAssembly target"
  rustup -q target add wasm32-unknown-unknown || fail "rustup could not add wasm32-unknown-unknown"
}

# npm_ci FOLDER: installs exactly the lock file, once per lock file.
npm_ci() {
  stamp="$1/node_modules/.doorstep-lock"
  if [ ! -e "$stamp" ] || ! cmp -s "$1/package-lock.json" "$stamp"; then
    note "installing the npm packages of $1/"
    (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error) || fail "npm ci failed in $1/"
    cp "$1/package-lock.json" "$stamp"
  fi
}

# locked CRATE: the version of a crate in Cargo.lock.
locked() {
  awk -v name="$1" '$1 == "name" && $3 == "\"" name "\"" { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}
