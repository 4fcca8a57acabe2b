#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check that every #include follows the graph of folders declared in CMake.

A folder declares its neighbours once, in truce/<folder>/CMakeLists.txt, with truce_library() and truce_program().
The rules, each a finding with its place:
  1. the folders stand in TRUCE_FOLDERS of the root CMakeLists.txt, and each DEPENDS names earlier ones only;
  2. an include of "truce/folder/…" is of the own folder or of one in DEPENDS, not of a neighbour's neighbour;
  3. an entry in DEPENDS that no file includes or names (`folder::…`), or in WRAPS that no file includes, is removed;
  4. a third-party header is included only by a folder that names its package in WRAPS, and never in a public header
     (fmt may: it stands in for the standard library);
  5. "truce/folder/internal/…" is included only inside that folder;
  6. what is included exists, and every .cpp, .h and .def of the folder stands in its CMakeLists.txt;
  7. the engines never include each other.
Tests (*_test.cpp) may include any folder: they link what they need through truce_test().
Usage: check_layers.py [ROOT]. Exit 0 when all hold, 1 with the findings, 2 when the tree could not be read.
"""
import dataclasses
import pathlib
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import house  # noqa: E402

CALL = re.compile(r"\b(truce_(?:library|program|test|fuzz|bench))\s*\(([^)]*)\)")
FOLDERS = re.compile(r"set\(TRUCE_FOLDERS([^)]*)\)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
# A name of another folder's namespace, as `facts::Verdict`.
NAMED = re.compile(r"(?:(?<![\w:])|(?<=truce::))([a-z_]+)::")
KEYWORDS = {"SOURCES", "SOURCE", "HEADERS", "DEPENDS", "WRAPS", "LABEL", "TIMEOUT", "CORPUS"}
ENGINES = {"analysis", "monitor", "talks", "separation", "ledger"}
# How the header of a package begins → its name in WRAPS; None where only tests and benches may include it.
PACKAGES = {
    "fmt/": "fmt", "nlohmann/": "json", "sodium.h": "sodium", "sodium/": "sodium", "GeographicLib/": "geographiclib",
    "s2/": "s2", "absl/": "s2", "CLI/": "cli11", "z3++.h": "z3", "z3.h": "z3", "gmp.h": "gmp", "gmpxx.h": "gmp",
    "sqlite3.h": "sqlite",
    "openssl/": "openssl", "boost/": "boost", "expat.h": "expat", "pango/": "pango",
    "cairo": "pango", "fontconfig/": "pango", "gtest/": None, "gmock/": None, "benchmark/": None,
}
PUBLIC_PACKAGES = {"fmt"}


@dataclasses.dataclass
class Folder:
    """What truce/<name>/CMakeLists.txt declares."""
    name: str
    listing: str
    depends: set = dataclasses.field(default_factory=set)
    wraps: set = dataclasses.field(default_factory=set)
    public: set = dataclasses.field(default_factory=set)
    listed: set = dataclasses.field(default_factory=set)
    used_depends: set = dataclasses.field(default_factory=set)
    used_wraps: set = dataclasses.field(default_factory=set)


def without_comments(text):
    return re.sub(r"#[^\n]*", "", text)


def parse_lists(body):
    """The words of a call by the keyword before them; those before any keyword under "NAME"."""
    lists, keyword = {}, "NAME"
    for word in body.split():
        word = word.strip('"')
        if word in KEYWORDS:
            keyword = word
        else:
            lists.setdefault(keyword, []).append(word)
    return lists


def read_folder(path):
    folder = Folder(path.name, f"truce/{path.name}/CMakeLists.txt")
    is_declared = False
    for call, body in CALL.findall(without_comments((path / "CMakeLists.txt").read_text(encoding="utf-8"))):
        lists = parse_lists(body)
        folder.listed.update(lists.get("SOURCES", []), lists.get("HEADERS", []))
        if call == "truce_library":
            is_declared |= lists.get("NAME") == [path.name]
            folder.public.update(lists.get("HEADERS", []))
        if call in ("truce_library", "truce_program"):
            folder.depends.update(lists.get("DEPENDS", []))
            folder.wraps.update(lists.get("WRAPS", []))
        is_declared |= call == "truce_program"
    folder.depends.discard(path.name)
    return folder, is_declared


def read_tree(root):
    """The folders by name, in the order of the graph, and what is wrong with the declarations."""
    match = FOLDERS.search(without_comments((root / "CMakeLists.txt").read_text(encoding="utf-8")))
    order = match.group(1).split() if match else []
    folders, findings = {}, []
    for name in order:
        if (root / "truce" / name / "CMakeLists.txt").exists():
            folders[name], is_declared = read_folder(root / "truce" / name)
            if not is_declared:
                findings.append(f"{folders[name].listing}: declares neither truce_library({name} …) nor a program")
    for path in sorted((root / "truce").iterdir()):
        if path.is_dir() and path.name not in order:
            findings.append(f"truce/{path.name}: is not in TRUCE_FOLDERS; give it its place in the graph")
        elif not path.is_dir():
            findings.append(f"truce/{path.name}: is a loose file; it belongs into a folder")
    for name, folder in folders.items():
        for target in sorted(folder.depends):
            if target not in order:
                findings.append(f"{folder.listing}: DEPENDS names `{target}`, which is no folder")
            elif order.index(target) >= order.index(name):
                findings.append(f"{folder.listing}: DEPENDS names `{target}`, which stands after {name} in the graph")
            if name in ENGINES and target in ENGINES:
                findings.append(f"{folder.listing}: {name} and {target} are engines; what they share moves down")
    return folders, findings


def package_of(target):
    """The name in WRAPS of the package a header is from; empty for the standard library."""
    return next((package for prefix, package in PACKAGES.items() if target.startswith(prefix)), "")


def check_include(root, folder, relative, where, target, quote):
    """The findings about one include; notes in `folder` what it used."""
    is_test = relative.endswith("_test.cpp")
    parts = target.split("/")
    findings = []
    if parts[0] == "truce" and len(parts) > 2:
        neighbour = parts[1]
        if not (root / target).exists():
            findings.append(f"{where}: {target} does not exist")
        if "internal" in parts and neighbour != folder.name:
            findings.append(f"{where}: {target} is internal to {neighbour}")
        if neighbour != folder.name and not is_test:
            folder.used_depends.add(neighbour)
            if neighbour not in folder.depends:
                findings.append(f"{where}: includes {target}, and {neighbour} is not in the DEPENDS of {folder.name}")
        return findings
    package = package_of(target)
    if quote == '"' and not (is_test and parts[0] == "tests"):
        findings.append(f'{where}: write "truce/{folder.name}/…" or <…> instead of "{target}"')
    if package and not is_test:
        folder.used_wraps.add(package)
        if package not in folder.wraps:
            findings.append(f"{where}: includes {target}, and `{package}` is not in the WRAPS of {folder.name}")
        if relative in folder.public and package not in PUBLIC_PACKAGES:
            findings.append(f"{where}: {target} in a public header; keep it in a .cpp or in internal/")
    if package is None and not is_test:
        findings.append(f"{where}: {target} is for tests and benches")
    return findings


def check_folder(root, folder):
    findings, base = [], root / "truce" / folder.name
    files = [path for path in sorted(base.rglob("*")) if path.suffix in {".h", ".cpp", ".def"}]
    for path in files:
        relative = path.relative_to(base).as_posix()
        if relative not in folder.listed:
            findings.append(f"truce/{folder.name}/{relative}: is not listed in {folder.listing}")
        text = path.read_text(encoding="utf-8")
        if not relative.endswith("_test.cpp"):
            folder.used_depends.update(NAMED.findall(house.without_comments_and_literals(text)))
        for number, line in enumerate(text.splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                where = f"truce/{folder.name}/{relative}:{number}"
                findings += check_include(root, folder, relative, where, match.group(2), match.group(1))
    for target in sorted(folder.depends - folder.used_depends):
        findings.append(f"{folder.listing}: DEPENDS names `{target}`, and no file includes or names it")
    for package in sorted(folder.wraps - folder.used_wraps):
        findings.append(f"{folder.listing}: WRAPS names `{package}`, and no file includes it")
    return findings


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[1])
    try:
        folders, findings = read_tree(root)
        for folder in folders.values():
            findings += check_folder(root, folder)
    except (OSError, UnicodeDecodeError) as error:
        print(f"check_layers: {error}", file=sys.stderr)
        return 2
    if not folders:
        print(f"check_layers: no folder is declared under {root}", file=sys.stderr)
        return 2
    for finding in findings:
        print(finding)
    edges = sum(len(folder.depends) for folder in folders.values())
    print(f"check_layers: {len(folders)} folders, {edges} dependencies, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
