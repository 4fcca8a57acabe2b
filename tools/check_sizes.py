#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check that functions, files and folders stay small enough to read.

              soft    hard
  function      40     100 lines
  header       250     400 lines
  source       500     900 lines (C++, Python, shell and CMake)
  folder        30      60 files below truce/

Past hard is a finding, unless a comment `// Waiver(size): reason` (`#` in scripts) stands in the function or in the
three lines above it, or, for a file, in its first 20 lines; of a folder, in those of its CMakeLists.txt. Past soft is only counted; --soft lists it.
Usage: check_sizes.py [--soft] [ROOT]. Exit 0 when all hold, 1 with the findings.
"""
import collections
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house  # noqa: E402

LIMITS = {"function": (40, 100), "header": (250, 400), "source": (500, 900), "folder": (30, 60)}
CODE = {".cpp": "source", ".h": "header", ".py": "source", ".sh": "source", ".cmake": "source"}
WAIVER = re.compile(r"(?://|#) Waiver\(size\): *(.*)")
HEAD_LINES, ABOVE_LINES = 20, 3


def opens_function(head):
    """Whether the text before a brace, in a namespace or a type, is the head of a function."""
    if re.search(r"\bnamespace\b|\bextern\s*\"\"\s*$", head) or "(" not in head:
        return False
    # `struct X : Base<decltype(f())> {` is a type; `enum class X f() {` is none that anybody writes.
    return not re.match(r"\s*(?:template\s*<.*>\s*)?(?:class|struct|union|enum)\b[^()]*$", head, re.S)


def is_container(head):
    return bool(re.search(r"\b(?:namespace|class|struct|union|extern)\b", head)) and not opens_function(head)


def find_functions(text):
    """First and last line of each function body with its head, from its first line to its closing brace."""
    text = "\n".join("" if line.lstrip().startswith("#") else line
                     for line in house.without_comments_and_literals(text).split("\n"))
    functions, stack, head_start, line = [], [], 0, 1
    line_at_head = None
    for position, character in enumerate(text):
        if line_at_head is None and not character.isspace() and character not in "{};":
            line_at_head = line
        if character == "\n":
            line += 1
        elif character == "{":
            outside = all(kind == "container" for kind, _ in stack)
            head = text[head_start:position]
            kind = "inner"
            if outside:
                kind = "function" if opens_function(head) else "container" if is_container(head) else "inner"
            stack.append((kind, line_at_head or line))
            head_start, line_at_head = position + 1, None
        elif character == "}" and stack:
            kind, begin = stack.pop()
            if kind == "function":
                functions.append((begin, line))
            head_start, line_at_head = position + 1, None
        elif character == ";" and all(kind == "container" for kind, _ in stack):
            head_start, line_at_head = position + 1, None
    return functions


class Report:
    def __init__(self):
        self.findings, self.soft, self.waivers = [], [], []

    def judge(self, kind, where, size, waiver):
        soft, hard = LIMITS[kind]
        unit = "files" if kind == "folder" else "lines"
        line = f"{where}: {kind} of {size} {unit}"
        if size > hard and waiver:
            self.waivers.append(f"{line}, waived: {waiver}")
        elif size > hard:
            self.findings.append(f"{line}, more than {hard}; split it, or give a reason with `Waiver(size): …`")
        elif size > soft:
            self.soft.append(f"{line}, more than {soft}")


def waiver_in(lines):
    return next((match.group(1).strip() for match in map(WAIVER.search, lines) if match and match.group(1).strip()), "")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--soft"]
    root = pathlib.Path(arguments[0]) if arguments else house.ROOT
    report, folders = Report(), collections.Counter()
    for path in house.project_files(root):
        if path.parts[0] == "truce" and len(path.parts) > 2:
            folders[path.parts[1]] += 1
        if path.suffix not in CODE:
            continue
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        lines = text.splitlines()
        report.judge(CODE[path.suffix], str(path), len(lines), waiver_in(lines[:HEAD_LINES]))
        for begin, end in find_functions(text) if path.suffix in (".cpp", ".h") else []:
            near = lines[max(0, begin - 1 - ABOVE_LINES):end]
            report.judge("function", f"{path}:{begin}", end - begin + 1, waiver_in(near))
    for folder, count in sorted(folders.items()):
        listed = root / "truce" / folder / "CMakeLists.txt"
        lines = listed.read_text(encoding="utf-8").splitlines()[:HEAD_LINES] if listed.exists() else []
        report.judge("folder", f"truce/{folder}", count, waiver_in(lines))
    for line in report.findings + report.waivers + (report.soft if "--soft" in sys.argv else []):
        print(line)
    print(f"check_sizes: {len(report.findings)} past a hard limit, {len(report.waivers)} waivers, "
          f"{len(report.soft)} past a soft limit")
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
