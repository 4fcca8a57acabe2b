# SPDX-License-Identifier: Apache-2.0
"""Runs the program as a person would, for the tests of this folder."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TRUCE_PROGRAM", str(ROOT / "build/dev/truce"))
SHARED = ROOT.parent / "shared"
HEADER = ("incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,latitude,longitude,radius_m,"
          "place,deaths_low,deaths_best,deaths_high,observed_by,confidence,source,source_id,note,clauses")
COLUMNS = HEADER.split(",")

# A short agreement with one prohibition: what it takes to see how rows are read.
AGREEMENT = """truce "Small";
  of 2030-01-01;
  clock Local at UTC+02:00;
  days of 24 hours;
  languages en authentic;
  vocabulary "truce/ceasefire-1".

parties
  North;
  South.

moments
  D = 2030-02-01 19:00.

article 1 "Cessation"

1.1 each Party shall not attack another Party or Civilians with Weapons;
      from D;
      for 48 hours;
      consequence none stated.
"""


def run(*words, stdin=None, cwd=None, environment=None, timeout=120):
    """The finished process; output as text."""
    return subprocess.run([PROGRAM, *map(str, words)], input=stdin, capture_output=True, text=True, cwd=cwd or ROOT,
                          env={**os.environ, **(environment or {})}, timeout=timeout, check=False)


def row(**fields):
    """One line of an incident file in the `truce` format."""
    unknown = set(fields) - set(COLUMNS) - {"from_"}
    assert not unknown, unknown
    values = {"from": fields.pop("from_", ""), **fields}
    quoted = ['"' + v.replace('"', '""') + '"' if any(c in v for c in ',"\r\n') else v
              for v in (str(values.get(column, "")) for column in COLUMNS)]
    return ",".join(quoted)


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own, removed afterwards."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="truce-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8", newline="")
        return path

    def assert_one_line(self, text):
        self.assertEqual(1, len(text.splitlines()), text)

    def replay(self, rows, *words, agreement=AGREEMENT, header=HEADER, status=0):
        """The verdicts of `rows` on `agreement`, as JSON."""
        text = self.write("small.truce", agreement)
        lines = rows if isinstance(rows, bytes) else "\n".join([header, *rows]) + "\n"
        incidents = self.write("incidents.csv", lines)
        done = run("monitor", text, "--incidents", incidents, "--format", "json", *words)
        self.assertEqual(status, done.returncode, done.stderr)
        return json.loads(done.stdout) if status != 2 else done.stderr

    def outcomes(self, result, clause="1.1"):
        """(bearer, incident) -> verdict, of the listed verdicts of a clause."""
        return {(v["bearer"], v["incident"]): v["verdict"] for v in result["verdicts"] if v["clause"] == clause}
