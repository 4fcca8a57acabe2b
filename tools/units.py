#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which C++ sources of one folder can be read as one unit.

A unit holds only sources of which none uses a word that another one keeps for itself (in a namespace without a name, or
as a macro), so that each means there what it means alone.
Usage: units.py FILES FOLDER…, where FILES is how many sources a unit holds at most. Prints, for each source under the
folders that shares a unit, its path, a tab and the number of the unit.
"""
import pathlib
import re
import sys

import house


def code_of(path):
    """The text of a source without its comments and strings; where a namespace ends is still told."""
    text = re.sub(r"^}  // namespace.*", "}@", path.read_text(encoding="utf-8"), flags=re.M)
    return house.without_comments_and_literals(text)


def kept_names(code):
    """What a source has for itself, as far as a look at its lines tells: functions, and all else."""
    functions, others, is_nameless = set(), set(), False
    for line in code.splitlines():
        macro = re.match(r"#\s*define (\w+)", line)
        if macro:
            others.add(macro.group(1))
        elif line.startswith("namespace {"):
            is_nameless = True
        elif line.startswith("}@"):
            is_nameless = False
        elif (is_nameless or line.startswith("static ")) and line[:1].isalpha():
            if line.startswith(("template", "namespace", "static_assert", "TEST")) or re.match(r"using [^=]*;", line):
                continue
            kind = re.match(r"(?:struct|class|enum class|enum|union) (\w+)|using (\w+) =", line)
            function = re.match(r"(?:[^(=]*?\W)?(\w+)\(", line)
            value = re.match(r"[^(]*?(\w+)(?:\[\w*\])? ?[={;]", line)
            if kind:
                others.add(kind.group(1) or kind.group(2))
            elif function:
                functions.add(function.group(1))
            elif value:
                others.add(value.group(1))
    return functions, others


class Source:
    def __init__(self, path):
        code = code_of(path)
        self.path = path
        self.functions, self.others = kept_names(code)
        # What is asked of an object or named with its namespace is found there.
        self.calls = set(re.findall(r"(?<![\w.:>])(\w+)(?=[(<])", code)) | self.functions
        self.words = set(re.findall(r"(?<![\w.:])(\w+)", code))
        self.is_test = path.stem.endswith("_test") or "tests" in path.parts
        self.folder = path.parent.parent if path.parent.name == "internal" else path.parent

    def keeps_from(self, other):
        """Whether the other one uses a name that this one has for itself."""
        return bool(self.functions & other.calls or self.others & other.words)

    def agrees_with(self, other):
        return not self.keeps_from(other) and not other.keeps_from(self)


def into_units(paths, most):
    """The sources in lists of at most `most`, each of one folder and either of tests or not."""
    units = []
    for source in map(Source, paths):
        for unit in units:
            first = unit[0]
            if (len(unit) < most and (first.folder, first.is_test) == (source.folder, source.is_test)
                    and all(source.agrees_with(other) for other in unit)):
                unit.append(source)
                break
        else:
            units.append([source])
    return [[source.path for source in unit] for unit in units]


def main(arguments):
    if len(arguments) < 2 or not arguments[0].isdigit():
        print(__doc__, file=sys.stderr)
        return 2
    paths = sorted(path for folder in arguments[1:] for path in pathlib.Path(folder).rglob("*.cpp"))
    for number, unit in enumerate(into_units(paths, int(arguments[0]))):
        for path in unit if len(unit) > 1 else ():
            print(f"{path}\t{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
