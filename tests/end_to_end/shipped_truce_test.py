#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The truce of September 2016 as shipped: what must come out of it, and the chronology's own discipline."""
import csv
import json
import unittest

from program import ROOT, ProgramTest, run

EXAMPLE = ROOT / "examples/syria-2016-09"
AGREEMENT = EXAMPLE / "agreement.truce"
INCIDENTS = EXAMPLE / "incidents.csv"


class Replay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = run("monitor", AGREEMENT, "--incidents", INCIDENTS, "--format", "json")
        assert done.returncode == 0, done.stderr
        cls.result = json.loads(done.stdout)

    def of(self, part, clause="1.1"):
        return [v for v in self.result["verdicts"] if v["clause"] == clause and part in (v["incident"] or "")]

    def test_no_row_is_skipped_and_no_word_is_unknown(self):
        self.assertEqual([], self.result["data"]["skipped"])
        self.assertEqual([], self.result["data"]["unknown_words"])
        self.assertGreaterEqual(self.result["accounts"], 100)

    def test_the_convoy_of_19_september_is_contested(self):
        verdicts = [v for v in self.of("urum") if v["bearer"] == "Government"]
        self.assertEqual(["contested"], [v["verdict"] for v in verdicts])
        said = {o["verdict"] for o in verdicts[0]["by_account"]}
        self.assertLessEqual({"broken", "kept"}, said)
        self.assertGreaterEqual(len(verdicts[0]["by_account"]), 3)

    def test_the_strike_of_17_september_is_under_no_clause_because_the_power_is_no_party(self):
        self.assertEqual([], [v for v in self.of("thurdah") if v["verdict"] != "kept"])
        entries = [e for e in self.result["under_no_clause"] if e["incident"] == "0917-jabal-thurdah"]
        self.assertEqual(1, len(entries))
        text = " ".join(entries[0]["because"])
        self.assertIn("Coalition", text)
        self.assertIn("Party", text)

    def test_the_truce_runs_48_hours_and_three_renewals(self):
        # Whatever happens after the last renewal ran out is no breach of 1.1.
        late = [v for v in self.result["verdicts"] if v["clause"] == "1.1" and v["at"] > "2016-09-21"]
        self.assertEqual([], [v for v in late if v["verdict"] == "broken"])
        inside = [v for v in self.result["verdicts"] if v["clause"] == "1.1" and v["verdict"] == "broken"]
        self.assertTrue(inside)
        self.assertTrue(all("2016-09-12" <= v["at"] < "2016-09-21" for v in inside))

    def test_both_sides_are_said_to_have_broken_it_each_by_the_other(self):
        by = {(v["bearer"], o["according_to"]) for v in self.result["verdicts"] if v["clause"] == "1.1"
              for o in v["by_account"] if o["verdict"] == "broken"}
        self.assertTrue(any(bearer == "Opposition" and who == "Russian Federation" for bearer, who in by), by)
        self.assertTrue(any(bearer == "Government" for bearer, who in by), by)

    def test_a_guarantor_that_ensures_shares_the_blame(self):
        for verdict in self.of("", "1.1"):
            if verdict["verdict"] == "broken" and verdict["bearer"] == "Government":
                self.assertEqual(["Government", "Russian Federation"], verdict["blame"])

    def test_every_verdict_says_why(self):
        for verdict in self.result["verdicts"]:
            self.assertGreater(len(verdict["because"]), 20, verdict)
            if verdict["verdict"] in ("broken", "unknown", "contested"):
                # Where several accounts leave it open, no small change of one of them settles it.
                open_to = [one for one in verdict["by_account"] if one["verdict"] == "unknown"]
                self.assertTrue(verdict["would_change_if"] or len(open_to) > 1, verdict)

    def test_the_summary_names_clauses_and_digest(self):
        text = run("monitor", AGREEMENT, "--incidents", INCIDENTS).stdout
        self.assertIn("1.1", text)
        self.assertIn(self.result["digest"][:12], text)


class Renewals(ProgramTest):
    def replay_without(self, *parts):
        rows = INCIDENTS.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [r for r in rows if not any(p in r.split(",")[0] for p in parts)]
        for name in ("agreement.truce", "agreement.companion.truce", "actors.csv", "annex-a.geojson"):
            if (EXAMPLE / name).exists():
                self.write(name, (EXAMPLE / name).read_text(encoding="utf-8"))
        incidents = self.write("incidents.csv", "".join(kept))
        done = run("monitor", self.folder / "agreement.truce", "--incidents", incidents, "--format", "json")
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_without_the_renewals_the_truce_ends_after_48_hours(self):
        with open(INCIDENTS, encoding="utf-8") as file:
            renewals = [r["incident"] for r in csv.DictReader(file) if r["kind"] == "extend"]
        self.assertEqual(3, len(renewals))
        result = self.replay_without(*renewals)
        late = [v for v in result["verdicts"] if v["clause"] == "1.1" and v["at"] > "2016-09-15"]
        self.assertEqual([], [v for v in late if v["verdict"] in ("broken", "contested", "unknown")])


class Chronology(unittest.TestCase):
    def test_every_row_names_its_source_and_the_sources_id(self):
        with open(INCIDENTS, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertGreaterEqual(len(rows), 100)
        for row in rows:
            self.assertTrue(row["source"] and row["source_id"], row["incident"])
            self.assertTrue("2016-08" < row["from"] < "2016-10-05", row["incident"])

    def test_both_sides_ledgers_stand_in_it(self):
        with open(INCIDENTS, encoding="utf-8") as file:
            sources = {row["source"] for row in csv.DictReader(file)}
        for wanted in ("Russian reconciliation centre", "SNHR", "UCDP GED", "Syrian Archive"):
            self.assertIn(wanted, sources)


if __name__ == "__main__":
    unittest.main()
