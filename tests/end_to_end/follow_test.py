#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce monitor --follow`: growing files, pipes, checkpoints, and what a kill in between changes: nothing."""
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import unittest

from program import AGREEMENT, HEADER, PROGRAM, ROOT, ProgramTest, row, run

KILLS = 200 if "--long" in sys.argv else 20
DUTY = AGREEMENT + """
1.2 North shall withdraw Tanks;
      not later than 2030-02-02 12:00;
      consequence none stated.
"""
PATIENCE_S = 60


def attack(incident, at, actor="North", **more):
    return row(**{"incident": incident, "account": "m", "according_to": "Mission", "reported_at": at, "from_": at,
                  "kind": "attack", "actor": actor, "target": "Civilians", "weapon": "Rockets", **more})


class Following:
    """A program that follows, its lines as they come."""

    def __init__(self, *words, stdin=subprocess.DEVNULL):
        self.process = subprocess.Popen([PROGRAM, "monitor", *map(str, words), "--follow"], cwd=ROOT, stdin=stdin,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.set_blocking(self.process.stdout.fileno(), False)
        os.set_blocking(self.process.stderr.fileno(), False)
        self.output = b""
        self.errors = b""

    def look(self):
        if self.process.stdout.closed:
            return
        self.output += self.process.stdout.read() or b""
        self.errors += self.process.stderr.read() or b""

    def lines(self):
        self.look()
        return self.output.decode().split("\n")[:-1]

    def wait_for(self, what):
        """Until `what(lines, errors)` holds."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if what(self.lines(), self.errors.decode()):
                return self.lines()
            if self.process.poll() is not None:
                self.look()
                if what(self.lines(), self.errors.decode()):
                    return self.lines()
                break
            time.sleep(0.005)
        raise AssertionError(f"still waiting; output {self.output!r}, errors {self.errors!r}")

    def end(self, number=signal.SIGTERM):
        """The exit status after the signal."""
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE_S)
        os.set_blocking(self.process.stdout.fileno(), True)
        os.set_blocking(self.process.stderr.fileno(), True)
        self.look()
        self.process.stdout.close()
        self.process.stderr.close()
        return status


class FollowingTest(ProgramTest):
    """With a file that grows."""

    def setUp(self):
        super().setUp()
        self.text = self.write("small.truce", DUTY)
        self.file = self.write("incidents.csv", HEADER + "\n")

    def add(self, text):
        with open(self.file, "a", encoding="utf-8") as file:
            file.write(text)

    def follow(self, *words):
        following = Following(self.text, "--incidents", self.file, *words)
        self.addCleanup(lambda: following.process.poll() is None and following.end(signal.SIGKILL))
        return following


class GrowingFile(FollowingTest):
    def test_a_verdict_is_told_when_its_row_is_there(self):
        following = self.follow()
        following.wait_for(lambda lines, _: len(lines) == 1)
        self.add(attack("mill", "2030-02-02T10:00") + "\n")
        lines = following.wait_for(lambda lines, _: len(lines) == 2)
        self.assertEqual("2  1.1 North at mill (2 February 2030, 10:00): broken", lines[1])
        # A deadline passes when the present of the record moves past it.
        self.add(attack("ford", "2030-02-03T10:00") + "\n")
        lines = following.wait_for(lambda lines, _: len(lines) == 4)
        self.assertEqual(["3  1.1 North at ford (3 February 2030, 10:00): broken",
                          "4  1.2 North (2 February 2030, 12:00): unknown, was pending"], lines[2:])
        self.assertEqual(0, following.end(signal.SIGINT))

    def test_half_a_line_is_waited_for(self):
        following = self.follow()
        following.wait_for(lambda lines, _: len(lines) == 1)
        line = attack("mill", "2030-02-02T10:00", note="two\nlines")
        for at in range(0, len(line), 40):
            self.add(line[at:at + 40])
            time.sleep(0.03)
        self.assertEqual(1, len(following.lines()))
        self.add("\n")
        following.wait_for(lambda lines, _: len(lines) == 2)
        self.assertEqual(0, following.end())

    def test_a_truncated_file_is_read_from_its_start_and_nothing_is_lost(self):
        following = self.follow()
        self.add(attack("mill", "2030-02-02T10:00") + "\n" + attack("ford", "2030-02-02T11:00") + "\n")
        following.wait_for(lambda lines, _: len(lines) == 3)
        self.file.write_text(HEADER + "\n")
        following.wait_for(lambda _, errors: "truncated" in errors)
        self.add(attack("well", "2030-02-02T11:30") + "\n")
        lines = following.wait_for(lambda lines, _: len(lines) == 4)
        self.assertIn("well", lines[3])
        self.assertEqual(0, following.end())
        self.assertIn("4 verdicts stand", following.errors.decode())

    def test_a_file_that_was_truncated_and_grew_again_is_noticed(self):
        following = self.follow()
        self.add(attack("mill", "2030-02-02T10:00") + "\n")
        following.wait_for(lambda lines, _: len(lines) == 2)
        grown = [attack(f"after-{i}", "2030-02-02T11:00") for i in range(9)]
        self.file.write_text("\n".join([HEADER, *grown]) + "\n")
        following.wait_for(lambda lines, _: len(lines) == 11)
        self.assertIn("truncated", following.errors.decode())
        self.assertEqual(0, following.end())

    def test_a_file_that_took_its_name_is_read_too_with_a_header_or_without(self):
        following = self.follow()
        # The last line of the file that is moved away has no end.
        self.add(attack("mill", "2030-02-02T10:00"))
        following.wait_for(lambda lines, _: len(lines) == 1)
        time.sleep(0.1)
        os.rename(self.file, self.folder / "incidents.csv.1")
        time.sleep(0.3)
        self.file.write_text(HEADER + "\n" + attack("ford", "2030-02-02T11:00") + "\n")
        lines = following.wait_for(lambda lines, _: len(lines) == 3)
        self.assertIn("mill", lines[1])
        self.assertIn("ford", lines[2])
        os.rename(self.file, self.folder / "incidents.csv.2")
        self.file.write_text(attack("well", "2030-02-02T11:30") + "\n")
        following.wait_for(lambda lines, _: len(lines) == 4)
        self.assertEqual(2, following.errors.decode().count("replaced"))
        self.assertEqual(0, following.end())

    def test_a_bad_row_is_named_by_its_line_in_the_file(self):
        following = self.follow()
        self.add(attack("mill", "2030-02-02T10:00", note="a\nb") + "\n\n" + attack("bad", "tomorrow") + "\n")
        following.wait_for(lambda _, errors: ":5:" in errors)
        self.assertEqual(0, following.end())

    def test_with_the_clock_of_the_wall_a_deadline_passes_without_rows(self):
        due = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 2 * 3600 - 60))
        self.text.write_text(DUTY.replace("2030-02-02 12:00", due).replace("of 2030-01-01", "of 2020-01-01"))
        following = self.follow("--clock", "now")
        lines = following.wait_for(lambda lines, _: len(lines) == 1)
        self.assertIn("unknown", lines[0])
        self.assertEqual(0, following.end())
        following = self.follow()
        lines = following.wait_for(lambda lines, _: len(lines) == 1)
        self.assertIn("pending", lines[0])
        self.assertEqual(0, following.end())

    def test_waiting_costs_no_time(self):
        following = self.follow()
        following.wait_for(lambda lines, _: len(lines) == 1)
        ticks = os.sysconf("SC_CLK_TCK")

        def used():
            with open(f"/proc/{following.process.pid}/stat", encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / ticks

        before = used()
        time.sleep(2)
        self.assertLess(used() - before, 0.1)
        self.assertEqual(0, following.end())


class Pipe(ProgramTest):
    def test_fail_on_breach_counts_what_one_of_several_broke(self):
        text = self.write("small.truce", AGREEMENT)
        for actor, status in (("North|South", 1), ("North", 1), ("", 0)):
            done = run("monitor", text, "--incidents", "-", "--follow", "--fail-on", "breach",
                       stdin=f"{HEADER}\n{attack('mill', '2030-02-02T10:00', actor=actor)}\n")
            self.assertEqual(status, done.returncode, (actor, done.stdout, done.stderr))

    def test_the_lines_add_up_to_the_replay_of_all(self):
        example = ROOT / "examples/syria-2016-09"
        rows = (example / "incidents.csv").read_text(encoding="utf-8")
        done = run("monitor", example / "agreement.truce", "--incidents", "-", "--follow", "--format", "json",
                   stdin=rows)
        self.assertEqual(0, done.returncode, done.stderr)
        stands = {}
        for number, line in enumerate(done.stdout.splitlines(), 1):
            change = json.loads(line)
            self.assertEqual(("truce.changes/1", number), (change["schema"], change["number"]))
            if change["clause"] == "1.1":
                key = (change["clause"], change["bearer"], change["incident"])
                self.assertEqual(stands.get(key, change["was"]), change["was"])
                stands[key] = change["verdict"]
        whole = json.loads(run("monitor", example / "agreement.truce", "--incidents", example / "incidents.csv",
                               "--format", "json").stdout)
        self.assertIn(whole["digest"], done.stderr)
        self.assertEqual({(v["clause"], v["bearer"], v["incident"]): v["verdict"]
                          for v in whole["verdicts"] if v["clause"] == "1.1"},
                         {key: verdict for key, verdict in stands.items() if verdict != "kept"})


def numbered(lines):
    return {int(re.match(r"(\d+)  ", line).group(1)): line for line in lines}


class Checkpoint(FollowingTest):
    def test_it_goes_on_without_reading_again_and_says_nothing_twice(self):
        saved = self.folder / "saved"
        self.add(attack("mill", "2030-02-02T10:00") + "\n" + attack("ford", "2030-02-02T11:00")[:30])
        following = self.follow("--checkpoint", saved)
        following.wait_for(lambda lines, _: len(lines) == 2)
        self.assertEqual(0, following.end())
        # What was read is not looked at again: other bytes of the same length, the last ones before the place kept.
        text = self.file.read_bytes()
        self.file.write_bytes(text.replace(b"incident,", b"incidenx,"))
        self.add(attack("ford", "2030-02-02T11:00")[30:] + "\n")
        following = self.follow("--checkpoint", saved)
        lines = following.wait_for(lambda lines, _: len(lines) == 1)
        self.assertEqual(["3  1.1 North at ford (2 February 2030, 11:00): broken"], lines)
        self.assertEqual(0, following.end())
        self.assertIn("2 rows read", following.errors.decode())

    def test_a_replaced_file_is_read_anew_and_nothing_is_told_twice(self):
        saved = self.folder / "saved"
        self.add(attack("mill", "2030-02-02T10:00") + "\n")
        following = self.follow("--checkpoint", saved)
        following.wait_for(lambda lines, _: len(lines) == 2)
        self.assertEqual(0, following.end())
        self.file.write_text("\n".join([HEADER, attack("well", "2030-02-02T09:00"),
                                        attack("mill", "2030-02-02T10:00")]) + "\n")
        following = self.follow("--checkpoint", saved)
        lines = following.wait_for(lambda lines, _: len(lines) == 1)
        self.assertIn("well", lines[0])
        self.assertIn("is read from its start", following.errors.decode())
        self.assertEqual(0, following.end())

    def refused(self, saved, *words, says):
        done = run("monitor", self.text, "--incidents", "-", "--follow", "--checkpoint", saved, *words, stdin=HEADER)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assert_one_line(done.stderr)
        self.assertIn(says, done.stderr)

    def test_one_made_with_something_else_is_refused(self):
        saved = self.folder / "saved"
        actors = self.write("others.csv", "name,actor,relation,from,to,source,note\n")
        rows = HEADER + "\n" + attack("mill", "2030-02-02T10:00") + "\n"
        words = ("monitor", self.text, "--incidents", "-", "--follow", "--checkpoint", saved)
        self.assertEqual(0, run(*words, stdin=rows).returncode)
        again = run(*words, stdin=rows)
        self.assertEqual((0, ""), (again.returncode, again.stdout))
        self.refused(saved, "--according-to", "Mission", says="other options")
        self.refused(saved, "--actors", actors, says="another actor file")
        whole = saved.read_bytes()
        self.text.write_text(DUTY.replace("for 48 hours", "for 49 hours"))
        self.refused(saved, says="another agreement")
        self.text.write_text(DUTY)
        for at in range(0, len(whole), 97):
            saved.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
            self.refused(saved, says="saved")
            saved.write_bytes(whole[:at])
            self.refused(saved, says="saved")

    def test_where_it_cannot_be_written_the_one_before_stays(self):
        saved = self.folder / "saved"
        rows = HEADER + "\n" + attack("mill", "2030-02-02T10:00") + "\n"
        words = ("monitor", self.text, "--incidents", "-", "--follow", "--checkpoint", saved)
        self.assertEqual(0, run(*words, stdin=rows).returncode)
        before = saved.read_bytes()
        more = HEADER + "\n" + attack("ford", "2030-02-02T10:00") + "\n"
        # A limit on the size of files stands in for a full disk.
        limited = subprocess.run(["bash", "-c", 'ulimit -f 1; trap "" XFSZ; exec "$@"', "-", PROGRAM,
                                  *map(str, words), "--checkpoint-rows", "1"], input=more * 20, text=True, cwd=ROOT,
                                 capture_output=True, timeout=PATIENCE_S, check=False)
        self.assertEqual(2, limited.returncode, limited.stderr)
        self.assertEqual(before, saved.read_bytes())
        self.assertEqual([saved], [path for path in self.folder.iterdir() if path.name.startswith("saved")])


def random_rows(dice, count):
    """Rows of some thirty incidents: several accounts, in any order, corrected and withdrawn."""
    rows = []
    for number in range(count):
        hour = dice.randrange(60)
        at = f"2030-02-{1 + hour // 24:02}T{hour % 24:02}:00"
        reported = f"2030-02-{4 + dice.randrange(20):02}T{dice.randrange(24):02}:{dice.randrange(60):02}"
        who = dice.choice(["Mission", "North", "South"])
        kind = dice.choice(["attack"] * 8 + ["withdrawn", "withdraw"])
        rows.append(row(incident=f"i{dice.randrange(30)}", account=who, according_to=who, reported_at=reported, from_=at,
                        kind=kind, actor=dice.choice(["North", "South", "North|South", ""]),
                        target=dice.choice(["Civilians", "South", "Tanks"]), weapon="Rockets", note=f"row {number}"))
    return rows


class Kill(FollowingTest):
    def test_after_any_kill_the_numbered_lines_are_as_if_nothing_had_happened(self):
        dice = random.Random(20160912)
        rows = [*random_rows(dice, 20 * KILLS), attack("last", "2030-02-02T10:00")]
        expected = run("monitor", self.text, "--incidents", "-", "--follow", stdin="\n".join([HEADER, *rows]) + "\n",
                       timeout=600)
        wanted = numbered(expected.stdout.splitlines())
        self.assertGreater(len(wanted), 2 * KILLS)
        words = ("--checkpoint", self.folder / "saved", "--checkpoint-rows", "7")
        seen = {}

        def merge(lines, first_allowed):
            found = numbered(lines)
            for number, line in found.items():
                self.assertEqual(wanted[number], line)
                self.assertEqual(line, seen.setdefault(number, line))
            if found:
                self.assertLessEqual(min(found), first_allowed)
                self.assertEqual(list(range(min(found), max(found) + 1)), sorted(found))

        for kill in range(KILLS):
            following = self.follow(*words)
            for line in rows[20 * kill:20 * kill + 20]:
                cut = dice.randrange(len(line))
                self.add(line[:cut])
                if dice.random() < 0.2:
                    time.sleep(dice.random() * 0.01)
                self.add(line[cut:] + "\n")
            time.sleep(dice.random() * 0.05)
            following.end(signal.SIGKILL)
            merge(following.lines(), len(seen) + 1)
        following = self.follow(*words)
        self.add(rows[-1] + "\n")
        following.wait_for(lambda lines, _: len(seen | numbered(lines)) == len(wanted))
        self.assertEqual(0, following.end())
        merge(following.lines(), len(seen) + 1)
        self.assertEqual(wanted, seen)
        digest = re.search(r"digest (\w+)", expected.stderr).group(1)
        self.assertIn(digest, following.errors.decode())
        self.assertIn(f"{len(rows)} rows read", following.errors.decode())


if __name__ == "__main__":
    unittest.main(argv=[word for word in sys.argv if word != "--long"])
