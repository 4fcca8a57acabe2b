# SPDX-License-Identifier: Apache-2.0
"""Tests of the house scripts in tools/, each on a toy tree with one fault."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_docs  # noqa: E402
import check_sizes  # noqa: E402
import house  # noqa: E402
import tidy_units  # noqa: E402
import units  # noqa: E402

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
TREE = {
    "CMakeLists.txt": "set(TRUCE_FOLDERS\n  base  # words\n  geometry monitor\n  cli)\n",
    "truce/base/CMakeLists.txt": "truce_library(base\n  HEADERS\n    base.h)\n",
    "truce/base/base.h": SPDX + "#pragma once\n#include <string>\n",
    "truce/base/README.md": "# base\n",
    "truce/monitor/CMakeLists.txt":
        "truce_library(monitor\n  SOURCES\n    monitor.cpp  # the engine\n  HEADERS\n    monitor.h\n"
        "  DEPENDS\n    base\n  WRAPS\n    json)\ntruce_test(monitor SOURCES monitor_test.cpp DEPENDS monitor)\n",
    "truce/monitor/monitor.h": SPDX + '#pragma once\n#include "truce/base/base.h"\n',
    "truce/monitor/monitor.cpp": SPDX + '#include "truce/monitor/monitor.h"\n#include <nlohmann/json.hpp>\n',
    "truce/monitor/monitor_test.cpp": SPDX + "#include <gtest/gtest.h>\n",
    "truce/monitor/README.md": "# monitor\n",
    "docs/architecture.md": "# Architecture\n\n| level | folder | may include |\n|---|---|---|\n"
                            "| 0 | `base` | nothing |\n| 5 | `monitor` | base |\n",
}


class ToyTree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name, text in TREE.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def append(self, name, text):
        self.write(name, (self.root / name).read_text(encoding="utf-8") + text)

    def tool(self, name, *arguments):
        return subprocess.run([sys.executable, ROOT / "tools" / name, *arguments, self.root], capture_output=True,
                              text=True, check=False)

    def assert_clean(self, tool):
        result = self.tool(tool)
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout)

    def assert_finds(self, tool, *words):
        result = self.tool(tool)
        self.assertEqual(result.returncode, 1, result.stdout)
        for word in words:
            self.assertIn(word, result.stdout)


class Layers(ToyTree):
    def test_clean_tree(self):
        self.assert_clean("check_layers.py")

    def test_undeclared_neighbour(self):
        self.write("truce/geometry/CMakeLists.txt", "truce_library(geometry HEADERS point.h)\n")
        self.write("truce/geometry/point.h", SPDX + "#pragma once\n")
        self.append("truce/monitor/monitor.cpp", '#include "truce/geometry/point.h"\n')
        self.assert_finds("check_layers.py", "truce/monitor/monitor.cpp:4: includes truce/geometry/point.h")

    def test_tests_may_include_any_folder(self):
        self.write("truce/geometry/CMakeLists.txt", "truce_library(geometry HEADERS point.h)\n")
        self.write("truce/geometry/point.h", SPDX + "#pragma once\n")
        self.append("truce/monitor/monitor_test.cpp", '#include "truce/geometry/point.h"\n')
        self.assert_clean("check_layers.py")

    def test_dependency_against_the_order(self):
        self.write("truce/base/CMakeLists.txt", "truce_library(base HEADERS base.h DEPENDS monitor)\n")
        self.assert_finds("check_layers.py", "`monitor`, which stands after base")

    def test_package_without_wraps_and_in_a_public_header(self):
        self.append("truce/base/base.h", "#include <sodium.h>\n")
        self.assert_finds("check_layers.py", "`sodium` is not in the WRAPS of base", "in a public header")

    def test_what_nothing_uses(self):
        self.write("truce/monitor/monitor.cpp", SPDX)
        self.write("truce/monitor/monitor.h", SPDX)
        self.assert_finds("check_layers.py", "DEPENDS names `base`, and no file includes or names", "WRAPS names `json`, and no file")

    def test_internal_header_of_a_neighbour(self):
        self.write("truce/base/CMakeLists.txt", "truce_library(base SOURCES internal/a.h HEADERS base.h)\n")
        self.write("truce/base/internal/a.h", SPDX)
        self.append("truce/monitor/monitor.cpp", '#include "truce/base/internal/a.h"\n')
        self.assert_finds("check_layers.py", "is internal to base")

    def test_file_and_folder_nobody_listed(self):
        self.write("truce/base/forgotten.cpp", SPDX)
        self.write("truce/util/README.md", "")
        self.assert_finds("check_layers.py", "truce/base/forgotten.cpp: is not listed", "truce/util: is not in")

    def test_include_that_does_not_exist(self):
        self.append("truce/monitor/monitor.cpp", '#include "truce/base/gone.h"\n#include "monitor.h"\n')
        self.assert_finds("check_layers.py", "truce/base/gone.h does not exist", 'instead of "monitor.h"')


class Sizes(ToyTree):
    LONG = "void run(int count) {\n" + "  ++count;\n" * 120 + "}\n"

    def test_clean_tree(self):
        self.assert_clean("check_sizes.py")

    def test_long_function_and_its_waiver(self):
        self.write("truce/base/base.cpp", "namespace truce::base {\nclass A {\n" + self.LONG + "};\n}\n")
        self.assert_finds("check_sizes.py", "truce/base/base.cpp:3: function of 122 lines")
        self.write("truce/base/base.cpp", "// Waiver(size): a table reads best in one piece\n" + self.LONG)
        self.assertIn("1 waivers", self.tool("check_sizes.py").stdout)
        self.assert_clean("check_sizes.py")

    def test_waiver_needs_a_reason(self):
        self.write("truce/base/base.cpp", "// Waiver(size):\n" + self.LONG)
        self.assert_finds("check_sizes.py", "function of")

    def test_large_folder_and_its_waiver(self):
        for number in range(61):
            self.write(f"truce/base/part_{number}.h", "#pragma once\n")
        self.assert_finds("check_sizes.py", "truce/base: folder of")
        self.append("truce/base/CMakeLists.txt", "")
        listed = (self.root / "truce/base/CMakeLists.txt").read_text()
        self.write("truce/base/CMakeLists.txt", "# Waiver(size): one pair for each command\n" + listed)
        self.assertIn("1 waivers", self.tool("check_sizes.py").stdout)

    def test_long_header(self):
        self.write("truce/base/base.h", "#pragma once\n" * 401)
        self.assert_finds("check_sizes.py", "truce/base/base.h: header of 401 lines")

    def test_finds_each_function_once(self):
        text = ('namespace a {\nenum class B { C };\nstruct D : E {\n  D() : x_{1} {\n  }\n  int f() const { return 1; }\n'
                '};\nconst char* g = "{";\nauto h = R"x({ ")x";\nvoid i(int n = 1\'000) {\n  auto j = [] { return 1; };\n'
                '}\nextern "C" int k() {\n}\nTEST(L, M) {\n}\n}\n')
        self.assertEqual([begin for begin, _ in check_sizes.find_functions(text)], [4, 6, 10, 13, 15])


class Words(ToyTree):
    def test_clean_tree(self):
        self.assert_clean("check_words.py")

    def test_texts(self):
        # Put together here, so that this file is clean itself.
        self.write("docs/a.md", "see " + "/ho" + "me/somebody/x\nTO" + "DO: more\nTO" + "DO(7): draw the map\n")
        result = self.tool("check_words.py")
        self.assertIn("docs/a.md:1:", result.stdout)
        self.assertIn("docs/a.md:2:", result.stdout)
        self.assertNotIn("docs/a.md:3:", result.stdout)

    def test_library_does_not_print_or_exit(self):
        self.append("truce/monitor/monitor.cpp", 'void f() {\n  std::printf("x");\n  std::exit(1);\n  // abort() here\n}\n')
        result = self.tool("check_words.py")
        self.assertIn("monitor.cpp:5: `std::printf(`", result.stdout)
        self.assertIn("monitor.cpp:6: `std::exit(`", result.stdout)
        self.assertIn("2 findings", result.stdout)

    def test_program_may_print(self):
        self.write("truce/cli/main.cpp", SPDX + 'int main() {\n  std::printf("x");\n}\n')
        self.assert_clean("check_words.py")

    def test_missing_licence_line(self):
        self.write("truce/base/base.h", "#pragma once\n")
        self.assert_finds("check_words.py", "truce/base/base.h:1: the line")


class Docs(ToyTree):
    def test_clean_tree(self):
        self.assert_clean("check_docs.py")

    def test_dead_link_and_heading(self):
        self.append("docs/architecture.md", "\n[a](gone.md) [b](#architecture) [c](#gone) `truce/base/gone.h`\n")
        self.assert_finds("check_docs.py", "gone.md leads nowhere", "no heading `#gone`", "names `truce/base/gone.h`",
                          "3 findings")

    def test_table_that_lags_behind(self):
        self.write("docs/architecture.md", "| folder | may include |\n|---|---|\n| `base` | nothing |\n| `old` | base |\n")
        self.assert_finds("check_docs.py", "lists old", "does not list monitor")

    def test_table_with_another_dependency(self):
        self.write("docs/architecture.md", TREE["docs/architecture.md"].replace("| nothing |", "| monitor |"))
        self.assert_finds("check_docs.py", "base is declared in CMake with: nothing")

    def test_folder_without_a_page(self):
        (self.root / "truce/base/README.md").unlink()
        self.assert_finds("check_docs.py", "truce/base: has no README.md")

    def test_blocks_run_in_one_scratch_folder(self):
        self.append("docs/architecture.md", "\n```sh run\necho one two >kept; ls truce\n```\n\n```sh run\ncat kept\n```\n\n"
                                            "```text output\none …\n```\n\n```sh run=1\nfalse\n```\n")
        result = self.tool("check_docs.py", "--run", self.root / "build")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("3 blocks run", result.stdout)
        self.assertFalse((self.root / "kept").exists())

    def test_block_that_fails_or_says_something_else(self):
        self.append("docs/architecture.md", "\n```sh run\necho one\n```\n```text output\ntwo\n```\n```sh run\nexit 3\n```\n")
        result = self.tool("check_docs.py", "--run", self.root / "build")
        self.assertIn("the output lacks: two", result.stdout)
        self.assertIn("ends with 3, not 0", result.stdout)

    # Plays truce: a text with `wrong` has an error, `loose` is laid out otherwise, `fails` is a scenario that fails.
    FAKE = """#!/usr/bin/env python3
