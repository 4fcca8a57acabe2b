#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every folder of examples: sound texts, scenarios that come out, a chronology that is read whole, a README that is true."""
import csv
import functools
import json
import re
import unittest

from program import COLUMNS, ROOT, ProgramTest, run

EXAMPLES = ROOT / "examples"
# Those of one agreement; the short ones in `defects` have a test of their own.
FOLDERS = sorted(p.parent for p in EXAMPLES.glob("*/agreement.truce"))


def text(path):
    return path.read_text(encoding="utf-8")


def chronology(folder):
    with open(folder / "incidents.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def replay(agreement, incidents, *words):
    done = run("monitor", agreement, "--incidents", incidents, "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def clause(result, number):
    return [v for v in result["verdicts"] if v["clause"] == number]


def for_each_example(test):
    """Runs a test once for each folder; one that fails does not hide the others."""

    @functools.wraps(test)
    def every(self):
        self.assertGreaterEqual(len(FOLDERS), 4)
        for folder in FOLDERS:
            with self.subTest(example=folder.name):
                test(self, folder)

    return every


class EveryExample(unittest.TestCase):
    def test_the_list_of_examples_names_each(self):
        listed = re.findall(r"^\| `([^`]+)` \|", text(EXAMPLES / "README.md"), re.MULTILINE)
        self.assertEqual(sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir()), sorted(listed))

    @for_each_example
    def test_the_text_has_no_error_and_the_readme_explains_each_warning(self, folder):
        done = run("check", folder / "agreement.truce", "--format", "json")
        self.assertEqual(0, done.returncode, done.stdout)
        for message in json.loads(done.stdout)["diagnostics"]:
            self.assertEqual("warning", message["level"], message)
            self.assertIn(message["code"], text(folder / "README.md"), message)

    @for_each_example
    def test_both_texts_stand_in_the_canonical_layout(self, folder):
        done = run("fmt", "--check", folder / "agreement.truce", folder / "agreement.companion.truce")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    @for_each_example
    def test_every_scenario_comes_out(self, folder):
        done = run("test", folder / "agreement.truce", "--format", "json")
        self.assertEqual(0, done.returncode, done.stdout)
        scenarios = json.loads(done.stdout)["scenarios"]
        self.assertGreaterEqual(len(scenarios), 3)
        self.assertTrue(all(s["passed"] and s["expectations"] for s in scenarios))

    @for_each_example
    def test_every_row_is_read_and_every_word_is_known(self, folder):
        data = replay(folder / "agreement.truce", folder / "incidents.csv")["data"]
        self.assertEqual(len(chronology(folder)), data["rows"])
        self.assertEqual(([], [], [], 0),
                         (data["skipped"], data["unknown_words"], data["warnings"], data["duplicates"]))

    @for_each_example
    def test_every_replay_decides_something(self, folder):
        outcomes = {v["verdict"] for v in replay(folder / "agreement.truce", folder / "incidents.csv")["verdicts"]}
        self.assertLessEqual({"broken", "contested", "unknown"}, outcomes)

    @for_each_example
    def test_every_row_names_its_source_and_a_confidence(self, folder):
        for row in chronology(folder):
            self.assertEqual(COLUMNS, list(row), row["incident"])
            self.assertTrue(row["source"] and row["source_id"] and row["note"], row["incident"])
            self.assertTrue(0 < float(row["confidence"]) <= 1, row["incident"])
            self.assertEqual(bool(row["latitude"]), bool(row["radius_m"]), row["incident"])

    @for_each_example
    def test_no_account_says_two_things_at_one_time(self, folder):
        keys = [(r["incident"], r["account"] or r["according_to"], r["reported_at"]) for r in chronology(folder)]
        self.assertEqual(len(keys), len(set(keys)), sorted(k for k in keys if keys.count(k) > 1))

    @for_each_example
    def test_the_readme_counts_the_chronology(self, folder):
        rows = chronology(folder)
        said = re.search(r"(\d+) accounts of (\d+) incidents", text(folder / "README.md"))
        self.assertIsNotNone(said)
        self.assertEqual((len(rows), len({r["incident"] for r in rows})), (int(said[1]), int(said[2])))

    @for_each_example
    def test_every_drawing_says_that_it_is_one(self, folder):
        drawings = sorted(folder.glob("*.geojson"))
        self.assertTrue(drawings)
        for drawing in drawings:
            for feature in json.loads(text(drawing))["features"]:
                self.assertTrue(feature["properties"]["not_endorsed"], drawing.name)
                self.assertIn("hand-drawn", feature["properties"]["precision"], drawing.name)

    @for_each_example
    def test_readmes_name_only_files_that_are_there(self, folder):
        for name in re.findall(r"`([a-z.-]+\.(?:truce|csv|geojson))`", text(folder / "README.md")):
            self.assertTrue((folder / name).exists(), name)


def broken(result, number):
    return [v for v in clause(result, number) if v["verdict"] == "broken"]


class SameIncidentsTwoTexts(ProgramTest):
    """February and September of 2016 carry the same names, so that one chronology can be replayed on both."""

    INCIDENTS = EXAMPLES / "syria-2016-09/incidents.csv"

    @classmethod
    def setUpClass(cls):
        cls.february = replay(EXAMPLES / "syria-2016-02/agreement.truce", cls.INCIDENTS)
        cls.september = replay(EXAMPLES / "syria-2016-09/agreement.truce", cls.INCIDENTS)

    def test_no_row_is_lost_and_no_word_unknown_on_either(self):
        for result in (self.february, self.september):
            self.assertEqual(([], []), (result["data"]["skipped"], result["data"]["unknown_words"]))
        self.assertEqual(self.february["incidents"], self.september["incidents"])

    def test_one_command_sets_the_two_side_by_side(self):
        done = run("monitor", EXAMPLES / "syria-2016-09/agreement.truce", "--beside",
                   EXAMPLES / "syria-2016-02/agreement.truce", "--incidents", self.INCIDENTS, "--format", "json")
        self.assertEqual(0, done.returncode, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual("truce.beside/1", result["schema"])
        for side, alone in (("first", self.september), ("second", self.february)):
            self.assertEqual(alone["digest"], result[side]["digest"])
            clauses = {}
            for verdict in alone["verdicts"]:
                if verdict["verdict"] == "broken" and verdict["incident"]:
                    clauses.setdefault(verdict["incident"], set()).add((verdict["clause"], verdict["bearer"]))
            seen = {row["incident"]: {(c["clause"], c["bearer"]) for c in row[side]["clauses"]}
                    for row in result["rows"] if row[side]["verdict"] == "broken"}
            acts = {row["incident"] for row in result["rows"]}
            self.assertEqual({i: c for i, c in clauses.items() if i in acts}, seen)
        self.assertEqual(result["incidents"], sum(result["counts"].values()))
        self.assertEqual(result["incidents"] + result["acts"], self.september["incidents"])
        both = {row["incident"] for row in result["rows"] if row["combination"] == "broken_under_both"}
        self.assertEqual(result["counts"]["broken_under_both"], len(both))
        self.assertTrue(both)

    def test_side_by_side_is_written_to_a_folder_and_ends_with_1_for_a_breach(self):
        words = ["monitor", EXAMPLES / "syria-2016-02/agreement.truce", "--beside",
                 EXAMPLES / "syria-2016-09/agreement.truce", "--incidents", self.INCIDENTS]
        done = run(*words, "--output", self.folder, "--fail-on", "breach")
        self.assertEqual(1, done.returncode, done.stderr)
        written = json.loads((self.folder / "beside.json").read_text(encoding="utf-8"))
        with open(self.folder / "beside.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["combination"] for row in written["rows"]], [row["combination"] for row in rows])
        for extra in (["--reading", "Government"], ["--format", "html"], ["--format", "ids"], ["--incidents", "-"]):
            done = run(*words, *extra, stdin="")
            self.assertEqual(2, done.returncode)
            self.assert_one_line(done.stderr)

    def test_a_guarantor_is_bound_by_name_in_february_alone(self):
        bearers = {v["bearer"] for v in clause(self.february, "1.2")}
        self.assertIn("Russian Federation", bearers)
        self.assertNotIn("Russian Federation", {v["bearer"] for v in clause(self.september, "1.1")})

    def test_the_text_that_splits_soldiers_from_civilians_decides_less(self):
        self.assertEqual([], broken(self.february, "1.1"))
        self.assertTrue(broken(self.september, "1.1"))

    def test_february_with_civilians_named_beside_soldiers_decides_more(self):
        for path in (EXAMPLES / "syria-2016-02").iterdir():
            self.write(path.name, text(path))
        agreement = self.folder / "agreement.truce"
        before = text(agreement)
        after = before.replace("shall not attack Government or Russian Federation with",
                               "shall not attack Government, Civilians, Convoys or Russian Federation with")
        self.assertNotEqual(before, after)
        agreement.write_text(after, encoding="utf-8")
        self.assertTrue(broken(replay(agreement, self.INCIDENTS), "1.1"))


class February(unittest.TestCase):
    def test_the_strikes_west_of_aleppo_are_contested(self):
        folder = EXAMPLES / "syria-2016-02"
        verdicts = [v for v in clause(replay(folder / "agreement.truce", folder / "incidents.csv"), "1.2")
                    if v["incident"] == "0228-aleppo-strikes" and v["bearer"] == "Russian Federation"]
        self.assertEqual(["contested"], [v["verdict"] for v in verdicts])
        self.assertEqual(3, len(verdicts[0]["by_account"]))


class Minsk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = EXAMPLES / "minsk-2"
        cls.results = {words: replay(folder / "agreement.truce", folder / "incidents.csv", *words)
                       for words in ((), ("--reading", "Ukraine"), ("--reading", "Districts"))}

    def outcomes(self, words, incident):
        return {v["verdict"] for v in clause(self.results[words], "1.1")
                if v["incident"] == incident and v["bearer"] == "Districts"}

    def test_at_debaltseve_the_two_readings_part(self):
        incident = "0216-debaltseve-inner-ground"
        self.assertEqual({"unknown"}, self.outcomes((), incident))
        self.assertEqual({"broken"}, self.outcomes(("--reading", "Ukraine"), incident))
        # What a side kept is counted and not listed.
        self.assertEqual(set(), self.outcomes(("--reading", "Districts"), incident))

    def test_away_from_it_they_agree(self):
        for words in self.results:
            self.assertEqual({"broken"}, self.outcomes(words, "0221-shyrokyne"))
            self.assertEqual({"contested"}, self.outcomes(words, "0228-pisky"))

    def test_the_table_of_readings_in_the_readme_is_what_comes_out(self):
        table = dict(re.findall(r"^  \| (as disputed|`--reading \w+`) \|( .*) \|$", text(EXAMPLES / "minsk-2/README.md"),
                                re.MULTILINE))
        for words, result in self.results.items():
            key = "`" + " ".join(words) + "`" if words else "as disputed"
            counts = [sum(v["verdict"] == verdict for v in clause(result, "1.1"))
                      for verdict in ("broken", "contested", "unknown")]
            self.assertEqual(counts, [int(n) for n in table[key].split("|")], key)

    def test_what_monitors_saw_move_is_no_withdrawal(self):
        for number in ("2.2", "2.4"):
            (verdict,) = clause(self.results[()], number)
            self.assertNotIn("OSCE Mission", {o["according_to"] for o in verdict["by_account"]})


class Korea(ProgramTest):
    FOLDER = EXAMPLES / "korea-1953"

    def replay_rows(self, keep):
        for path in [*self.FOLDER.glob("*.truce"), *self.FOLDER.glob("*.geojson"), self.FOLDER / "actors.csv"]:
            self.write(path.name, text(path))
        rows = text(self.FOLDER / "incidents.csv").splitlines(keepends=True)
        incidents = self.write("incidents.csv", "".join(r for r in rows if keep(r)))
        return replay(self.folder / "agreement.truce", incidents)

    def test_a_suspension_by_one_side_alone_changes_no_verdict(self):
        whole = self.replay_rows(lambda row: True)
        without = self.replay_rows(lambda row: not row.startswith("19570621-no-longer-bound"))
        of = [[(v["bearer"], v["incident"], v["verdict"]) for v in clause(r, "2.5")] for r in (whole, without)]
        self.assertEqual(*of)
        self.assertIn(("UN Command", "1958-new-weapons", "broken"), of[0])

    def test_by_one_account_prisoners_were_released_in_time_by_the_other_nobody_can_say(self):
        both = replay(self.FOLDER / "agreement.truce", self.FOLDER / "incidents.csv")
        one = replay(self.FOLDER / "agreement.truce", self.FOLDER / "incidents.csv", "--according-to", "Wikipedia")
        for number in ("3.1", "3.2"):
            self.assertEqual(["unknown"], [v["verdict"] for v in clause(both, number)])
            self.assertEqual(["kept"], [v["verdict"] for v in clause(one, number)])

    def test_a_year_of_crossings_is_a_total_and_no_incident(self):
        self.assertEqual(1, self.replay_rows(lambda row: True)["data"]["totals"])


if __name__ == "__main__":
    unittest.main()
