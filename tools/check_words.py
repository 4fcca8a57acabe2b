#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check for words and calls that have no place in the project, each with a hint.

In every text: paths of one machine, hosts of package registries, unfinished work without an issue number, conflict
marks, and files of more than 1 MB. In code: the SPDX line, `#pragma once`, and calls that the rules rule out, such as
printing in the library. Usage: check_words.py [ROOT]. Exit 0 when nothing is found, 1 with the findings.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house  # noqa: E402

LARGEST_BYTES = 1_000_000
SPDX = "SPDX-License-Identifier: Apache-2.0"
CODE_SUFFIXES = {".cpp", ".h", ".def", ".py", ".sh", ".cmake"}
SCRIPTS = {"start", "test", ".ci/run", "tests/support/truce-golden"}
# Bytes made to be wrong, on which no rule of words applies.
INPUTS = ("fuzz/corpus/",)

TEXT_RULES = [
    (re.compile(r"(?<![\w.])/(?:work|root|home|farm|Users)/[\w.]"), "a path of one machine; make it relative"),
    (re.compile(r"registry\.npmjs|deb\.debian\.org|pypi\.org|crates\.io"), "a registry's host; leave it to the system"),
    (re.compile(r"\bTO(?:DO)\b(?!\(\d+\): \w)"), "unfinished without an issue; write the number and what is left"),
    (re.compile(r"\bFIX(?:ME)\b|\bXX(?:X)\b|\bHA(?:CK)\b"), "unfinished work; finish it or open an issue"),
    (re.compile(r"^(?:<{7}|>{7}) "), "a conflict mark"),
]
CODE_RULES = [
    (re.compile(r"\busing namespace\b(?! std::[a-z:_]*literals)"), "write the namespace out"),
    (re.compile(r"\bstd::format\b"), "fmt::format; g++ 12 has no std::format"),
    (re.compile(r"\bdelete\s+\w|\bdelete\[\]|(?<!operator )\bnew [A-Za-z:]+[({;]"), "std::make_unique or a container"),
    (re.compile(r"\bconst_cast<|\bgoto\b"), "change the design, so that this is not needed"),
]
LIBRARY_RULES = [
    (re.compile(r"\bstd::(?:cout|cerr|clog)\b|(?<![\w:])(?:std::)?f?(?:printf|puts|putchar)\s*\(|\bfmt::print\b"),
     "the library does not print; return a value"),
    (re.compile(r"(?<![\w:.>])(?:std::)?(?:exit|abort|_Exit|quick_exit)\s*\(|\bstd::terminate\b"),
     "the library does not end the program; return a Result, or use TRUCE_CHECK"),
    (re.compile(r"\bstd::getenv\b|(?<![\w:])getenv\s*\("), "settings come in as a struct"),
    (re.compile(r"\bstd::rand\b|\brandom_device\b|(?<![\w:.>])time\s*\(\s*(?:NULL|nullptr|0)\s*\)"),
     "results repeat; take the seed or the time as an argument"),
]
# Folders that speak to a person, and the one function that stops the program.
MAY_PRINT = ("truce/cli/", "truce/base/check.")


def is_code(path):
    return path.suffix in CODE_SUFFIXES or path.as_posix() in SCRIPTS


def apply(rules, path, text):
    return [f"{path}:{number}: `{match.group(0).strip()}`: {hint}"
            for number, line in enumerate(text.split("\n"), 1) for rule, hint in rules
            if (match := rule.search(line))]


def check_file(root, path):
    data = (root / path).read_bytes()
    if len(data) > LARGEST_BYTES:
        return [f"{path}: {len(data)} bytes; more than {LARGEST_BYTES} do not belong into the repository"]
    if path.as_posix().startswith(INPUTS) or b"\0" in data or path.name == "LICENSE":
        return []
    text = data.decode("utf-8", "replace")
    findings = apply(TEXT_RULES, path, text)
    if is_code(path) and text and SPDX not in "".join(text.splitlines(True)[:3]):
        findings.append(f"{path}:1: the line `{SPDX}` is missing")
    if path.suffix in (".cpp", ".h"):
        code = house.without_comments_and_literals(text)
        findings += apply(CODE_RULES, path, code)
        if path.suffix == ".h" and "#pragma once" not in code:
            findings.append(f"{path}:1: `#pragma once` is missing")
        is_test = path.name.endswith("_test.cpp")
        if path.parts[0] == "truce" and not path.as_posix().startswith(MAY_PRINT) and not is_test:
            findings += apply(LIBRARY_RULES, path, code)
    return findings


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else house.ROOT
    files = house.project_files(root)
    findings = [finding for path in files for finding in check_file(root, path)]
    for finding in findings:
        print(finding)
    print(f"check_words: {len(files)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
