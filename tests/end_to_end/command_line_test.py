#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every command: what it prints, what it writes, how it ends; and what it does with bad input."""
import json
import pathlib
import re
import signal
import subprocess
import time
import unittest

from program import AGREEMENT, PROGRAM, ROOT, SHARED, ProgramTest, row, run, HEADER

EXAMPLE = ROOT / "examples/syria-2016-09"


class ExitStatus(ProgramTest):
    def test_help_and_version_end_with_0(self):
        for words in (["--help"], ["--version"], ["monitor", "--help"], ["check", "--help"]):
            done = run(*words)
            self.assertEqual(0, done.returncode, words)
            self.assertTrue(done.stdout)

    def test_the_help_of_a_command_shows_how_to_call_it(self):
        for command in ("check", "analyse", "fmt", "explain", "new", "test", "render", "incidents", "monitor"):
            text = run(command, "--help").stdout
            self.assertIn(f"Usage: truce {command} ", text)
            examples = text.split("Examples:\n")[1].splitlines()[:-1]
            self.assertTrue(examples)
            for example in examples:
                self.assertTrue(example.startswith(f"  truce {command} "), example)
        self.assertIn("  truce incidents ", run("--help").stdout)

    def test_an_option_that_is_empty_is_not_one_that_is_absent(self):
        for words in (["monitor", "x.truce", "--incidents", "x.csv", "--beside", ""],
                      ["monitor", "x.truce", "--incidents", "x.csv", "--output="], ["incidents", "x.csv", "--to", ""],
                      ["incidents", ""], ["incidents", "x.csv", "--agreement", ""], ["render", "x.truce", "--for", ""]):
            done = run(*words)
            self.assertEqual(2, done.returncode, words)
            self.assert_one_line(done.stderr)
        self.assertIn("--beside is empty", run("monitor", "x", "--incidents", "y", "--beside", "").stderr)

    def test_a_bad_command_line_ends_with_2_and_one_line(self):
        for words in ([], ["analyze"], ["check"], ["check", "--nonsense", "x"], ["check", "x", "--format", "xml"],
                      ["monitor", "x"]):
            done = run(*words)
            self.assertEqual(2, done.returncode, words)
            self.assert_one_line(done.stderr)
            self.assertIn("--help", done.stderr)

    def test_a_command_that_does_not_exist_is_answered_with_the_nearest(self):
        done = run("chek", "x")
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)
        self.assertIn("did you mean check", done.stderr)

    def test_a_message_is_one_line_whatever_it_names(self):
        done = run("check", "no\nsuch\nfile")
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)

    def test_a_missing_file_ends_with_2_and_names_it(self):
        for words in (["check", "absent.truce"], ["fmt", "absent.truce"], ["test", "absent.truce"],
                      ["monitor", "absent.truce", "--incidents", "absent.csv"],
                      ["monitor", EXAMPLE / "agreement.truce", "--incidents", "absent.csv"]):
            done = run(*words)
            self.assertEqual(2, done.returncode, words)
            self.assert_one_line(done.stderr)
            self.assertIn("absent", done.stderr)

    def test_a_folder_for_a_file_ends_with_2(self):
        done = run("check", self.folder)
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)

    def test_errors_in_the_text_end_with_1(self):
        text = self.write("bad.truce", AGREEMENT.replace("shall", "shal"))
        for words in (["check", text], ["fmt", text], ["test", text]):
            self.assertEqual(1, run(*words).returncode, words)
        incidents = self.write("incidents.csv", HEADER + "\n")
        self.assertEqual(1, run("monitor", text, "--incidents", incidents).returncode)

    def test_breaches_end_with_1_only_when_asked(self):
        text = self.write("small.truce", AGREEMENT)
        attack = row(incident="i", account="a", according_to="A", from_="2030-02-02T10:00", kind="attack",
                     actor="North", target="South")
        incidents = self.write("incidents.csv", f"{HEADER}\n{attack}\n")
        self.assertEqual(0, run("monitor", text, "--incidents", incidents).returncode)
        self.assertEqual(1, run("monitor", text, "--incidents", incidents, "--fail-on", "breach").returncode)
        none = self.write("none.csv", HEADER + "\n")
        self.assertEqual(0, run("monitor", text, "--incidents", none, "--fail-on", "breach").returncode)

    def test_output_that_cannot_be_written_ends_with_2(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "explain", "--list"], stdout=full, stderr=subprocess.PIPE, text=True,
                                  check=False)
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)


