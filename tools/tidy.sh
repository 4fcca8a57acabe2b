#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy 19 on the library and the program, or on the .cpp files named as arguments.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
source tools/packages.sh
command -v clang-tidy-19 >/dev/null || truce_stop "clang-tidy-19 is not installed; on Debian: apt-get install clang-tidy-19"
# A build folder of its own: clang cannot read the precompiled headers of g++, and warns of other things than g++ does.
truce_run "Setting up build/tidy" build/tidy-configure.log cmake --preset dev -B build/tidy \
  -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DTRUCE_WARNINGS_AS_ERRORS=OFF -DTRUCE_BENCHES=OFF
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find truce -name '*.cpp' ! -name '*_test.cpp' | sort)
python3 tools/tidy_units.py build/tidy "${files[@]}" || {
  echo "tidy: findings above; a check that is wrong here is disabled in .clang-tidy with its reason" >&2
  exit 1
}
echo "tidy: ${#files[@]} files, no finding"
