#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The agreements with seeded defects: exactly what was seeded is found, and nothing in the sound ones."""
import concurrent.futures
import json
import unittest

from program import ROOT, ProgramTest, run

DEFECTS = ROOT / "examples/defects"


def found_in(path):
    """What `analyse` finds, without what is only information; or what it said instead."""
    done = run("analyse", path, "--format", "json")
    try:
        findings = json.loads(done.stdout)["findings"]
    except (ValueError, KeyError):
        return done.stdout + done.stderr
    return [{"code": one["code"], "clauses": one["clauses"], "particulars": one["particulars"],
             "readings": sorted({reading["party"] for reading in one["readings"]})}
            for one in findings if one["level"] != "information"]


class Defects(ProgramTest):
    def test_exactly_what_was_seeded_is_found(self):
        paths = sorted(DEFECTS.glob("*.truce"))
        self.assertEqual(72, len(paths))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for path, found in zip(paths, pool.map(found_in, paths)):
                expected = json.loads(path.with_suffix(".expect.json").read_text(encoding="utf-8"))["findings"]
                with self.subTest(path.name):
                    self.assertEqual(expected, found)

    def test_the_sound_ones_expect_nothing_and_the_others_several(self):
        for path in sorted(DEFECTS.glob("*.expect.json")):
            expected = json.loads(path.read_text(encoding="utf-8"))["findings"]
            if path.name.startswith("c"):
                self.assertEqual([], expected, path.name)
            elif path.name.startswith("d"):
                self.assertGreaterEqual(len(expected), 2, path.name)

    def test_they_stand_in_the_canonical_layout(self):
        done = run("fmt", "--check", *sorted(DEFECTS.glob("*.truce")))
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
