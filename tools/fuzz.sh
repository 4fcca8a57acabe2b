#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/fuzz.sh TARGET SECONDS: fuzzes one target with sanitizers. New inputs go to build/fuzz/found/TARGET; a crash is
# kept there too, is reported, and belongs into fuzz/corpus/TARGET once it is mended.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
source tools/packages.sh
[ $# -eq 2 ] || truce_stop "usage: tools/fuzz.sh TARGET SECONDS"
target=$1
seconds=$2
[ -d "fuzz/corpus/$target" ] || truce_stop "no such target; there are: $(ls fuzz/corpus | tr '\n' ' ')"
truce_install build/fuzz-packages.log "${TRUCE_FUZZ_PACKAGES[@]}"
truce_run "Setting up build/fuzz" build/fuzz-configure.log cmake --preset fuzz
truce_run "Building fuzz_$target" build/fuzz-build.log cmake --build --preset fuzz --target "fuzz_$target"
found=build/fuzz/found/$target
mkdir -p "$found"
dictionary=()
[ -f "fuzz/$target.dict" ] && dictionary=("-dict=fuzz/$target.dict")
"build/fuzz/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
  -artifact_prefix="$found/" "${dictionary[@]}" "$found" "fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1
status=$?
grep -E '^stat::number_of_executed_units|^stat::average_exec|cov:' "build/fuzz/$target.log" | tail -n 3
if [ $status -ne 0 ]; then
  tail -n 40 "build/fuzz/$target.log" >&2
  truce_stop "$target: a fault was found; its input is in $found (crash-…, timeout-… or oom-…)"
fi
echo "$target: $seconds s, no fault"
