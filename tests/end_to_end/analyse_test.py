#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce analyse`: what the documented JSON says, what a repair does to the draft, and the shipped truces."""
import json
import unittest

from program import ROOT, ProgramTest, run

CASES = ROOT / "tests/golden/analyse"
# The test agreements: the findings of each, by code and clauses.
EXPECTED = {
    "control/sound_agreement": [],
    "control/exchange": [],
    "contradictions/fail_escort_against_bar_on_weapons": [("TR-C01", "2.1 2.2"), ("TR-C01", "2.1 2.3")],
    "circles/fail_each_waits_for_the_other": [("TR-D01", "2.1 2.2")],
    "circles/fail_each_yields_to_the_other": [("TR-P01", "2.1 2.2"), ("TR-C01", "2.1 2.3"), ("TR-C01", "2.2 2.3")],
    "harms/fail_guarantors_are_bound_by_nothing": [("TR-L01", "1.1")],
    "harms/fail_lapse_between_two_clauses": [("TR-L03", "1.1 1.2")],
    "dead/fail_window_exception_and_cascade": [("TR-T02", "2.1"), ("TR-X02", "2.2"), ("TR-X01", "2.3")],
    "definitions/fail_calibres_overlap_and_gap": [("TR-O01", "2.1 2.2"), ("TR-O02", "2.2 2.3"),
                                                  ("TR-N02", "2.1 2.2")],
    "timing/fail_deadline_before_condition": [("TR-T01", "4.1")],
    "harms/fail_lesser_weapons": [("TR-L01", "1.1")],
    "harms/fail_watched_by_the_doer": [("TR-L02", "1.1")],
    "chains/fail_barred_once_others_are_done": [("TR-C01", "1.1 1.2 1.3")],
    "chains/fail_others_choose_the_hour": [("TR-S01", "1.1 1.2 1.3")],
    "enforcement/fail_nobody_nothing_never": [
        ("TR-N01", "2.1"), ("TR-U01", "2.1"), ("TR-U01", "2.2"), ("TR-U01", "2.3"), ("TR-U02", "2.1"),
        ("TR-U02", "2.2"), ("TR-U03", "2.3"), ("TR-U05", "2.1"), ("TR-U05", "2.2"), ("TR-U05", "2.3")],
}


def analysed(path, *options):
    """The status and the JSON."""
    done = run("analyse", path, "--format", "json", *options)
    return done.returncode, json.loads(done.stdout)


def found(result):
    return [(finding["code"], " ".join(finding["clauses"])) for finding in result["findings"]]


class Json(ProgramTest):
    def test_the_test_agreements_have_their_findings_and_no_others(self):
        for name, expected in EXPECTED.items():
            status, result = analysed(CASES / f"{name}.truce")
            self.assertEqual(expected, found(result), name)
            self.assertEqual(1 if expected else 0, status, name)

    def test_the_fields_are_those_of_the_page(self):
        _, result = analysed(CASES / "circles/fail_each_waits_for_the_other.truce")
        self.assertEqual("truce.findings/1", result["schema"])
        self.assertEqual("Deadlock: each waits for the other", result["agreement"])
        self.assertIsInstance(result["elapsed_ms"], int)
        finding, = result["findings"]
        self.assertEqual(["2.1/upon", "2.2/upon"], finding["particulars"])
        self.assertEqual([], finding["readings"])
        self.assertEqual("found", finding["status"])
        self.assertIsNone(finding["accepted"])
        self.assertTrue(finding["repairs"] and all(repair["verified"] for repair in finding["repairs"]))
        page = (ROOT / "docs/formats/findings.md").read_text(encoding="utf-8")
        for field in [*result, *finding]:
            self.assertIn(f"`{field}`", page)

    def test_what_was_not_searched_is_not_absent(self):
        _, result = analysed(CASES / "circles/fail_each_waits_for_the_other.truce")
        absent = {one["code"]: one["status"] for one in result["absent"]}
        self.assertNotIn("TR-L01", absent)
        self.assertNotIn("TR-D01", absent)
        self.assertEqual("proved-absent", absent["TR-U01"])
        self.assertEqual("not-found-within", absent["TR-C01"])
        self.assertTrue(any("TR-L01" in sentence for sentence in result["not_searched"]))

    def test_a_finding_of_one_text_names_it(self):
        _, result = analysed(CASES / "readings/fail_defect_in_one_text.truce")
        contradiction, = [one for one in result["findings"] if one["code"] == "TR-C01"]
        self.assertEqual([{"party": "North", "clause": "2.1"}], contradiction["readings"])

    def test_a_hole_of_two_texts_names_the_passages(self):
        _, result = analysed(CASES / "readings/fail_only_in_a_mix.truce")
        window, = [one for one in result["findings"] if one["level"] == "finding"]
        self.assertTrue(window["together"])
        self.assertEqual([{"party": "South", "clause": "1.1", "words": "`D + 10 days`"},
                          {"party": "North", "clause": "1.1", "words": "`D + 5 days`"}], window["readings"])
        self.assertEqual([{"party": "North", "findings": []}, {"party": "South", "findings": []},
                          {"party": None, "findings": [1]}], result["readings"])

    def test_a_scenario_is_dated_on_the_clock_of_the_agreement(self):
        _, result = analysed(CASES / "harms/fail_guarantors_are_bound_by_nothing.truce")
        step = result["findings"][0]["scenario"][0]
        self.assertEqual("2030-02-01T06:00:00+02:00", step["at"])
        self.assertEqual("Aland attacks South with Weapons in Country", step["text"])

    def test_an_acceptance_says_by_whom_and_why(self):
        status, result = analysed(CASES / "accepted/one_finding.truce")
        self.assertEqual(0, status)
        self.assertEqual({"by": "Watch", "reason": "the registers are not printed yet"},
                         result["findings"][0]["accepted"])

    def test_errors_in_the_text_come_as_diagnostics(self):
        status, result = analysed(CASES / "options/fail_errors_come_first.truce")
        self.assertEqual((1, "truce.diagnostics/1"), (status, result["schema"]))

    def test_the_same_text_gives_the_same_findings(self):
        first, second = (analysed(ROOT / "examples/syria-2016-09/agreement.truce")[1] for _ in range(2))
        self.assertEqual(first["findings"], second["findings"])


    def test_what_the_solver_searched_to_the_end_is_proved_absent(self):
        for name, codes in (("listed_group_told_apart", ("TR-L01", "TR-L02")),
                            ("time_left_whenever_others_act", ("TR-C01", "TR-S01"))):
            _, result = analysed(CASES / f"control/{name}.truce")
            absent = {one["code"]: one["status"] for one in result["absent"]}
            for code in codes:
                self.assertEqual("proved-absent", absent[code], code)
            self.assertEqual("not-found-within", absent["TR-X03"])

    def test_questions_are_written_where_asked(self):
        draft = CASES / "chains/fail_others_choose_the_hour.truce"
        folder = self.folder / "questions"
        done = run("analyse", draft, "--dump-smtlib", folder)
        self.assertEqual(1, done.returncode, done.stderr)
        names = sorted(path.name for path in folder.iterdir())
        self.assertTrue(any("S01-1.2-North" in name for name in names), names)
        text = (folder / names[0]).read_text(encoding="utf-8")
        self.assertIn("(set-logic QF_LIA)", text)
        self.assertTrue(text.endswith("(check-sat)\n"), text)
        # A file in the way is said in one line.
        done = run("analyse", draft, "--dump-smtlib", draft)
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)