class Check(ProgramTest):
    def diagnostics(self, text):
        done = run("check", text, "--format", "json")
        self.assertIn(done.returncode, (0, 1), done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual("truce.diagnostics/1", result["schema"])
        return result["diagnostics"]

    def test_json_gives_code_level_place_and_message(self):
        found = self.diagnostics(self.write("bad.truce", AGREEMENT.replace("each Party shall", "each Party shal")))
        self.assertEqual(1, len(found), found)
        self.assertEqual("error", found[0]["level"])
        self.assertRegex(found[0]["code"], r"^T\d{4}$")
        self.assertEqual(17, found[0]["line"])
        self.assertIn("shall", found[0]["message"])
        for field in ("file", "column", "end_line", "end_column", "labels", "fix"):
            self.assertIn(field, found[0])

    def test_the_shared_examples_have_no_errors(self):
        texts = sorted((SHARED / "examples").rglob("*.truce"))
        if not texts:
            self.skipTest("the shared examples are not beside the repository")
        for text in texts:
            errors = [d for d in self.diagnostics(text) if d["level"] == "error"]
            self.assertEqual([], errors, text)

    def test_our_examples_have_nothing_to_report_but_what_they_explain(self):
        texts = sorted((ROOT / "examples").rglob("agreement.truce"))
        self.assertTrue(texts)
        for text in texts:
            errors = [d for d in self.diagnostics(text) if d["level"] == "error"]
            self.assertEqual([], errors, text)

    def test_a_companion_named_with_its_agreement_is_read_once(self):
        done = run("check", EXAMPLE / "agreement.truce", EXAMPLE / "agreement.companion.truce")
        self.assertIn("2 texts read", done.stdout)

    def test_every_code_that_is_reported_is_explained(self):
        for line in run("explain", "--list").stdout.splitlines():
            code = line.split()[0]
            done = run("explain", code)
            self.assertEqual(0, done.returncode, code)
            self.assertIn(code, done.stdout)
            self.assertGreater(len(done.stdout), 80, code)

    def test_explanations_are_also_json(self):
        one = json.loads(run("explain", "T0103", "--format", "json").stdout)
        self.assertEqual("truce.explanations/1", one["schema"])
        self.assertEqual(["T0103"], [e["code"] for e in one["explanations"]])
        all_of_them = json.loads(run("explain", "--list", "--format", "json").stdout)
        self.assertGreater(len(all_of_them["explanations"]), 60)

    def test_a_code_that_does_not_exist_is_answered_with_the_nearest(self):
        done = run("explain", "T010")
        self.assertEqual(2, done.returncode)
        self.assertIn("did you mean", done.stderr)


class BadInput(ProgramTest):
    def check_ends(self, content, statuses=(0, 1), timeout=120):
        text = self.write("input.truce", content)
        done = run("check", text, timeout=timeout)
        self.assertIn(done.returncode, statuses, done.stderr[-400:])
        return done

    def test_an_empty_file(self):
        self.check_ends(b"")

    def test_nul_bytes_and_bytes_that_are_not_utf_8(self):
        for content in (b"\0" * 100, AGREEMENT.encode().replace(b"North", b"No\0rth"), b"\xff\xfe\x80" * 50,
                        AGREEMENT.encode().replace(b"Small", b"\xc3\x28")):
            done = self.check_ends(content, (1,))
            self.assertIn("T00", done.stdout)

    def test_deep_nesting(self):
        deep = AGREEMENT.replace("from D;", "from " + "[North: " * 20000 + "D" + "]" * 20000 + ";")
        self.check_ends(deep.encode(), (1,))

    def test_64_mebibytes_end_within_seconds(self):
        clause = "{}.1 each Party shall not attack Civilians; from D; consequence none stated.\n"
        body, number = [AGREEMENT], 2
        size = len(AGREEMENT)
        while size < 64 << 20:
            line = clause.format(number)
            body.append(line)
            size += len(line)
            number += 1
        self.check_ends("".join(body).encode(), (0,), timeout=110)

    def test_64_mebibytes_of_nonsense(self):
        self.check_ends((b"shall shal ; . [ | ] \"x\" 1.1 D " * ((64 << 20) // 32)), (1,), timeout=110)

    def test_every_line_end_is_a_line_end(self):
        for ending in ("\n", "\r\n", "\r"):
            text = AGREEMENT.replace("each Party shall", "each Party shal").replace("\n", ending)
            done = run("check", self.write("input.truce", text.encode()), "--format", "lines")
            self.assertRegex(done.stdout, r"input\.truce:17:16: error")

    def test_a_byte_order_mark_is_passed_over(self):
        self.check_ends(b"\xef\xbb\xbf" + AGREEMENT.encode(), (0,))

    def test_an_annex_that_is_missing_is_one_warning(self):
        text = AGREEMENT.replace("moments", "places\n  Country = annex A area;\n  Road = annex B line.\n\nmoments")
        text = text.replace("      from D;\n", "      in Country;\n      from D;\n")
        found = Check.diagnostics(self, self.write("small.truce", text))
        about_places = [d for d in found if d["code"].startswith("T05")]
        self.assertEqual(1, len(about_places), found)
        self.assertEqual("warning", about_places[0]["level"])

    def annexed(self, coordinates):
        self.write("annex-a.geojson", json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"annex": "A", "place": "Country"},
             "geometry": {"type": "Polygon", "coordinates": [coordinates]}}]}))
        text = AGREEMENT.replace("moments", "places\n  Country = annex A area.\n\nmoments")
        return Check.diagnostics(self, self.write("small.truce", text))

    def test_an_area_that_crosses_itself_is_an_error_that_says_where(self):
        found = self.annexed([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]])
        self.assertEqual(["error"], [d["level"] for d in found], found)
        self.assertIn("cross", found[0]["message"] + " ".join(found[0]["notes"]))

    def test_an_area_across_the_date_line_is_an_error(self):
        found = self.annexed([[179, 0], [-179, 0], [-179, 2], [179, 2], [179, 0]])
        self.assertEqual(["error"], [d["level"] for d in found], found)

    def test_an_annex_that_is_no_geojson_is_an_error(self):
        self.write("annex-a.geojson", "{")
        text = AGREEMENT.replace("moments", "places\n  Country = annex A area.\n\nmoments")
        found = Check.diagnostics(self, self.write("small.truce", text))
        self.assertIn("error", [d["level"] for d in found])


