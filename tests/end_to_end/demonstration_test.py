#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce serve --demonstration`: the shipped truce with somebody of each role, loaded once."""
import json
import pathlib
import re
import unittest

from program import ROOT, ProgramTest, run
from server import Server

SYRIA = ROOT / "examples/syria-2016-09"
ROLES = {"mediator", "monitor", "verifier", "reporter", "delegate", "convoy-officer", "auditor", "administrator"}


def people_of(said):
    """Name -> password and role, as they were printed."""
    lines = [re.fullmatch(r"  (\S+) +(\S+)  (\S+)(?: of .+)?", line) for line in said]
    return {line[1]: (line[2], line[3]) for line in lines if line}


class Demonstration(ProgramTest):
    def serve(self, folder=SYRIA):
        return Server(str(self.folder / "workspace"), ("--demonstration", str(folder)))

    def get(self, server, path, session=None):
        status, _, body = server.ask("GET", path, headers=session)
        self.assertEqual(200, status, body)
        return json.loads(body)

    def test_a_truce_with_somebody_of_each_role_is_loaded_once(self):
        with self.serve() as server:
            people = people_of(server.said)
            self.assertEqual(ROLES, {role for _, role in people.values()})
            self.assertEqual(len(people), len({password for password, _ in people.values()}))
            self.assertFalse([line for line in server.said if "#invitation=" in line])
            sessions = {name: server.sign_in(name, people[name][0]) for name in ("opposition", "verifier")}
            verdicts = self.get(server, "/api/v1/verdicts")
            self.assertGreater(len(verdicts["verdicts"]), 100)
            self.assertEqual(1, len(self.get(server, "/api/v1/findings")["findings"]))
            self.assertEqual(2, len(self.get(server, "/api/v1/findings", sessions["verifier"])["findings"]))
            self.assertEqual("overdue", self.get(server, "/api/v1/questions", sessions["opposition"])["questions"][0]["state"])
            notices = self.get(server, "/api/v1/convoys", sessions["opposition"])["notices"]
            self.assertEqual([False, False], [notice["is_permission"] for notice in notices])
            self.assertEqual(3, len(self.get(server, "/api/v1/reports")["reports"]))
        with self.serve() as server:
            self.assertEqual({}, people_of(server.said))
            self.assertEqual(verdicts["digest"], self.get(server, "/api/v1/verdicts")["digest"])
            server.sign_in("opposition", people["opposition"][0])
        # What was made on the way is gone, and the passwords are nowhere.
        self.assertEqual(["workspace"], [path.name for path in self.folder.iterdir()])
        for path in (self.folder / "workspace").rglob("*"):
            if path.is_file():
                self.assertNotIn(people["mediator"][0].encode(), path.read_bytes())

    def test_what_is_invented_says_so(self):
        script = json.loads((SYRIA / "demonstration.json").read_text(encoding="utf-8"))
        for step in script["steps"]:
            said = [step.get("json", {}).get(name) for name in ("text", "cargo", "note")]
            for text in filter(None, said):
                self.assertRegex(text, r"[Ii]nvented for demonstration")

    def test_a_folder_without_a_demonstration_is_refused_and_leaves_nothing(self):
        done = run("serve", "--data", self.folder / "workspace", "--port", "0", "--demonstration", ROOT / "examples/korea-1953")
        self.assertEqual(2, done.returncode)
        self.assert_one_line(done.stderr)
        self.assertIn("demonstration.json", done.stderr)
        self.assertEqual([], list(pathlib.Path(self.folder).iterdir()))


if __name__ == "__main__":
    unittest.main()
