#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows per second of `truce monitor` on the workloads, beside a hand-written program for each, in one run.

usage: workloads_bench.py [--program PATH] [--bench FOLDER] [--events N] [WORKLOAD …]

FOLDER holds gen.cpp and ref.cpp, which write the workloads and answer them (../shared/bench beside the repository).
Seconds are those of one process from start to end, the best of three; the answers must be the same."""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORKLOADS = ("w1", "w2", "w3", "w4a", "w4b")
TIMES = 3


def timed(command):
    best, output = None, b""
    for _ in range(TIMES):
        begin = time.perf_counter()
        output = subprocess.run(command, check=True, capture_output=True).stdout
        taken = time.perf_counter() - begin
        best = taken if best is None else min(best, taken)
    return best, sorted(output.split())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/release/truce", type=pathlib.Path)
    parser.add_argument("--bench", default=ROOT.parent / "shared/bench", type=pathlib.Path)
    parser.add_argument("--events", default=100_000, type=int)
    parser.add_argument("workloads", nargs="*", default=[])
    options = parser.parse_args()
    if not (options.bench / "gen.cpp").exists():
        print(f"workloads_bench: no gen.cpp in {options.bench}; name its folder with --bench", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for program in ("gen", "ref"):
            subprocess.run(["g++", "-O3", "-march=native", "-std=c++17", "-w", options.bench / f"{program}.cpp",
                            "-o", folder / program], check=True)
        print(f"{'':4} {'rows':>9} {'truce':>10} {'reference':>12}  rows per second")
        for workload in options.workloads or WORKLOADS:
            family = workload[:2]
            prefix = folder / family
            if not prefix.with_suffix(".csv").exists():
                subprocess.run([folder / "gen", family, str(options.events), "1", prefix], check=True)
            path = f"{prefix}.csv"
            rows = sum(1 for _ in open(path, "rb")) - 1
            count = max(options.events // 3650, 1)
            extra = {"w1": [f"{prefix}.zones.csv"], "w4a": [str(count)]}.get(workload, [])
            settings = {"w1": ["--set", f"zones={prefix}.zones.csv"], "w4a": ["--set", f"k={count}"]}.get(workload, [])
            theirs, expected = timed([folder / "ref", workload, path, *extra])
            ours, listed = timed([options.program, "monitor", ROOT / f"bench/workloads/{workload}.truce",
                                  "--incidents", path, *settings, "--format", "ids"])
            note = "" if listed == expected else "  the answers differ"
            print(f"{workload:4} {rows:9} {rows / ours:10.0f} {rows / theirs:12.0f}{note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
