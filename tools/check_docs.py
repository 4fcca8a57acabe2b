#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check that the pages are still true.

  1. Every link to a file or a heading resolves, and every file named in backticks exists.
  2. The table of folders in docs/architecture.md (columns `folder` and `may include`) equals the CMake declarations.
  3. Every folder of truce/ has a README.md of at most 25 lines.
  4. With --run BUILD, every block marked ```sh run``` ends with 0, and ```sh run=1``` with 1, when `truce` is
     BUILD/truce. The blocks of one page share a scratch folder in which the project's files are visible. A block
     ```text output``` after it holds lines that must come out in this order; `…` stands for anything, in a line or
     as a line.
  5. With --run BUILD, every block marked ```truce``` is an agreement, or part of one behind the page's block
     ```truce preamble```: it checks without an error and is laid out as `truce fmt` would. ```truce T0405``` must give
     that code. A block ```truce companion``` after it holds scenarios that must pass; ```text rendered``` holds lines
     that `truce render` must write.
  6. Every production of the grammar page has an entry on the page of reference: a line `Grammar:` that names it.
Usage: check_docs.py [--run BUILD] [ROOT]. Exit 0 when all hold, 1 with the findings.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_layers  # noqa: E402
import house  # noqa: E402

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
NAMED_FILE = re.compile(r"`((?:truce|tools|tests|docs|examples|cmake|fuzz|bench|vocabulary)/[\w./-]+\.\w+)`")
FENCE = re.compile(r"^( *)(`{3,}|~{3,})(.*)$")
README_LINES = 25
GRAMMAR, REFERENCE = "docs/language/grammar.md", "docs/language/reference.md"
PRODUCTION = re.compile(r"(?m)^([a-z][a-z-]*) +=")
BLOCK_LIMIT_S = 300


def read_page(path):
    """The prose of a page, with lines of fenced blocks left empty, and its blocks as (line, info, text)."""
    prose, blocks, fence = [], [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = FENCE.match(line)
        if fence is None and match:
            fence = (match.group(2), number, match.group(3).strip(), [])
            prose.append("")
        elif fence is None:
            prose.append(line)
        elif match and match.group(2).startswith(fence[0]) and not match.group(3).strip():
            blocks.append((fence[1], fence[2], "\n".join(fence[3])))
            fence = None
            prose.append("")
        else:
            fence[3].append(line)
            prose.append("")
    return prose, blocks


def anchor_of(heading):
    """The name a page's heading has in a link: lower case, spaces as hyphens, other signs left out."""
    words = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).strip().lower())
    return words.replace(" ", "-")


def anchors_in(path):
    prose, _ = read_page(path)
    return {anchor_of(line.lstrip("#")) for line in prose if line.startswith("#")}


def check_links(root, page, prose):
    findings = []
    for number, line in enumerate(prose, 1):
        where = f"{page}:{number}"
        for target in LINK.findall(line):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            place = (root / page).parent / name if name else root / page
            if not place.exists():
                findings.append(f"{where}: the link to {target} leads nowhere")
            elif anchor and place.suffix == ".md" and anchor not in anchors_in(place):
                findings.append(f"{where}: {name or page} has no heading `#{anchor}`")
        for name in NAMED_FILE.findall(line):
            if not (root / name).exists() and not ((root / page).parent / name).exists():
                findings.append(f"{where}: names `{name}`, which does not exist")
    return findings


def cells_of(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def read_folder_table(prose):
    """Folder → the folders it may include, from the table of the architecture page; None where there is none."""
    header = None
    table = {}
    for line in prose:
        if not line.lstrip().startswith("|"):
            if table:
                break
            header = None
            continue
        cells = cells_of(line)
        if header is None:
            header = cells if {"folder", "may include"} <= set(cells) else None
        elif not set("".join(cells)) <= set("-: ") and len(cells) == len(header):
            row = dict(zip(header, cells))
            words = set(re.findall(r"[a-z_]+", row["may include"]))
            table[row["folder"].strip("`/")] = words - {"nothing"}
    return table or None


def check_folders(root):
    folders, _ = check_layers.read_tree(root)
    page = "docs/architecture.md"
    findings = []
    for name in folders:
        readme = root / "truce" / name / "README.md"
        if not readme.exists():
            findings.append(f"truce/{name}: has no README.md")
        elif len(readme.read_text(encoding="utf-8").splitlines()) > README_LINES:
            findings.append(f"truce/{name}/README.md: is longer than {README_LINES} lines")
    if not (root / page).exists():
        return findings + [f"{page}: does not exist"]
    table = read_folder_table(read_page(root / page)[0])
    if table is None:
        return findings + [f"{page}: has no table with the columns `folder` and `may include`"]
    for name in sorted(table.keys() | folders.keys()):
        if name not in folders:
            findings.append(f"{page}: lists {name}, which is no folder of truce/")
        elif name not in table:
            findings.append(f"{page}: does not list {name}")
        elif table[name] != folders[name].depends:
            declared = ", ".join(sorted(folders[name].depends)) or "nothing"
            findings.append(f"{page}: {name} is declared in CMake with: {declared}")
    return findings


def missing_line(wanted, output):
    """The first line of `wanted` that does not follow in `output`; None when all do."""
    lines = iter(output.splitlines())
    for line in wanted.splitlines():
        if line.strip() == "…":
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))
        if not any(pattern.fullmatch(found.rstrip()) for found in lines):
            return line
    return None


