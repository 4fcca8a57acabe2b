#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce talks packages` where there is too much to search: it says so, and what it knows."""
import json
import os
import pty
import random
import signal
import subprocess
import time
import unittest

from program import PROGRAM, ProgramTest, run


def large_game():
    """8 parties, 10^30 packages, 200 exclusions."""
    dice = random.Random(8)
    issues, options = 30, 10
    exclusions = []
    for _ in range(200):
        first, second = dice.sample(range(issues), 2)
        exclusions.append({"exclude": [{"issue": first, "options": [dice.randrange(options)]},
                                       {"issue": second, "options": [dice.randrange(options)]}]})
    return json.dumps({
        "issues": [{"name": f"I{i}", "values": [f"o{o}" for o in range(options)]} for i in range(issues)],
        "parties": [{"name": f"P{p}",
                     "contrib": [[dice.randrange(101) for _ in range(options)] for _ in range(issues)]}
                    for p in range(8)],
        "constraints": exclusions})


def many_packages():
    """6 parties, 10^10 packages: too many of them cannot be bettered."""
    dice = random.Random(6)
    return json.dumps({
        "issues": [{"name": f"I{i}", "values": [f"o{o}" for o in range(10)]} for i in range(10)],
        "parties": [{"name": f"P{p}", "contrib": [[dice.randrange(101) for _ in range(10)] for _ in range(10)]}
                    for p in range(6)]})


class PackagesTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("game.json", large_game())

    def assert_is_an_honest_part(self, answer):
        self.assertEqual("truce.packages/1", answer["schema"])
        self.assertFalse(answer["frontier"]["complete"])
        self.assertTrue(answer["frontier"]["problem"])
        for rule in ("nash", "egalitarian", "utilitarian"):
            chosen = answer[rule]
            if chosen is not None:
                self.assertEqual(30, len(chosen["package"]))
                self.assertEqual(chosen["complete"], chosen["at_most"] is None)
                self.assertGreaterEqual(chosen["at_most"] or chosen["reached"], chosen["reached"])

    def test_a_time_limit_ends_the_search_with_what_is_known(self):
        begin = time.monotonic()
        done = run("talks", "packages", "game.json", "--time-limit", "0.5", "--format", "json", cwd=self.folder)
        self.assertLess(time.monotonic() - begin, 30)
        self.assertEqual(0, done.returncode, done.stderr)
        answer = json.loads(done.stdout)
        self.assert_is_an_honest_part(answer)
        least = min(float(utility) for utility in answer["egalitarian"]["utilities"])
        self.assertEqual(least, answer["egalitarian"]["reached"])
        text = run("talks", "packages", "game.json", "--time-limit", "0.5", cwd=self.folder)
        self.assertIn("Not all packages that cannot be bettered were found: ", text.stdout)
        self.assertIn("egalitarian: the one who gets least gets most\n  I0: ", text.stdout)

    def test_a_proof_shows_what_was_found_in_time_and_the_rest_is_named(self):
        self.write("many.json", many_packages())
        done = run("talks", "packages", "many.json", "--time-limit", "8", "--proof", "many.proof", "--format", "json",
                   cwd=self.folder)
        if done.returncode == 2:
            # A machine with much else to do: then all that was asked is named.
            for what in ("that all others lie near: ", "Nash: ", "egalitarian: ", "utilitarian: "):
                self.assertIn(what, done.stderr)
            return
        self.assertEqual(0, done.returncode, done.stderr)
        answer = json.loads(done.stdout)
        shown = json.loads(run("talks", "verify-proof", "many.json", "many.proof", "--format", "json",
                               cwd=self.folder).stdout)
        self.assertTrue(shown["holds"], shown["problem"])
        unproved = {line.split(":")[0] for line in answer["unproved"]}
        for rule, name in (("nash", "Nash"), ("kalai_smorodinsky", "Kalai-Smorodinsky"),
                           ("egalitarian", "egalitarian"), ("utilitarian", "utilitarian")):
            self.assertNotEqual(rule in shown["rules"], name in unproved)
        if answer["frontier"]["complete"]:
            self.assertNotEqual(shown["points"] is not None, "the frontier" in unproved)
        else:
            self.assertNotEqual(shown["nearby"] is not None, "that all others lie near" in unproved)

    def test_an_interrupt_ends_the_search_with_what_is_known(self):
        with subprocess.Popen([PROGRAM, "talks", "packages", "game.json", "--format", "json"], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        self.assertEqual(0, process.returncode, errors)
        self.assert_is_an_honest_part(json.loads(output))

    def test_who_waits_at_a_terminal_is_told_what_is_done_and_the_line_is_taken_away(self):
        ours, theirs = pty.openpty()
        with subprocess.Popen([PROGRAM, "talks", "packages", "game.json", "--time-limit", "2.5", "--format", "json"],
                              cwd=self.folder, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
            output, _ = process.communicate(timeout=60)
        os.close(theirs)
        told = os.read(ours, 65536).decode()
        os.close(ours)
        self.assertEqual(0, process.returncode)
        self.assert_is_an_honest_part(json.loads(output))
        self.assertIn("\r\x1b[Ktruce: asking the rules one by one …", told)
        self.assertTrue(told.endswith("\r\x1b[K"), repr(told))

    def test_a_time_limit_is_a_number_above_zero(self):
        for limit in ("0", "-1", "soon"):
            done = run("talks", "close", "game.json", "--time-limit", limit, cwd=self.folder)
            self.assertEqual(2, done.returncode)
            self.assert_one_line(done.stderr)


if __name__ == "__main__":
    unittest.main()