import sys
text = "".join(open(n).read() for n in ("page.truce", "page.companion.truce") if __import__("os").path.exists(n))
if sys.argv[1] == "check":
    print("page.truce:1:1: error[T0001]: wrong" if "wrong" in text else "fine")
    sys.exit("wrong" in text)
if sys.argv[1] == "render":
    print("1.1  It is so.")
sys.exit({"fmt": "loose" in text, "test": "fails" in text}.get(sys.argv[1], False))
"""

    def run_truce_blocks(self, text):
        self.write("build/truce", self.FAKE)
        (self.root / "build/truce").chmod(0o755)
        self.append("docs/architecture.md", "\n" + text)
        return self.tool("check_docs.py", "--run", self.root / "build")

    def test_agreements_on_a_page_are_run(self):
        result = self.run_truce_blocks('```truce preamble\ntruce "T".\n```\n\n```truce\n1.1 fine.\n```\n\n'
                                       "```truce companion\nscenario\n```\n\n```text rendered\n1.1  It …\n```\n\n"
                                       "```truce T0001\n1.1 wrong.\n```\n")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("3 blocks run", result.stdout)

    def test_agreements_on_a_page_that_are_not_as_said(self):
        result = self.run_truce_blocks('```truce\ntruce "T". wrong\n```\n\n```truce\ntruce "T". loose\n```\n\n'
                                       "```truce companion\nfails\n```\n\n```text rendered\n1.2\n```\n\n"
                                       '```truce T0002\ntruce "T". wrong\n```\n')
        for words in ("truce check ends with 1", "truce fmt --check ends with 1", "truce test ends with 1",
                      "truce render does not write: 1.2", "does not give T0002", "5 findings"):
            self.assertIn(words, result.stdout)

    def test_production_without_an_entry(self):
        self.write("docs/language/grammar.md", "# G\n\n```ebnf\nclause = NUMBER ;\nact-line         = WORD ;\n```\n")
        self.write("docs/language/reference.md", "# R\n\nGrammar: `clause`, `claus`.\n")
        self.assert_finds("check_docs.py", "no entry for `act-line`", "`claus` is no production", "2 findings")

    def test_anchor(self):
        self.assertEqual(check_docs.anchor_of(" What `check` says, and why"), "what-check-says-and-why")


class Units(ToyTree):
    def unit_names(self, most=12, **texts):
        for name, text in texts.items():
            self.write(f"truce/base/{name}.cpp", text)
        found = units.into_units([self.root / f"truce/base/{name}.cpp" for name in texts], most)
        return [[path.stem for path in unit] for unit in found]

    def nameless(self, text):
        return f"namespace {{\n{text}\n}}  // namespace\n"

    def test_neighbours_share_a_unit_unless_one_uses_what_another_keeps(self):
        for kept, used in (("int later(int a) {\n  return a;\n}", "int x = later(1);"),
                           ("constexpr int kLimit = 3;", "int x = kLimit;"),
                           ("struct Box {\n};", "Box x;"),
                           ("using Boxes = std::vector<int>;", "Boxes x;"),
                           ("template <class T>\nT later(T a);", "int x = later<int>(1);")):
            with self.subTest(kept):
                self.assertEqual(self.unit_names(a=self.nameless(kept), b=used), [["a"], ["b"]])
                self.assertEqual(self.unit_names(a=used, b=self.nameless(kept)), [["a"], ["b"]])
                self.assertEqual(self.unit_names(a=self.nameless(kept), b=self.nameless(kept)), [["a"], ["b"]])
                # The same word said of an object, in another namespace, in a comment or a text is another word.
                self.assertEqual(self.unit_names(a=self.nameless(kept), b="x.later(1); y::kLimit; // Box\n\"Boxes\";"),
                                 [["a", "b"]])
                self.assertEqual(self.unit_names(a=kept, b=used), [["a", "b"]])
        self.assertEqual(self.unit_names(a="#define TRUCE_ROW(x) x\n", b="#define TRUCE_ROW(x) 2\n"), [["a"], ["b"]])

    def test_tests_and_sources_share_no_unit(self):
        self.assertEqual(self.unit_names(a="", a_test="", b="", b_test=""), [["a", "b"], ["a_test", "b_test"]])

    def test_a_unit_has_an_end(self):
        self.assertEqual(self.unit_names(2, a="", b="", c=""), [["a", "b"], ["c"]])

    def test_what_is_told_to_the_build(self):
        self.write("truce/base/a.cpp", "")
        self.write("truce/base/b.cpp", "")
        self.write("truce/geometry/c.cpp", "")
        result = subprocess.run([sys.executable, ROOT / "tools/units.py", "12", "truce/base", "truce/geometry"],
                                cwd=self.root, capture_output=True, text=True, check=True)
        lines = [line.split("\t") for line in result.stdout.splitlines()]
        self.assertEqual([line[0] for line in lines if line[0].endswith(("/a.cpp", "/b.cpp"))],
                         ["truce/base/a.cpp", "truce/base/b.cpp"])
        self.assertNotIn("truce/geometry/c.cpp", [line[0] for line in lines])


class TidyUnits(ToyTree):
    def test_what_nothing_uses(self):
        self.write("a.cpp", "using base::Used;\nusing base::Unused;\nUsed x;  // Unused\n")
        findings = list(tidy_units.unused_names(self.root / "a.cpp"))
        self.assertEqual(len(findings), 1)
        self.assertIn("a.cpp:2: error: using decl 'Unused'", findings[0])


class Blanking(unittest.TestCase):
    def test_keeps_lines_and_hides_text(self):
        text = 'a /* b\n c */ "d\\"e" R"x(f\n)x" 1\'000 \'g\' // h\ni'
        self.assertEqual(house.without_comments_and_literals(text).split("\n")[-1], "i")
        self.assertEqual(text.count("\n"), house.without_comments_and_literals(text).count("\n"))
        for letter in "bcdefgh":
            self.assertNotIn(letter, house.without_comments_and_literals(text))


if __name__ == "__main__":
    unittest.main()