class Fmt(ProgramTest):
    def test_rewrites_in_place_and_then_has_nothing_to_do(self):
        untidy = AGREEMENT.replace("\n      from D;", " from   D; -- kept")
        text = self.write("small.truce", untidy)
        self.assertEqual(1, run("fmt", text, "--check").returncode)
        self.assertEqual(untidy, text.read_text())
        self.assertEqual(0, run("fmt", text).returncode)
        self.assertIn("-- kept", text.read_text())
        self.assertEqual(0, run("fmt", text, "--check").returncode)
        self.assertEqual([text], list(self.folder.iterdir()), "no temporary file stays behind")

    def test_a_text_with_errors_is_left_as_it_is(self):
        broken = AGREEMENT.replace("shall", "shal")
        text = self.write("small.truce", broken)
        self.assertEqual(1, run("fmt", text).returncode)
        self.assertEqual(broken, text.read_text())

    def test_reads_standard_input(self):
        done = run("fmt", "-", stdin=AGREEMENT.replace("from D;", "from      D;"))
        self.assertEqual(0, done.returncode)
        self.assertIn("from D;", done.stdout)

    def test_the_examples_are_in_the_canonical_layout(self):
        texts = sorted((ROOT / "examples").rglob("*.truce")) + sorted((ROOT / "vocabulary").glob("*.truce"))
        done = run("fmt", "--check", *texts)
        self.assertEqual(0, done.returncode, done.stdout)

    def test_a_link_stays_a_link_and_a_mode_stays_a_mode(self):
        text = self.write("real/small.truce", AGREEMENT.replace("from D;", "from   D;"))
        text.chmod(0o640)
        link = self.folder / "link.truce"
        link.symlink_to(text)
        self.assertEqual(0, run("fmt", link).returncode)
        self.assertTrue(link.is_symlink())
        self.assertIn("from D;", text.read_text())
        self.assertEqual(0o640, text.stat().st_mode & 0o7777)

    def test_a_file_that_cannot_be_written_is_kept(self):
        text = self.write("locked/small.truce", AGREEMENT.replace("from D;", "from   D;"))
        before = text.read_text()
        # A folder without room for the temporary file: as with a full disk, nothing may be lost.
        done = subprocess.run(["bash", "-c", f'ulimit -f 0; trap "" XFSZ; exec "{PROGRAM}" fmt "{text}"'],
                              capture_output=True, text=True, check=False)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertEqual(before, text.read_text())
        self.assertEqual([text], list(text.parent.iterdir()))