def make_scratch(root, page, build):
    """A fresh folder that shows the project's files and can be written to."""
    scratch = build / "docs" / str(page).replace("/", "_")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for entry in root.iterdir():
        if entry.name not in {".git", "out"}:
            (scratch / entry.name).symlink_to(entry)
    return scratch


def run_blocks(root, page, blocks, build):
    findings, scratch, count, output = [], None, 0, None
    environment = {**os.environ, "PATH": f"{build}{os.pathsep}{os.environ['PATH']}"}
    for number, info, text in blocks:
        match = re.fullmatch(r"sh run(?:=(\d+))?", info)
        if match:
            scratch = scratch or make_scratch(root, page, build)
            wanted = int(match.group(1) or 0)
            count += 1
            try:
                result = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=scratch, env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        timeout=BLOCK_LIMIT_S, check=False)
            except subprocess.TimeoutExpired:
                findings.append(f"{page}:{number}: the block still runs after {BLOCK_LIMIT_S} s")
                output = None
                continue
            output = result.stdout.decode("utf-8", "replace")
            if result.returncode != wanted:
                end = "\n    ".join(output.splitlines()[-8:])
                findings.append(f"{page}:{number}: the block ends with {result.returncode}, not {wanted}:\n    {end}")
        elif info == "text output":
            missing = "the block that should give it" if output is None else missing_line(text, output)
            if missing is not None:
                findings.append(f"{page}:{number}: the output lacks: {missing}")
        else:
            output = None
    return findings, count


def check_reference(root):
    """Each production of the grammar is named on a line `Grammar:` of the reference, and no other word is."""
    if not (root / GRAMMAR).exists() or not (root / REFERENCE).exists():
        return []
    _, blocks = read_page(root / GRAMMAR)
    productions = {name for _, info, text in blocks if info == "ebnf" for name in PRODUCTION.findall(text)}
    prose, _ = read_page(root / REFERENCE)
    entries = {name for line in prose if line.startswith("Grammar:") for name in re.findall(r"`([^`]+)`", line)}
    findings = [f"{REFERENCE}: has no entry for `{name}` of the grammar" for name in sorted(productions - entries)]
    return findings + [f"{REFERENCE}: `{name}` is no production of the grammar" for name in sorted(entries - productions)]


class TruceBlocks:
    """The agreements on one page, each run as a reader would."""

    def __init__(self, page, build):
        self.page, self.program = page, build / "truce"
        self.folder = build / "docs" / (str(page).replace("/", "_") + ".truce")
        self.preamble, self.findings, self.count, self.rendered = "", [], 0, None

    def run(self, *words):
        done = subprocess.run([self.program, *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=BLOCK_LIMIT_S, check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def expect(self, number, what, result, status=0):
        if result[0] != status:
            end = "\n    ".join(result[1].splitlines()[-8:])
            self.findings.append(f"{self.page}:{number}: {what} ends with {result[0]}, not {status}:\n    {end}")

    def agreement(self, number, text, code):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        whole = text if text.startswith("truce ") or not self.preamble else f"{self.preamble}\n\n{text}"
        (self.folder / "page.truce").write_text(whole + "\n", encoding="utf-8")
        self.count += 1
        self.rendered = None
        if code:
            _, output = self.run("check", "page.truce", "--format", "lines")
            if f"[{code}]" not in output:
                self.findings.append(f"{self.page}:{number}: the block does not give {code} but:\n    {output.strip()}")
            return
        self.expect(number, "truce check", self.run("check", "page.truce"))
        self.expect(number, "truce fmt --check", self.run("fmt", "--check", "page.truce"))

    def companion(self, number, text):
        title = re.search(r'truce ("(?:[^"]|"")*")', (self.folder / "page.truce").read_text(encoding="utf-8")).group(1)
        (self.folder / "page.companion.truce").write_text(f"companion of {title};\n\n{text}\n", encoding="utf-8")
        self.expect(number, "truce test", self.run("test", "page.truce"))

    def lines(self, number, text):
        if self.rendered is None:
            self.rendered = self.run("render", "page.truce")
            self.expect(number, "truce render", self.rendered)
        missing = missing_line(text, self.rendered[1])
        if missing is not None:
            self.findings.append(f"{self.page}:{number}: truce render does not write: {missing}")

    def take(self, number, info, text):
        words = info.split()
        if info == "truce preamble":
            self.agreement(number, text, "")
            self.preamble = text
        elif info == "truce companion":
            self.companion(number, text)
        elif info == "text rendered":
            self.lines(number, text)
        elif words[:1] == ["truce"]:
            self.agreement(number, text, words[1] if len(words) > 1 else "")


def check_truce_blocks(page, blocks, build):
    checker = TruceBlocks(page, build)
    for number, info, text in blocks:
        checker.take(number, info, text)
    return checker.findings, checker.count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=pathlib.Path, metavar="BUILD", help="run the blocks marked `run`")
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=house.ROOT)
    options = parser.parse_args()
    root = options.root.resolve()
    pages = [path for path in house.project_files(root) if path.suffix == ".md"]
    findings, count = check_folders(root) + check_reference(root), 0
    for page in pages:
        prose, blocks = read_page(root / page)
        findings += check_links(root, page, prose)
        if options.run:
            found, run = run_blocks(root, page, blocks, options.run.resolve())
            texts, checked = check_truce_blocks(page, blocks, options.run.resolve())
            findings += found + texts
            count += run + checked
    for finding in findings:
        print(finding)
    ran = f", {count} blocks run" if options.run else ""
    print(f"check_docs: {len(pages)} pages{ran}, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
