#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows per second of `truce monitor` on the workloads, beside a hand-written program for each, in one run.

usage: workloads_bench.py [--program PATH] [--bench FOLDER] [--events N] [WORKLOAD …]

FOLDER holds gen.cpp and ref.cpp, which write the workloads and answer them (../shared/bench beside the repository).
Seconds are of processor time of one process from start to end on one processor, reading included, the best of three in
turn; the answers must be the same."""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORKLOADS = ("w1", "w2", "w3", "w4a", "w4b")
TIMES = 3


def on_one_processor():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def processor_seconds():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def timed(commands):
    """The least time of each command, run in turn, and what it wrote."""
    best = [None] * len(commands)
    outputs = [b""] * len(commands)
    for _ in range(TIMES):
        for i, command in enumerate(commands):
            begin = processor_seconds()
            outputs[i] = subprocess.run(command, check=True, capture_output=True,
                                        preexec_fn=on_one_processor).stdout
            taken = processor_seconds() - begin
            best[i] = taken if best[i] is None else min(best[i], taken)
    return best, [sorted(output.split()) for output in outputs]


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
        print(f"{'':4} {'rows':>9} {'truce':>10} {'reference':>12} {'ratio':>6}  rows per second of processor time")
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
            (theirs, ours), (expected, listed) = timed([
                [folder / "ref", workload, path, *extra],
                [options.program, "monitor", ROOT / f"bench/workloads/{workload}.truce", "--incidents", path, *settings,
                 "--format", "ids"]])
            note = "" if listed == expected else "  the answers differ"
            print(f"{workload:4} {rows:9} {rows / ours:10.0f} {rows / theirs:12.0f} {theirs / ours:6.2f}{note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
