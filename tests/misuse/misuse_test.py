#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""misuse_test.py COMPILER FILE: FILE compiles, and with TRUCE_MISUSE fails with the words after `// EXPECT: `."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def compile_file(compiler, path, *options):
    return subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}",
                           *options, path], capture_output=True, text=True, check=False)


def main():
    compiler, path = sys.argv[1], pathlib.Path(sys.argv[2])
    expected = re.findall(r"^// EXPECT: (.+)$", path.read_text(encoding="utf-8"), re.M)
    right, wrong = compile_file(compiler, path), compile_file(compiler, path, "-DTRUCE_MISUSE")
    problems = [] if expected else ["has no line `// EXPECT: …`"]
    if right.returncode != 0:
        problems.append("does not compile without the misuse:\n" + right.stderr)
    if wrong.returncode == 0:
        problems.append("compiles with the misuse")
    problems += [f"fails for another reason than `{words}`:\n{wrong.stderr}" for words in expected
                 if wrong.returncode != 0 and not re.search(words, wrong.stderr)]
    for problem in problems:
        print(f"{path}: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
