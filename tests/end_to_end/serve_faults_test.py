# SPDX-License-Identifier: Apache-2.0
"""The workspace is killed while many write, and the calls of its writes to the system are made to fail: what was
acknowledged is there once, and the ledger verifies.

usage: serve_faults_test.py [--long [--first ROUND]] [TEST …]
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from program import run
from server import Server

WRITERS = 16
FIRST = 0
ROUNDS = 50
FEW = (("fsync", "EIO", 3), ("pwrite64", "ENOSPC", 4))
ALL = tuple((call, error, number) for call, error, most in (
    ("fsync", "EIO", 16), ("fdatasync", "EIO", 8), ("pwrite64", "ENOSPC", 24), ("write", "ENOSPC", 12),
    ("rename", "EIO", 8), ("openat", "EMFILE", 24)) for number in range(1, most + 1))


def account(incident):
    return {"incident": incident, "account": "Mission", "from": "2030-02-02T10:00Z", "to": "2030-02-02T10:10Z",
            "kind": "attack", "actor": "North", "target": "Civilians", "weapon": "Rockets"}


class Faults(unittest.TestCase):
    def setUp(self):
        self.begin()

    def begin(self):
        """A workspace with somebody who writes."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "workspace")
        with Server(self.data) as server:
            administrator = server.add_administrator()
            server.add_person(administrator, "monitor", "monitor")
        self.acknowledged = set()

    def sign_in(self, server):
        return server.sign_in("monitor", "password of monitor")

    def write(self, server, session, name):
        """Whether it was acknowledged; what got no answer may be there or not."""
        try:
            status, _, _ = server.ask("POST", "/api/v1/accounts", account(name), session)
        except (OSError, ValueError, AssertionError):
            return None
        if status == 201:
            self.acknowledged.add(name)
        return status

    def find_acknowledged(self, server, session):
        """A start found what was acknowledged, each once."""
        found, after = [], ""
        while True:
            page = json.loads(server.ask("GET", f"/api/v1/incidents?limit=1000&after={after}", headers=session)[2])
            found += page["incidents"]
            if "next" not in page:
                break
            after = page["next"]
        self.assertTrue(all(incident["accounts"] == 1 for incident in found))
        self.assertEqual(self.acknowledged - {incident["incident"] for incident in found}, set())

    def verify(self):
        """The root follows from the entries, and none is missing."""
        verified = run("ledger", "verify", os.path.join(self.data, "ledger"), "--format", "json")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.assertGreaterEqual(json.loads(verified.stdout)["size"], len(self.acknowledged))

    def check(self):
        """A start finds what was acknowledged, and can write."""
        with Server(self.data) as server:
            session = self.sign_in(server)
            self.find_acknowledged(server, session)
            self.assertEqual(self.write(server, session, f"after-{time.monotonic_ns()}"), 201)
        self.verify()


class Kill(Faults):
    def round(self, turn, seconds):
        """Looks for what the rounds before acknowledged, and is killed while 16 write."""
        with Server(self.data) as server:
            session = self.sign_in(server)
            self.find_acknowledged(server, session)

            def write(writer):
                number = 0
                while self.write(server, session, f"i-{turn}-{writer}-{number}") == 201:
                    number += 1

            threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
            for thread in threads:
                thread.start()
            time.sleep(seconds)
            server.stop(signal.SIGKILL)
            for thread in threads:
                thread.join()

    def test_nothing_acknowledged_is_lost_or_doubled(self):
        written = 0
        for turn in range(FIRST, ROUNDS):
            # Each round has its own dice: a campaign that was interrupted goes on with --first.
            self.round(turn, 0.02 + 0.18 * random.Random(turn).random())
            if turn % 10 == 9:
                self.verify()
            if turn % 50 == 49:
                # A start with a long record is not what is tried here.
                self.check()
                written += len(self.acknowledged)
                print(f"{turn + 1 - FIRST} rounds, {written} writes acknowledged, none lost or doubled", file=sys.stderr,
                      flush=True)
                self.begin()
        self.check()
        self.assertGreater(written + len(self.acknowledged), ROUNDS - FIRST)


class System(Faults):
    def setUp(self):
        super().setUp()
        tried = shutil.which("strace") and subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True,
                                                          check=False)
        if not tried or tried.returncode != 0:
            self.skipTest("strace is not installed, or this system lets nobody trace a program")

    def break_one(self, call, error, number):
        """Writes while one call of the server, the so many'th from now on, fails."""
        where = f"{call} {number} {error}"
        with Server(self.data) as server:
            session = self.sign_in(server)
            tracer = subprocess.Popen(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                                       f"inject={call}:error={error}:when={number}", "-p", str(server.process.pid)],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                self.wait_until_traced(server.process.pid)
                statuses = {self.write(server, session, f"{call}-{number}-{turn}") for turn in range(4)}
                self.assertLessEqual(statuses, {201, 503, None}, where)
                if 503 in statuses:
                    # It goes on reading, and says so.
                    status, _, body = server.ask("GET", "/healthz")
                    self.assertEqual(status, 200, where)
                    self.assertIn(json.loads(body)["status"], ("ok", "read-only"), where)
            finally:
                tracer.send_signal(signal.SIGINT)
                tracer.wait(timeout=20)
        self.check()
        return 503 in statuses

    def wait_until_traced(self, process):
        for _ in range(500):
            with open(f"/proc/{process}/status", encoding="ascii") as status:
                if "TracerPid:\t0\n" not in status.read():
                    return
            time.sleep(0.01)
        raise AssertionError("strace did not attach")

    def test_a_few_calls(self):
        # At least one of them met a write.
        self.assertTrue(any([self.break_one(*one) for one in FEW]))


class SystemLong(System):
    def test_a_few_calls(self):
        """All of them."""
        self.assertTrue(any([self.break_one(*one) for one in ALL]))


if __name__ == "__main__":
    if "--long" in sys.argv:
        sys.argv.remove("--long")
        ROUNDS = 1000
        if "--first" in sys.argv:
            FIRST = int(sys.argv.pop(sys.argv.index("--first") + 1))
            sys.argv.remove("--first")
    else:
        del SystemLong
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    unittest.main()