class Repairs(ProgramTest):
    def test_a_repair_that_is_written_closes_the_hole(self):
        for name in ("circles/fail_each_waits_for_the_other", "timing/fail_deadline_before_condition",
                     "harms/fail_lapse_between_two_clauses", "harms/fail_guarantors_are_bound_by_nothing",
                     "definitions/fail_calibres_overlap_and_gap"):
            draft = self.write("draft.truce", (CASES / f"{name}.truce").read_text(encoding="utf-8"))
            before = found(analysed(draft)[1])
            number = next(i for i, one in enumerate(analysed(draft)[1]["findings"], 1) if one["repairs"])
            done = run("analyse", draft, "--fix", number)
            self.assertEqual(0, done.returncode, done.stderr)
            after = found(analysed(draft)[1])
            self.assertNotIn(before[number - 1], after[:number] if before.count(before[number - 1]) > 1 else after, name)
            self.assertEqual(0, run("check", draft).returncode)

    def test_a_number_that_is_no_finding_leaves_the_draft_alone(self):
        draft = self.write("draft.truce", (CASES / "control/exchange.truce").read_text(encoding="utf-8"))
        text = draft.read_text(encoding="utf-8")
        done = run("analyse", draft, "--fix", 1)
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)
        self.assertEqual(text, draft.read_text(encoding="utf-8"))


class ShippedTruces(ProgramTest):
    def test_september_2016_shows_what_broke_it(self):
        _, result = analysed(ROOT / "examples/syria-2016-09/agreement.truce")
        every_harm = ["Soldiers Killed", "Civilians Killed", "Convoy Hit"]
        told = [one for one in result["findings"] if one["code"] == "TR-L01"]
        # One hole for each reason, whatever harm is done through it.
        self.assertEqual([every_harm] * 4, [one["harms"] for one in told])
        self.assertEqual(["actor", "actor", "time", "exception"], [one["reason"] for one in told])
        loopholes = {one["reason"]: one for one in told}
        # Deir ez-Zor, 17 September: neither the guarantors nor the coalition were bound.
        struck = [one for one in result["findings"]
                  if one.get("reason") == "actor"]
        self.assertEqual(2, len(struck))
        self.assertTrue(any("Coalition" in one["message"] for one in struck))
        self.assertTrue(any("United States attacks Government" in step["text"]
                            for one in struck for step in one["scenario"]))
        # The listed group as a pretext, as long as it is not told apart: only in one side's text.
        self.assertEqual([{"party": "United States", "clause": "4.3"}],
                         loopholes["exception"]["readings"])
        # The hours after 48.
        self.assertIn("after hour 48", loopholes["time"]["message"])
        # The finders answer for the accused.
        self.assertIn(("TR-U06", "1.1"), found(result))
        # The withdrawal in phases is no circle of waits.
        self.assertNotIn("TR-D01", [one["code"] for one in result["findings"]])

    def test_every_shipped_truce_is_analysed(self):
        for name in ("syria-2016-02", "minsk-2", "korea-1953"):
            status, result = analysed(ROOT / f"examples/{name}/agreement.truce")
            self.assertEqual(1, status, name)
            self.assertTrue(result["findings"], name)


if __name__ == "__main__":
    unittest.main()
