#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The workloads of bench/ against a hand-written program for each: the ids that both list are one set.

With `--long` all of the recorded answers; without it 10,000 events of one seed, the fourth workload cut short."""
import csv
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import ROOT, SHARED, run

BENCH = SHARED / "bench"
EXPECTED = SHARED / "conformance/monitor/expected.csv"
CUT_LINES = 60_000
IS_LONG = "--long" in sys.argv


def built(folder, name):
    program = folder / name
    subprocess.run(["g++", "-O2", "-std=c++17", "-w", BENCH / f"{name}.cpp", "-o", program], check=True)
    return program


@unittest.skipUnless((BENCH / "gen.cpp").exists(), "the generator of the workloads is not beside the repository")
@unittest.skipUnless(shutil.which("g++"), "there is no g++ to build the generator with")
class Workloads(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.generator, cls.reference = built(cls.folder, "gen"), built(cls.folder, "ref")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def generated(self, workload, events, seed):
        """The prefix of the generated files."""
        family = workload[:2]
        prefix = self.folder / f"{family}.{events}.{seed}"
        if not prefix.with_name(prefix.name + ".csv").exists():
            subprocess.run([self.generator, family, str(events), str(seed), prefix], check=True)
        return str(prefix)

    def listed(self, workload, path, *settings):
        options = [word for setting in settings for word in ("--set", setting)]
        done = run("monitor", ROOT / f"bench/workloads/{workload}.truce", "--incidents", path, *options,
                   "--format", "ids")
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.splitlines()

    def by_reference(self, workload, path, *arguments):
        return subprocess.run([self.reference, workload, path, *arguments], check=True, capture_output=True,
                              text=True).stdout.splitlines()

    def check_equal(self, workload, path, arguments=(), settings=()):
        expected = self.by_reference(workload, path, *arguments)
        listed = self.listed(workload, path, *settings)
        self.assertEqual(sorted(expected), sorted(listed))
        return len(expected)

    @unittest.skipIf(IS_LONG, "the recorded answers hold them, too")
    def test_three_workloads_of_ten_thousand_events(self):
        for workload in ("w1", "w2", "w3"):
            with self.subTest(workload):
                prefix = self.generated(workload, 10_000, 7)
                zones = f"{prefix}.zones.csv"
                is_first = workload == "w1"
                found = self.check_equal(workload, f"{prefix}.csv", (zones,) if is_first else (),
                                         (f"zones={zones}",) if is_first else ())
                self.assertGreater(found, 10)

    @unittest.skipIf(IS_LONG, "the recorded answers hold them, too")
    def test_counts_and_quiet_of_a_file_cut_short(self):
        prefix = self.generated("w4", 100_000, 7)
        cut = self.folder / "cut.csv"
        with open(f"{prefix}.csv", encoding="ascii") as file:
            cut.write_text("".join(line for _, line in zip(range(CUT_LINES), file)), encoding="ascii")
        self.assertGreater(self.check_equal("w4a", str(cut), ("20",), ("k=20",)), 10)
        self.assertGreater(self.check_equal("w4b", str(cut)), 10)

    @unittest.skipUnless(IS_LONG, "takes minutes; ./test --long runs it")
    def test_every_recorded_answer(self):
        with open(EXPECTED, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in sorted(rows, key=lambda row: (row["workload"][:2], row["events"], row["seed"])):
            with self.subTest(f"{row['workload']} {row['events']} {row['seed']}"):
                workload = row["workload"]
                prefix = self.generated(workload, int(row["events"]), int(row["seed"]))
                settings = {"w1": [f"zones={prefix}.zones.csv"], "w4a": [f"k={row['argument']}"]}.get(workload, [])
                listed = set(self.listed(workload, f"{prefix}.csv", *settings))
                self.assertEqual(int(row["violations"]), len(listed))
                # In the order of the reference, so that the recorded hash can be compared.
                extra = {"w1": (f"{prefix}.zones.csv",), "w4a": (row["argument"],)}.get(workload, ())
                ordered = [line for line in self.by_reference(workload, f"{prefix}.csv", *extra) if line in listed]
                text = "".join(f"{line}\n" for line in ordered)
                self.assertEqual(row["sha256_of_violating_ids_one_per_line"], hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--long"])
