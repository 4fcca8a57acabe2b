#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The shipped agreement on every deadly event that UCDP records for Syria in 2016, and on an archive of videos. The raw
counts of the data page are checked where the reader is, in truce/incidents/ucdp_test.cpp."""
import csv
import json
import unittest

from program import ROOT, SHARED, run

EXAMPLE = ROOT / "examples/syria-2016-09"
UCDP = SHARED / "data/syria/ucdp-ged-syria-2016.csv"
VIDEOS = SHARED / "data/syria/syrian-archive-truce-window.csv"
TOTALS = {"233200", "236764", "236765", "236772", "236773", "236774"}


@unittest.skipUnless(UCDP.exists(), "the shared data are not beside the repository")
class Ucdp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = run("monitor", EXAMPLE / "agreement.truce", "--incidents", UCDP, "--format", "json")
        assert done.returncode == 0, done.stderr
        cls.result = json.loads(done.stdout)
        with open(UCDP, encoding="utf-8") as file:
            cls.rows = {row["id"]: row for row in csv.DictReader(file)}

    def test_every_row_is_an_incident_but_the_six_totals(self):
        self.assertEqual(6170, len(self.rows))
        self.assertEqual((6164, 6, 0), (self.result["incidents"], self.result["data"]["totals"],
                                        self.result["skipped_rows"]))
        named = {v["incident"] for v in self.result["verdicts"]}
        self.assertFalse(named & TOTALS)

    def test_no_dyad_is_turned_into_a_perpetrator(self):
        for verdict in self.result["verdicts"]:
            row = self.rows.get(verdict["incident"] or "")
            if row is not None and row["type_of_violence"] != "3":
                self.assertNotIn(verdict["verdict"], ("broken", "contested"), verdict)

    def test_a_row_of_12_september_is_unknown_in_a_truce_that_starts_at_19(self):
        day = [i for i, r in self.rows.items() if r["date_start"] == r["date_end"] == "2016-09-12"
               and r["dyad_name"] == "Government of Syria - Syrian insurgents"]
        self.assertTrue(day)
        outcomes = {(v["incident"], v["bearer"]): v["verdict"] for v in self.result["verdicts"] if v["clause"] == "1.1"}
        for incident in day:
            self.assertEqual("unknown", outcomes.get((incident, "Government")), incident)

    def test_nothing_before_the_truce_and_nothing_long_after_it(self):
        for verdict in self.result["verdicts"]:
            row = self.rows.get(verdict["incident"] or "")
            if row is not None and verdict["clause"] == "1.1" and verdict["verdict"] != "kept":
                # No renewal is in this file: 48 hours from 12 September, 19:00.
                self.assertGreaterEqual(row["date_end"], "2016-09-12")
                self.assertLessEqual(row["date_start"], "2016-09-14")


@unittest.skipUnless(VIDEOS.exists(), "the shared data are not beside the repository")
class Videos(unittest.TestCase):
    CONVOY = "AL_2f3f0"

    def clusters(self, *words):
        done = run("incidents", VIDEOS, "--agreement", EXAMPLE / "agreement.truce", "--format", "json", *words)
        self.assertEqual(0, done.returncode, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual((580, 0), (result["rows"], len(result["skipped"])))
        return result["clusters"]

    def test_none_is_joined_unless_it_is_asked_for(self):
        self.assertEqual([], self.clusters())

    def test_the_convoy_is_one_incident_of_fifteen_videos(self):
        (convoy,) = [c for c in self.clusters("--cluster") if self.CONVOY in {r["row"] for r in c["rows"]}]
        self.assertGreaterEqual(len(convoy["rows"]), 15)
        self.assertGreater(len({r["according_to"] for r in convoy["rows"]}), 5)
        self.assertTrue(all(r["reason"] for r in convoy["rows"]))

    def test_every_video_is_in_one_incident(self):
        rows = [r["row"] for c in self.clusters("--cluster") for r in c["rows"]]
        self.assertEqual((580, 580), (len(rows), len(set(rows))))

    def test_the_replay_counts_channels_and_not_videos(self):
        done = run("monitor", EXAMPLE / "agreement.truce", "--incidents", VIDEOS, "--cluster", "--format", "json")
        self.assertEqual(0, done.returncode, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual(len(self.clusters("--cluster")), result["incidents"])
        self.assertNotIn("broken", {v["verdict"] for v in result["verdicts"]})


if __name__ == "__main__":
    unittest.main()
