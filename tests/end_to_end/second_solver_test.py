#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every question that `truce analyse` put to its solver is answered again by another one, cvc5 (Debian package cvc5)."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from program import ROOT, ProgramTest, run

CVC5 = shutil.which("cvc5")


@unittest.skipUnless(CVC5, "cvc5 is not installed; on Debian: apt-get install cvc5")
class SecondSolver(ProgramTest):
    def answered_again(self, draft):
        """How many questions there were; each has the same answer."""
        with tempfile.TemporaryDirectory() as folder:
            done = run("analyse", draft, "--dump-smtlib", folder)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            questions = sorted(pathlib.Path(folder).glob("*.smt2"))
            for question in questions:
                text = question.read_text(encoding="utf-8")
                answer = subprocess.run([CVC5, "--tlimit=60000", str(question)], capture_output=True, text=True,
                                        check=False).stdout.strip()
                self.assertIn(f"(set-info :status {answer})", text, f"{draft}: {question.name}")
            return len(questions)

    def test_it_says_the_same(self):
        drafts = sorted((ROOT / "tests/golden/analyse").glob("*/*.truce"))
        drafts += sorted((ROOT / "examples").glob("*/agreement.truce"))
        self.assertGreater(sum(self.answered_again(draft) for draft in drafts), 50)


if __name__ == "__main__":
    unittest.main()
