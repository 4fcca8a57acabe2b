#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every kind of diagnostic in the catalogue stands in a golden case, or in tests/golden/exempt.txt with a reason.

The same for every finding of truce/analysis/codes.def, which in addition has its page in docs/findings.
exempt.txt holds lines `CODE reason`; `#` starts a comment. An exemption for a code that a case shows must go.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KIND = re.compile(r"^\s*TRUCE_DIAGNOSTIC\(\s*\"?([A-Z]\d{4})\b", re.M)
FINDING = re.compile(r"^TRUCE_FINDING\((\w+),", re.M)
# As `truce analyse` prints it: `-- > 1. TR-D01 circle of waits: …`.
FOUND = re.compile(r"^-- > \d+\. (TR-[A-Z]\d\d) ", re.M)
SEEN = re.compile(r"^-- EXPECT@[^:]+(?::\d+)?: (?:error|warning) ([A-Z]\d{4}) ", re.M)


def read_exemptions(path):
    """Codes with their reasons, and what is wrong with the list."""
    exempt, problems = {}, []
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        words = line.split("#", 1)[0].split(None, 1)
        if words and len(words) < 2:
            problems.append(f"{path.name}:{number}: {words[0]} has no reason")
        if words:
            exempt[words[0]] = words[-1]
    return exempt, problems


def compare(kinds, seen, exempt):
    problems = []
    for code in sorted(kinds - seen - exempt.keys()):
        problems.append(f"{code}: no golden case shows it; add one to tests/golden")
    for code in sorted(exempt.keys() & seen):
        problems.append(f"{code}: a golden case shows it; remove it from exempt.txt")
    for code in sorted(exempt.keys() - kinds):
        problems.append(f"{code}: is exempt and not in the catalogue")
    for code in sorted(seen - kinds):
        problems.append(f"{code}: a golden case expects it and the catalogue does not have it")
    return problems


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    catalogue = root / "truce/diagnostics/kinds.def"
    codes = KIND.findall(catalogue.read_text(encoding="utf-8"))
    if not codes:
        print(f"catalogue_coverage: no kind found in {catalogue}", file=sys.stderr)
        return 2
    found = FINDING.findall((root / "truce/analysis/codes.def").read_text(encoding="utf-8"))
    if not found:
        print("catalogue_coverage: no finding found in truce/analysis/codes.def", file=sys.stderr)
        return 2
    codes += [f"TR-{code}" for code in found]
    seen = set()
    for path in (root / "tests/golden").rglob("*.truce"):
        text = path.read_bytes().decode("latin-1")
        seen.update(SEEN.findall(text), FOUND.findall(text))
    exempt, problems = read_exemptions(root / "tests/golden/exempt.txt")
    problems += [f"{code}: stands twice in the catalogue" for code in sorted({c for c in codes if codes.count(c) > 1})]
    problems += [f"TR-{code}: has no page docs/findings/TR-{code}.md"
                 for code in found if not (root / f"docs/findings/TR-{code}.md").exists()]
    problems += compare(set(codes), seen, exempt)
    for problem in problems:
        print(problem)
    print(f"{len(set(codes))} kinds, {len(seen & set(codes))} in golden cases, {len(exempt)} exempt")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
