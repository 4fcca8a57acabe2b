#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Formats every C++ file, or with --check only says which ones are not formatted. Files named as arguments instead of all.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
source tools/packages.sh
command -v clang-format-19 >/dev/null || truce_stop "clang-format-19 is not installed; on Debian: apt-get install clang-format-19"
mode=(-i)
if [ "${1-}" = --check ]; then
  mode=(--dry-run --Werror)
  shift
fi
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find truce tests fuzz bench -name '*.cpp' -o -name '*.h' | sort)
clang-format-19 "${mode[@]}" "${files[@]}" || { echo "fix with: tools/format.sh" >&2; exit 1; }
