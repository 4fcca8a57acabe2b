#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce compare`: the documented JSON, how it ends, and the shipped truces against changed ones."""
import json
import unittest

from program import AGREEMENT, ROOT, ProgramTest, run

SEPTEMBER = ROOT / "examples/syria-2016-09/agreement.truce"


class Compare(ProgramTest):
    def compared(self, old, new, *options):
        done = run("compare", self.write("old.truce", old), self.write("new.truce", new), "--format", "json", *options)
        return done.returncode, json.loads(done.stdout)

    def test_the_fields_are_those_of_the_page(self):
        status, result = self.compared(AGREEMENT, AGREEMENT.replace("48 hours", "72 hours"))
        self.assertEqual(0, status)
        self.assertEqual(("truce.comparison/1", "changed"), (result["schema"], result["answer"]))
        change = result["changes"][0]
        self.assertEqual(("newly-breaks", "1.1", "1.1"), (change["kind"], change["old_clause"], change["new_clause"]))
        self.assertEqual("2030-02-03T19:00:00+02:00", change["example"][0]["at"])
        self.assertEqual("Nobody is in breach.", change["under_old"])
        self.assertIsInstance(result["elapsed_ms"], int)
        page = (ROOT / "docs/formats/comparison.md").read_text(encoding="utf-8")
        for field in [*result, *change, *result["words"][0], *change["example"][0]]:
            self.assertIn(f"`{field}`", page)

    def test_only_a_change_fails_and_only_when_asked(self):
        changed = AGREEMENT.replace("48 hours", "72 hours")
        self.assertEqual(1, self.compared(AGREEMENT, changed, "--fail-on", "change")[0])
        status, result = self.compared(AGREEMENT, AGREEMENT.replace("for 48 hours", "for 2 days"), "--fail-on", "change")
        self.assertEqual((0, "same", []), (status, result["answer"], result["not_searched"]))

    def test_errors_and_missing_files_end_as_elsewhere(self):
        status, result = self.compared(AGREEMENT, AGREEMENT.replace("shall not", "should not"))
        self.assertEqual((1, "truce.diagnostics/1"), (status, result["schema"]))
        done = run("compare", self.write("old.truce", AGREEMENT), self.folder / "none.truce")
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)

    def test_a_shipped_truce_newly_laid_out_is_the_same(self):
        for annex in SEPTEMBER.parent.glob("annex*.geojson"):
            self.write(annex.name, annex.read_bytes())
        companion = SEPTEMBER.parent / "agreement.companion.truce"
        old = self.write("old.truce", SEPTEMBER.read_bytes())
        new = self.write("new.truce", SEPTEMBER.read_bytes())
        for name in ("old", "new"):
            self.write(f"{name}.companion.truce", companion.read_bytes())
        new.write_text("-- A copy.\n" + new.read_text(encoding="utf-8").replace("Castello Strip", "Castello Belt"),
                       encoding="utf-8")
        done = run("compare", old, new)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("No change of meaning.", done.stdout)
        self.assertIn("Castello Strip to Castello Belt", done.stdout)

    def test_the_two_truces_of_2016_differ(self):
        status = run("compare", ROOT / "examples/syria-2016-02/agreement.truce", SEPTEMBER, "--format", "json")
        result = json.loads(status.stdout)
        kinds = {change["kind"] for change in result["changes"]}
        self.assertLessEqual({"newly-breaks", "no-longer-breaks"}, kinds)
        self.assertTrue(all(change["under_old"] != change["under_new"] for change in result["changes"]))


if __name__ == "__main__":
    unittest.main()