class New(ProgramTest):
    def test_the_skeleton_checks_and_passes_its_scenarios(self):
        done = run("new", "river-valley", cwd=self.folder)
        self.assertEqual(0, done.returncode, done.stderr)
        text = self.folder / "river-valley.truce"
        self.assertIn('truce "River Valley cease-fire"', text.read_text())
        found = Check.diagnostics(self, text)
        self.assertEqual([], [d for d in found if d["level"] == "error"], found)
        # The places are not drawn yet, and the deciding body's rules are not built yet: nothing else.
        self.assertLessEqual({d["code"][:3] for d in found}, {"T05", "T09"}, found)
        self.assertEqual(0, run("fmt", "--check", text, self.folder / "river-valley.companion.truce").returncode)
        played = run("test", text)
        self.assertEqual(0, played.returncode, played.stdout)
        self.assertIn("3 of 3 scenarios passed", played.stdout)

    def test_nothing_is_overwritten(self):
        kept = self.write("a.companion.truce", "mine")
        done = run("new", "a", cwd=self.folder)
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)
        self.assertEqual("mine", kept.read_text())
        self.assertEqual([kept], list(self.folder.iterdir()))

    def test_a_name_and_a_title_of_one_line_are_needed(self):
        for words in ([""], ["a", "--title", "two\nlines"]):
            done = run("new", *words, cwd=self.folder)
            self.assertEqual(2, done.returncode, words)
            self.assert_one_line(done.stderr)
        self.assertEqual([], list(self.folder.iterdir()))

    def test_what_to_do_next_can_be_pasted(self):
        done = run("new", "the Nile's valley", cwd=self.folder)
        command = done.stdout.splitlines()[-1].removeprefix("Next: truce ")
        checked = subprocess.run(["bash", "-c", f'"{PROGRAM}" {command}'], cwd=self.folder, check=False,
                                 capture_output=True)
        self.assertEqual(0, checked.returncode, checked.stderr)

    def test_a_title_may_hold_quotes(self):
        self.assertEqual(0, run("new", "a", "--title", 'The "last" one', cwd=self.folder).returncode)
        self.assertEqual(0, run("check", self.folder / "a.truce").returncode)


class Test(ProgramTest):
    def test_a_scenario_that_comes_out_otherwise_fails_and_says_what_came_out(self):
        text = self.write("small.truce", AGREEMENT + """
scenario "Wrong"
  at 2030-02-02 10:00 North attack South with Weapons;
  expect nobody in breach.
""")
        done = run("test", text)
        self.assertEqual(1, done.returncode)
        self.assertIn("North", done.stdout)
        result = json.loads(run("test", text, "--format", "json").stdout)
        self.assertEqual("truce.scenarios/1", result["schema"])
        self.assertFalse(result["scenarios"][0]["passed"])
        self.assertFalse(result["scenarios"][0]["expectations"][0]["passed"])
        self.assertIn("1.1", result["scenarios"][0]["expectations"][0]["got"])

    def played(self, lines):
        return run("test", self.write("small.truce", AGREEMENT + '\nscenario "One"\n  ' + ";\n  ".join(lines) + ".\n"))

    def test_an_expectation_of_somebody_who_is_not_there_fails(self):
        attack = "at 2030-02-02 10:00 North attack South with Weapons"
        for expectation in ("expect Nroth in breach of 1.1", "expect 1.1 kept by Suoth"):
            done = self.played([attack, expectation])
            self.assertEqual(1, done.returncode, expectation)
            self.assertIn("nobody in this text is called", done.stdout)
            self.assertIn("warning", done.stdout)

    def test_a_clause_that_does_not_bind_somebody_is_not_kept_by_him(self):
        text = AGREEMENT.replace("parties", "bodies\n  Mission.\n\nparties")
        done = run("test", self.write("small.truce", text + """
scenario "One"
  at 2030-02-02 10:00 North attack South with Weapons;
  expect 1.1 kept by Mission.
"""))
        self.assertEqual(1, done.returncode)
        self.assertIn("1.1 does not bind Mission", done.stdout)

    def test_a_scenario_that_expects_nothing_fails(self):
        done = self.played(["at 2030-02-02 10:00 North attack South with Weapons"])
        self.assertEqual(1, done.returncode)
        self.assertIn("expects nothing", done.stdout)

    def test_the_scenarios_of_every_example_pass(self):
        texts = sorted((ROOT / "examples").rglob("agreement.truce"))
        shared = SHARED / "examples"
        texts += [p for p in sorted(shared.rglob("*.truce")) if not p.name.endswith(".companion.truce")]
        for text in texts:
            done = run("test", text)
            self.assertEqual(0, done.returncode, f"{text}\n{done.stdout}{done.stderr}")


