# SPDX-License-Identifier: Apache-2.0
"""Tests of the golden runner, on a small program that plays `truce`."""
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import catalogue_coverage  # noqa: E402
import golden_case  # noqa: E402

# Complains of every line with the word `wrong`; `shout` prints the file in capitals.
PROGRAM = """#!/usr/bin/env python3
import json, sys
command, path = sys.argv[1], sys.argv[2]
lines = open(path).read().split("\\n")
if command == "shout":
    print("\\n".join(lines).upper(), end="")
    sys.exit(0)
found = [{"code": "T0001", "level": "error", "file": path, "line": number, "column": line.index("wrong") + 1,
          "end_line": number, "end_column": line.index("wrong") + 6, "message": "`wrong` is wrong",
          "labels": [{"file": path, "line": 1, "column": 1, "end_line": 1, "end_column": 3, "text": "starts here"}],
          "fix": None}
         for number, line in enumerate(lines, 1) if "wrong" in line]
print(json.dumps({"schema": "truce.diagnostics/1", "diagnostics": found}))
sys.exit(1 if found else 0)
"""


class GoldenRunner(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.program = self.root / "program"
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)

    def write(self, name, text):
        path = self.root / "cases" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    def runner(self, *arguments):
        return subprocess.run([sys.executable, HERE / "truce-golden", "--program", self.program, *arguments,
                               self.root / "cases"], capture_output=True, text=True, check=False)

    def test_update_writes_what_then_passes(self):
        path = self.write("fail_word.truce", "-- RUN: check\nfirst\nall wrong\nlast\n")
        self.assertEqual(self.runner().returncode, 1)
        self.assertEqual(self.runner("--update").returncode, 0)
        self.assertEqual(path.read_text(), "-- RUN: check\nfirst\n-- EXPECT@+2: error T0001 5-10: `wrong` is wrong\n"
                                           "--    LABEL@-2: 1-3: starts here\nall wrong\nlast\n")
        again = self.runner()
        self.assertEqual((again.returncode, again.stdout), (0, "1 passed, 0 failed\n"))

    def test_lines_above_change_nothing(self):
        path = self.write("fail_word.truce", "-- RUN: check\nall wrong\n")
        self.runner("--update")
        path.write_text(path.read_text().replace("-- RUN: check\n", "-- RUN: check\n-- a comment\n\n", 1))
        # The label speaks of line 1, which is the comment now; the expectation itself still holds.
        self.assertIn("-- EXPECT@+2: error T0001 5-10", path.read_text())
        self.runner("--update")
        self.assertIn("-- EXPECT@+2: error T0001 5-10", path.read_text())

    def test_lost_diagnostic_fails(self):
        path = self.write("fail_word.truce", "-- RUN: check\nall wrong\n")
        self.runner("--update")
        path.write_text(path.read_text().replace("all wrong", "all right"))
        result = self.runner()
        self.assertEqual(result.returncode, 1)
        self.assertIn("\n--- EXPECT@+2: error T0001", result.stdout)
        self.assertIn("ends with status 0, not 1", result.stdout)

    def test_name_must_tell_the_truth(self):
        self.write("word.truce", "-- RUN: check\nall wrong\n")
        result = self.runner("--update")
        self.assertEqual(result.returncode, 1)
        self.assertIn("ends with status 1, not 0", result.stdout)
        self.write("word.truce", "-- RUN: check\n-- EXIT: 1\nall wrong\n")
        self.assertIn("is not named fail_", self.runner("--update").stdout)

    def test_output_does_not_see_directives(self):
        path = self.write("loud.truce", "-- RUN: shout %s\nfirst\n\nlast\n")
        self.assertEqual(self.runner("--update").returncode, 0)
        self.assertEqual(path.read_text(), "-- RUN: shout %s\nfirst\n\nlast\n-- > FIRST\n-- >\n-- > LAST\n")
        self.assertEqual(self.runner().returncode, 0)

    def test_folder_with_case_is_one_case(self):
        self.write("topic/loud/case.truce", "-- RUN: shout other.truce\nmine\n")
        self.write("topic/loud/other.truce", "theirs\n")
        self.assertEqual(self.runner("--update").stdout.splitlines()[-1], "1 passed, 0 failed")
        self.assertIn("-- > THEIRS", (self.root / "cases/topic/loud/case.truce").read_text())

    def test_case_without_command_fails(self):
        self.write("word.truce", "first\n")
        self.assertIn("needs one", self.runner().stdout)

    def test_no_case_is_no_success(self):
        (self.root / "cases").mkdir()
        self.assertEqual(self.runner().returncode, 2)


class Placement(unittest.TestCase):
    def test_place_past_the_end_and_in_another_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "fail_word.truce"
            path.write_text("-- RUN: check\nfirst\n")
            place = {"column": 1, "end_column": 2, "code": "T0001", "level": "error", "message": "ends\ntoo soon"}
            text = golden_case.Case(path).with_diagnostics(
                [{**place, "line": 2, "end_line": 2}, {**place, "file": "a.geojson", "line": 3, "end_line": 4}], "")
            self.assertEqual(text, "-- RUN: check\nfirst\n-- EXPECT@end: error T0001 1-2: ends\\ntoo soon\n"
                                   "-- EXPECT@a.geojson:3: error T0001 1-+1:2: ends\\ntoo soon\n")
            self.assertEqual([code for code in catalogue_coverage.SEEN.findall(text)], ["T0001", "T0001"])


class Coverage(unittest.TestCase):
    def test_each_disagreement_is_named(self):
        problems = catalogue_coverage.compare({"T0001", "T0002", "T0003"}, {"T0001", "T0009"},
                                              {"T0001": "reason", "T0002": "reason", "T0008": "reason"})
        self.assertEqual([problem.split(":")[0] for problem in problems], ["T0003", "T0001", "T0008", "T0009"])


if __name__ == "__main__":
    unittest.main()
