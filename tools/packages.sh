# SPDX-License-Identifier: Apache-2.0
# The Debian packages that each script needs, and how they get installed. Sourced by start, test, .ci/run and tools.

# To build and run the program.
TRUCE_BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libfmt-dev nlohmann-json3-dev libsodium-dev
  libgeographiclib-dev libcli11-dev libexpat1-dev libz3-dev libgmp-dev libsqlite3-dev
  libboost1.81-dev libssl-dev libpango1.0-dev fonts-noto-core python3)
# The pages of the workspace are built by Node. It may have come from elsewhere, with npm in one package; then it stays as
# it is.
command -v node >/dev/null || TRUCE_BUILD_PACKAGES+=(nodejs)
command -v npm >/dev/null || TRUCE_BUILD_PACKAGES+=(npm)
# To run the tests as well.
# Chromium opens the report as a reader would, driven from Node.
# With poppler the daily report is read as text.
# A server of the tests shows a certificate that openssl makes.
# With strace the calls of the ledger to the system are made to fail.
TRUCE_TEST_PACKAGES=("${TRUCE_BUILD_PACKAGES[@]}" libgtest-dev chromium-headless-shell fonts-dejavu-core strace openssl
  poppler-utils)
# To fuzz.
TRUCE_FUZZ_PACKAGES=("${TRUCE_TEST_PACKAGES[@]}" clang-19 libclang-rt-19-dev)
# For every check that .ci/run makes.
TRUCE_CHECK_PACKAGES=("${TRUCE_TEST_PACKAGES[@]}" ccache git clang-format-19 clang-tidy-19 libbenchmark-dev)

# One clear line, then the status that means "could not be done".
truce_stop() {
  echo "${0##*/}: $*" >&2
  exit 2
}

# truce_run WHAT LOG COMMAND…: says WHAT, keeps the output in LOG, shows its end when COMMAND fails.
truce_run() {
  local what=$1 log=$2 begin=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  echo "$what"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    truce_stop "failed after $((SECONDS - begin)) s: $what (whole log: $log)"
  fi
}

# truce_install LOG PACKAGE…: installs those that are missing; asks no network when none is.
truce_install() {
  local log=$1 package missing=() elevate=()
  shift
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || truce_stop "no apt-get here; Truce is built on Debian 12 with: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || truce_stop "not root and no sudo; have an administrator install: ${missing[*]}"
    # Nobody can type a password where there is no terminal.
    elevate=(sudo)
    [ -t 0 ] || elevate=(sudo -n)
    "${elevate[@]}" true || truce_stop "sudo was refused; have an administrator install: ${missing[*]}"
  fi
  truce_run "Looking up Debian packages" "$log" "${elevate[@]}" apt-get update -q
  truce_run "Installing ${missing[*]}" "$log" "${elevate[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# truce_install_browser_tests LOG: fetches what the browser tests need as tests/browser/package-lock.json names it, and
# asks no network when it is there. Where it cannot be fetched those tests are skipped and say so.
truce_install_browser_tests() {
  local log=$1 folder=tests/browser
  cmp -s $folder/package-lock.json $folder/node_modules/.installed && return 0
  mkdir -p "$(dirname "$log")"
  echo "Fetching Playwright and axe-core for the browser tests"
  if (cd $folder && npm ci --no-audit --no-fund --ignore-scripts) >"$log" 2>&1 </dev/null; then
    cp $folder/package-lock.json $folder/node_modules/.installed
  else
    echo "npm could not fetch them, so the browser tests are skipped (log: $log)"
  fi
}