class Output(ProgramTest):
    def test_nothing_of_a_confidential_annex_is_written_unless_asked_for(self):
        case = ROOT / "tests/golden/monitor/final_clauses/confidential"
        secret = ["Depots", "Rockets", "7.7", "7.8", "7.9"]
        for words, is_shown in ([], False), (["--for", "South"], False), (["--for", "North"], True):
            out = self.folder / ("out" + "-".join(words))
            written = []
            for form in "text", "json", "html", "csv", "geojson":
                done = run("monitor", case / "case.truce", "--incidents", case / "incidents.csv", "--format", form,
                           "--output", out, *words)
                self.assertEqual(0, done.returncode, done.stderr)
                written += [done.stdout, done.stderr]
            written += [path.read_text(encoding="utf-8") for path in sorted(out.iterdir())]
            # What the record itself tells of an incident is no secret of the text.
            found = {word for word in secret for one in written if word in one} - {"Rockets"}
            self.assertEqual({"7.7", "7.8"} <= found, is_shown, found)
            self.assertEqual(bool(found), is_shown, found)
            self.assertEqual(not is_shown, "3 clauses of confidential annexes are not shown" in written[0])

    def test_the_report_folder_is_whole(self):
        out = self.folder / "a/b"
        done = run("monitor", EXAMPLE / "agreement.truce", "--incidents", EXAMPLE / "incidents.csv", "--output", out)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(["incidents.geojson", "report.html", "verdicts.csv", "verdicts.json"],
                         sorted(p.name for p in out.iterdir()))
        self.assertEqual("truce.verdicts/1", json.loads((out / "verdicts.json").read_text())["schema"])
        self.assertEqual("FeatureCollection", json.loads((out / "incidents.geojson").read_text())["type"])
        page = (out / "report.html").read_text()
        # Self-contained: nothing is fetched.
        self.assertNotRegex(page, r'(?:src|href)\s*=\s*["\']?(?:https?:)?//')
        self.assertNotRegex(page, r'url\(\s*["\']?https?:')

    def test_an_interrupted_run_leaves_whole_files_or_none(self):
        out = self.folder / "out"
        words = [PROGRAM, "monitor", EXAMPLE / "agreement.truce", "--incidents", EXAMPLE / "incidents.csv",
                 "--output", out]
        self.assertEqual(0, subprocess.run(words, stdout=subprocess.DEVNULL, check=False).returncode)
        before = {p.name: p.read_bytes() for p in out.iterdir()}
        for attempt in range(12):
            process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
            time.sleep(0.02 * attempt)
            process.send_signal(signal.SIGKILL)
            process.wait()
            for name, content in before.items():
                self.assertEqual(content, (out / name).read_bytes(), name)


class Words(unittest.TestCase):
    def test_no_sentence_is_more_than_a_person_would_read(self):
        # Messages: lower-case start, no full stop, no "please".
        for line in run("explain", "--list").stdout.splitlines():
            message = re.split(r"\s{2,}", line, maxsplit=2)[2]
            self.assertFalse(message.endswith("."), line)
            self.assertNotIn("please", message.lower(), line)
            self.assertTrue(message[0] in "`{«" or message[0].islower() or message.split()[0].isupper(), line)


if __name__ == "__main__":
    assert pathlib.Path(PROGRAM).exists(), PROGRAM
    unittest.main()
