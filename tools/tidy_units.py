#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run clang-tidy on C++ sources, several of one folder at a time.

Most of what clang-tidy does to one file it does to the headers of the standard library, and again to those of the next
file. So neighbours that share no name of their own are read as one unit, which takes a quarter of the time. Where such
a unit does not compile, its halves are tried.
Usage: tidy_units.py BUILD FILE…, with BUILD a build folder of clang. Exit 0 without findings, 1 with them.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import units

UNIT_FILES = 12
CLANG_TIDY = ["clang-tidy-19", "--quiet", "--extra-arg=-Wno-deprecated-declarations"]
NOISE = re.compile(r"^(\d+ warnings?\b|Suppressed |Use -header-filter|Error while processing)")


def flags_of(build, path):
    """How BUILD compiles PATH, without the compiler, the source and the object file."""
    entries = json.loads((build / "compile_commands.json").read_text())
    entry = next(entry for entry in entries if entry["file"] == str(path.resolve()))
    words = shlex.split(entry["command"])
    place = words.index("-o")
    return [word for word in words[1:place] + words[place + 2:] if word not in ("-c", entry["file"])]


def tidy(arguments):
    """Whether there are findings, and them."""
    run = subprocess.run([*CLANG_TIDY, *arguments], capture_output=True, text=True, errors="replace")
    lines = [line for line in (run.stdout + run.stderr).splitlines() if not NOISE.match(line)]
    return run.returncode != 0, "\n".join(lines)


def tidy_unit(build, name, paths):
    """The same of the paths, read as one source of that name beside BUILD."""
    if len(paths) == 1:
        return tidy(["-p", build, paths[0]])
    folder = build.with_name(build.name + "-units")
    folder.mkdir(exist_ok=True)
    source = folder / f"{name}.cpp"
    # A unit is the one place that may include sources.
    source.write_text("".join(f'#include "{path.resolve()}"  // NOLINT\n' for path in paths))
    has_findings, text = tidy([source, "--", *flags_of(build, paths[0])])
    if "[clang-diagnostic-error]" not in text:
        return has_findings, text
    middle = len(paths) // 2
    halves = [tidy_unit(build, name + "a", paths[:middle]), tidy_unit(build, name + "b", paths[middle:])]
    return any(found for found, _ in halves), "\n".join(text for found, text in halves if found)


def unused_names(path):
    """The `using a::b;` that nothing in the file uses: clang-tidy tells it only of a unit's own text."""
    text = path.read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", text)
    for match in re.finditer(r"^using (?:\w+::)+(\w+);", text, re.M):
        if len(re.findall(rf"\b{match.group(1)}\b", code)) == 1:
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: error: using decl '{match.group(1)}' is unused [misc-unused-using-decls]"


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    build, paths = pathlib.Path(arguments[0]).resolve(), [pathlib.Path(argument) for argument in arguments[1:]]
    unit_paths = units.into_units(paths, UNIT_FILES)
    names = [f"unit{number}" for number in range(len(unit_paths))]
    unused = [finding for path in paths for finding in unused_names(path)]
    for finding in unused:
        print(finding)
    has_findings = bool(unused)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found, text in pool.map(lambda pair: tidy_unit(build, *pair), zip(names, unit_paths)):
            has_findings |= found
            if found:
                print(text, flush=True)
    return 1 if has_findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
