#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`truce ledger`: from outside, with a reader of the public formats that shares nothing with the program."""
import base64
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import unittest

from program import AGREEMENT, HEADER, PROGRAM, ProgramTest, row, run


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes):
    """RFC 6962, section 2.1."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while 2 * split < len(hashes):
        split *= 2
    return node_hash(root_of(hashes[:split]), root_of(hashes[split:]))


def number_path(number):
    parts = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03}")
    return "/".join(parts)


def resource(folder, level, number, width):
    name = f"tile/{level}/{number_path(number)}"
    return (folder / (name if width == 256 else f"{name}.p/{width}")).read_bytes()


def read_log(folder):
    """(origin, size, root, entries) of a C2SP log; stops at anything that does not fit."""
    text, _, signatures = (folder / "checkpoint").read_text(encoding="utf-8").rpartition("\n\n")
    origin, size, root = text.split("\n")
    size = int(size)
    assert signatures.startswith(f"— {origin} "), signatures
    entries = []
    for number in range((size + 255) // 256):
        width = min(256, size - 256 * number)
        bundle = resource(folder, "entries", number, width)
        here = []
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            here.append(bundle[2:2 + length])
            bundle = bundle[2 + length:]
        assert len(here) == width
        assert resource(folder, 0, number, width) == b"".join(map(leaf_hash, here))
        entries += here
    level, hashes = 0, [leaf_hash(entry) for entry in entries]
    while len(hashes) >= 256:
        level += 1
        hashes = [root_of(hashes[256 * i:256 * i + 256]) for i in range(len(hashes) // 256)]
        for number in range((len(hashes) + 255) // 256):
            tile = hashes[256 * number:256 * number + 256]
            assert resource(folder, level, number, len(tile)) == b"".join(tile)
    assert base64.b64encode(root_of([leaf_hash(entry) for entry in entries])).decode() == root
    return origin, size, root, entries


class LedgerTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "log"

    def ledger(self, *words, status=0, stdin=None):
        done = run("ledger", *words, cwd=self.folder, stdin=stdin)
        self.assertEqual(status, done.returncode, done.stdout + done.stderr)
        if status == 2:
            self.assert_one_line(done.stderr)
        return done.stderr if status == 2 else done.stdout

    def init(self):
        self.ledger("init", "log", "--origin", "mission.example/log")

    def append(self, *contents):
        for content in contents:
            self.write("entry", content)
            self.ledger("append", "log", "entry")

    def verify(self, *words, status=0, name="log"):
        result = json.loads(self.ledger("verify", name, "--format", "json", *words, status=status))
        self.assertEqual(("truce.ledger-check/1", status == 0), (result["schema"], result["ok"]))
        self.assertEqual(status == 0, not result["problems"])
        return result


class Formats(LedgerTest):
    def test_the_folder_is_a_log_of_the_public_formats(self):
        self.init()
        self.assertEqual(("mission.example/log", 0), read_log(self.log)[:2])
        lines = [f"entry {i}" for i in range(300)]
        told = self.ledger("append", "log", "--batch", "-", stdin="\n".join(lines) + "\n").splitlines()
        self.assertEqual([f"{i} {base64.b64encode(leaf_hash(line.encode())).decode()}" for i, line in enumerate(lines)],
                         told)
        self.append("one\nmore\n")
        origin, size, root, entries = read_log(self.log)
        self.assertEqual([*(line.encode() for line in lines), b"one\nmore\n"], entries)
        result = self.verify()
        self.assertEqual((origin, size, root), (result["origin"], result["size"], result["root"]))
        names = {path.name for path in self.log.iterdir()}
        self.assertEqual({"checkpoint", "tile"}, names)

    def test_the_key_is_written_as_the_public_format_says(self):
        self.init()
        name, identifier, key = (self.folder / "log.vkey").read_text(encoding="utf-8").strip().split("+", 2)
        key = base64.b64decode(key)
        self.assertEqual(("mission.example/log", 33, 1), (name, len(key), key[0]))
        self.assertEqual(hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8], identifier)
        signature = base64.b64decode((self.log / "checkpoint").read_text(encoding="utf-8").split()[-1])
        self.assertEqual((identifier, 68), (signature[:4].hex(), len(signature)))

    def test_a_proof_leads_from_the_entry_to_the_root(self):
        self.init()
        self.append(*(f"entry {i}" for i in range(7)))
        self.write("entry", "entry 4")
        head, _, checkpoint = self.ledger("prove", "log", 4).partition("\n\n")
        first, index, *path = head.split("\n")
        self.assertEqual(("c2sp.org/tlog-proof@v1", "index 4"), (first, index))
        self.assertEqual((self.log / "checkpoint").read_text(encoding="utf-8"), checkpoint)
        right, upper, left = map(base64.b64decode, path)
        root = node_hash(left, node_hash(node_hash(leaf_hash(b"entry 4"), right), upper))
        self.assertEqual(base64.b64encode(root).decode(), checkpoint.split("\n")[2])


class Appending(LedgerTest):
    def test_the_secret_is_for_its_owner_and_nothing_is_written_over(self):
        self.init()
        self.assertEqual(0o600, stat.S_IMODE((self.folder / "log.key").stat().st_mode))
        self.ledger("init", "log", status=2)
        shutil.rmtree(self.log)
        self.assertIn("is not written over", self.ledger("init", "log", status=2))

    def test_files_are_appended_all_or_none(self):
        self.init()
        self.write("a", "a")
        self.write("long", "x" * 65536)
        self.assertIn("--digest", self.ledger("append", "log", "a", "long", status=2))
        self.ledger("append", "log", "a", "missing", status=2)
        self.assertEqual(0, self.verify()["size"])
        result = json.loads(self.ledger("append", "log", "a", "a", "--format", "json"))
        self.assertEqual([0, 1], [entry["index"] for entry in result["entries"]])
        self.write("long", "x" * 65535)
        self.ledger("append", "log", "long")
        self.assertEqual(b"x" * 65535, read_log(self.log)[3][2])

    def test_an_entry_says_what_it_is_and_what_it_corrects(self):
        self.init()
        self.append("plain")
        self.write("report", "from the east")
        words = ("--kind", "incident", "--at", "2016-09-12T18:00+02:00")
        self.ledger("append", "log", "report", *words, "--corrects", 0)
        self.assertEqual("truce-entry/1\nkind: incident\nat: 2016-09-12T16:00:00Z\ncorrects: 0\n\nfrom the east",
                         self.ledger("show", "log", 1))
        self.assertIn("does not stand before it", self.ledger("append", "log", "report", *words, "--corrects", 2, status=2))
        self.ledger("append", "log", "report", "--corrects", 0, status=2)
        self.write("long", b"\xff" * 70000)
        self.ledger("append", "log", "long", "--kind", "agreement", "--digest")
        shown = json.loads(self.ledger("show", "log", 2, "--format", "json"))
        self.assertEqual((hashlib.sha256(b"\xff" * 70000).hexdigest(), 70000), (shown["sha256"], shown["bytes"]))
        # What only looks like such an entry is refused, so that whoever reads the record need not guess.
        self.write("false", "truce-entry/1\nkind: rumour\n")
        self.assertIn("is none", self.ledger("append", "log", "false", status=2))
        self.assertEqual(3, self.verify()["size"])

    def test_lines_are_acknowledged_as_they_come(self):
        self.init()
        with subprocess.Popen([PROGRAM, "ledger", "append", "log", "--batch", "-"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, cwd=self.folder) as writer:
            for number in range(3):
                writer.stdin.write(f"line {number}\n\n".encode())
                writer.stdin.flush()
                self.assertTrue(writer.stdout.readline().startswith(f"{number} ".encode()))
                # It is there for all while the stream is still open.
                self.assertEqual(number + 1, read_log(self.log)[1])
            writer.stdin.write(b"the last")
            writer.stdin.close()
            self.assertTrue(writer.stdout.readline().startswith(b"3 "))
        self.assertEqual(0, writer.returncode)
        self.assertIn("standard input:2 is too long",
                      self.ledger("append", "log", "--batch", "-", stdin="good\n" + "x" * 70000 + "\nnot read\n", status=2))
        self.assertEqual([b"the last", b"good"], read_log(self.log)[3][3:])

    def test_writers_wait_for_each_other(self):
        self.init()
        self.write("entry", "x")
        writers = [subprocess.Popen([PROGRAM, "ledger", "append", "log", "entry"], cwd=self.folder,
                                    stdout=subprocess.PIPE) for _ in range(6)]
        told = sorted(int(writer.communicate()[0].split()[0]) for writer in writers)
        self.assertEqual([0] * 6, [writer.returncode for writer in writers])
        self.assertEqual(list(range(6)), told)
        self.assertEqual(6, self.verify()["size"])

    def test_a_copy_is_written_with_the_key_that_stands_beside_it(self):
        self.init()
        shutil.copytree(self.log, self.folder / "copy")
        self.write("entry", "x")
        self.ledger("append", "copy", "entry")
        self.assertEqual(1, self.verify(name="copy")["size"])
        (self.folder / "log.key").rename(self.folder / "kept")
        self.assertIn("--key", self.ledger("append", "copy", "entry", status=2))
        self.ledger("append", "copy", "entry", "--key", "kept")


class Verifying(LedgerTest):
    def test_what_was_changed_shows(self):
        self.init()
        self.append("first", "second", "third")
        for name in ("checkpoint", "tile/entries/000.p/3", "tile/0/000.p/3", "tile/entries/000.p/2"):
            path = self.log / name
            whole = path.read_bytes()
            for at in range(0, len(whole), max(1, len(whole) // 12)):
                path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
                self.verify(status=1)
            path.write_bytes(whole + b"x")
            self.verify(status=1)
            path.unlink()
            if name != "tile/entries/000.p/2":
                self.verify(status=1)
            path.write_bytes(whole)
        self.verify()

    def test_a_roll_back_and_a_fork_show_against_a_kept_checkpoint(self):
        self.init()
        self.append("first")
        shutil.copytree(self.log, self.folder / "old")
        self.append("second")
        kept = self.write("kept", (self.log / "checkpoint").read_bytes())
        self.verify("--known", kept)
        self.verify("--known", self.folder / "old" / "checkpoint")
        self.assertIn("rolled back", self.verify("--known", kept, name="old", status=1)["problems"][0])
        self.write("entry", "another")
        self.ledger("append", "old", "entry", "entry")
        self.assertIn("fork", self.verify("--known", kept, name="old", status=1)["problems"][0])
        self.ledger("verify", "log", "--known", "missing", status=2)

    def test_a_ledger_signed_anew_by_another_shows_with_the_key_one_was_given(self):
        self.init()
        self.append("first")
        given = self.write("given.vkey", (self.folder / "log.vkey").read_bytes())
        shutil.rmtree(self.log)
        for name in ("log.key", "log.vkey"):
            (self.folder / name).unlink()
        self.init()
        self.append("false")
        self.verify()
        self.assertIn("not signed by", self.verify("--key", given, status=1)["problems"][0])

    def test_a_proof_holds_for_its_entry_and_its_key_alone(self):
        self.init()
        self.append("first", "second")
        self.ledger("prove", "log", 1, "--output", "proof")
        check = ("check-proof", "proof", "entry", "--key", "log.vkey")
        self.assertTrue(json.loads(self.ledger(*check, "--format", "json"))["holds"])
        whole = (self.folder / "proof").read_bytes()
        for at in range(0, len(whole), 12):
            self.write("proof", whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
            self.ledger(*check, status=1)
        self.write("proof", whole)
        self.ledger("init", "other")
        self.ledger(*check[:-1], "other.vkey", status=1)
        self.ledger("prove", "log", 2, status=2)


class Witnessing(LedgerTest):
    def setUp(self):
        super().setUp()
        self.init()
        run("talks", "keys", "Russian Federation", cwd=self.folder)
        self.key = ("--key", "russian-federation.key", "--state", "state")

    def witness(self, *words, status=0, source="log"):
        result = json.loads(self.ledger("witness", source, *self.key, *words, "--format", "json", status=status))
        self.assertEqual(("truce.ledger-witness/1", status == 0), (result["schema"], result["signed"]))
        return result

    def test_a_checkpoint_is_cosigned_and_the_proof_says_so(self):
        self.append("first")
        self.ledger("witness", "log", *self.key, "--first", "--output", "cosignature")
        self.verify("--witness", "russian-federation.pub", status=1)
        self.ledger("cosign", "log", "cosignature", "--witness", "russian-federation.pub")
        witnesses = self.verify("--witness", "russian-federation.pub")["witnesses"]
        self.assertEqual(["Russian-Federation"], [one["name"] for one in witnesses])
        self.ledger("prove", "log", 0, "--output", "proof")
        check = ("check-proof", "proof", "entry", "--key", "log.vkey", "--witness", "russian-federation.pub")
        self.assertIn("Witness: Russian-Federation, ", self.ledger(*check))
        # The next checkpoint asks for a signature of its own.
        self.append("second")
        self.ledger("cosign", "log", "cosignature", "--witness", "russian-federation.pub", status=2)
        self.verify("--witness", "russian-federation.pub", status=1)
        self.ledger("prove", "log", 1, "--output", "proof")
        self.assertIn("has not signed", self.ledger(*check, status=1))

    def test_the_signature_is_over_what_the_public_format_says(self):
        line = self.ledger("witness", "log", *self.key, "--first")
        dash, name, text = line.strip().split(" ")
        raw = base64.b64decode(text)
        self.assertEqual(("—", "Russian-Federation", 4 + 8 + 64), (dash, name, len(raw)))
        self.assertLess(1_700_000_000, int.from_bytes(raw[4:12], "big"))
        published = (self.folder / "russian-federation.pub").read_text(encoding="utf-8")
        key = base64.b64decode(published.split("verifies: ")[1].split("\n")[0])
        self.assertEqual(hashlib.sha256(name.encode() + b"\n\x04" + key).digest()[:4], raw[:4])

    def test_a_witness_far_away_is_sent_a_request(self):
        self.append("first")
        self.ledger("request", "log", "--seen", 0, "--output", "request")
        self.assertIn("--of", self.ledger("witness", "request", *self.key, "--first", status=2))
        self.witness("--of", "log.vkey", "--first", source="request")
        self.append("second", "third")
        self.ledger("request", "log", "--seen", 1, "--output", "request")
        body = (self.folder / "request").read_text(encoding="utf-8")
        self.assertTrue(body.startswith("old 1\n"))
        self.assertTrue(body.endswith("\n\n" + (self.log / "checkpoint").read_text(encoding="utf-8")))
        self.witness("--of", "log.vkey", source="request")
        self.assertEqual("other-size", self.witness("--of", "log.vkey", source="request", status=1)["refusal"])
        self.ledger("request", "log", "--seen", 4, status=2)

    def test_a_roll_back_and_a_fork_are_not_signed(self):
        self.append("first")
        shutil.copytree(self.log, self.folder / "old")
        self.append("second")
        self.witness("--first")
        state = (self.folder / "state").read_bytes()
        self.assertEqual("rolled-back", self.witness(source="old", status=1)["refusal"])
        self.ledger("append", "old", "log.vkey", "log.vkey")
        self.assertEqual("fork", self.witness(source="old", status=1)["refusal"])
        self.assertIn("Not signed: it is a fork", self.ledger("witness", "old", *self.key, status=1))
        self.assertEqual(state, (self.folder / "state").read_bytes())
        self.assertIn("--first", self.ledger("witness", "log", *self.key[:3], "mistyped", status=2))
        self.ledger("witness", "log", *self.key, "--first", status=2)
        self.witness()


class Backups(LedgerTest):
    def test_a_backup_goes_on_from_the_last_and_comes_back(self):
        self.init()
        self.append("first", "second")
        self.ledger("backup", "log", "copy")
        self.append("third")
        self.ledger("backup", "log", "copy")
        self.assertEqual(read_log(self.log), read_log(self.folder / "copy"))
        kept = self.write("kept", (self.log / "checkpoint").read_bytes())
        shutil.rmtree(self.log)
        self.ledger("restore", "copy", "log", "--known", kept)
        self.append("fourth")
        self.assertEqual(4, self.verify("--known", kept)["size"])
        # It never takes the place of more entries.
        self.assertIn("there are 4 entries", self.ledger("restore", "copy", "log", status=2))
        self.assertIn("there are 4 entries", self.ledger("backup", "copy", "log", status=2))

    def test_a_damaged_backup_is_not_put_in_place(self):
        self.init()
        self.append("first", "second")
        self.ledger("backup", "log", "copy")
        path = self.folder / "copy" / "tile" / "entries" / "000.p" / "2"
        path.write_bytes(path.read_bytes().replace(b"first", b"other"))
        self.assertIn("Not restored", self.ledger("restore", "copy", "new", status=1))
        self.assertFalse((self.folder / "new").exists())


class Recording(LedgerTest):
    def setUp(self):
        super().setUp()
        self.init()
        self.text = self.write("small.truce", AGREEMENT)
        self.rows = self.write("incidents.csv", HEADER + "\n" + row(
            incident="i", account="a", according_to="A", reported_at="2030-02-02", from_="2030-02-01T20:00", to="2030-02-01T20:00",
            kind="attack", actor="North", target="Civilians", weapon="Rockets") + "\n")
        self.write("actors.csv", "name,actor,relation,from,to,source,note\n")

    def monitor(self, *words, status=0):
        done = run("monitor", self.text, "--incidents", self.rows, *words, cwd=self.folder)
        self.assertEqual(status, done.returncode, done.stderr)
        return done

    def test_a_replay_is_recorded_with_the_hashes_of_what_it_was_made_from(self):
        plain = self.monitor("--format", "json")
        done = self.monitor("--format", "json", "--record", "log")
        self.assertEqual((plain.stdout, "Recorded: entry 0 of log\n"), (done.stdout, done.stderr))
        shown = json.loads(self.ledger("show", "log", 0, "--format", "json"))
        self.assertEqual("verdicts", shown["kind"])
        content = json.loads(shown["text"])
        self.assertEqual(("truce.verdict-run/1", "Small", json.loads(plain.stdout)["digest"], 1),
                         tuple(content[name] for name in ("schema", "agreement", "digest", "accounts")))
        self.assertTrue(content["program"].startswith("truce "))
        files = {one["name"]: one["sha256"] for one in content["files"]}
        self.assertEqual({"small.truce", "incidents.csv", "actors.csv"}, set(files))
        for name, digest in files.items():
            self.assertEqual(hashlib.sha256((self.folder / name).read_bytes()).hexdigest(), digest)
        # A day earlier nobody knew: another digest, recorded beside it.
        self.monitor("--format", "ids", "--as-known-at", "2030-02-01", "--record", "log")
        later = json.loads(json.loads(self.ledger("show", "log", 1, "--format", "json"))["text"])
        self.assertEqual("2030-02-01", later["as_known_at"])
        self.assertNotEqual(content["digest"], later["digest"])
        self.assertEqual(2, self.verify()["size"])

    def test_what_cannot_be_recorded_is_not_shown_as_if_it_were(self):
        self.assertIn("leave --record out", self.monitor("--follow", "--record", "log", status=2).stderr)
        done = self.monitor("--record", "none", status=2)
        self.assertEqual("", done.stdout)
        self.assert_one_line(done.stderr)


# What a write does to the disk, one after the other.
CALLS = ("openat", "mkdir", "write", "fsync", "rename", "flock")


class Faults(LedgerTest):
    """Each call to the system is made to fail in turn; what is acknowledged stands all the same."""

    def setUp(self):
        super().setUp()
        if shutil.which("strace") is None:
            self.skipTest("strace is not installed")
        tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
        if tried.returncode != 0:
            self.skipTest("this system lets nobody trace a program")

    def traced(self, *inject):
        """An append of two entries below the ledger's folder, with its calls in the file `trace`."""
        names = ("", ".writing", "checkpoint", "tile", "tile/0", "tile/0/000.p", "tile/entries", "tile/entries/000.p")
        paths = [word for name in names for word in ("-P", self.log / name)]
        return subprocess.run(["strace", "-f", "-qq", "-o", "trace", *paths, "-e", "trace=" + ",".join(CALLS), *inject,
                               PROGRAM, "ledger", "append", self.log, "a", "b"],
                              cwd=self.folder, capture_output=True, text=True, timeout=120, check=False,
                              # The leak sanitizer traces too, and there can be one tracer alone.
                              env=os.environ | {"ASAN_OPTIONS": "detect_leaks=0"})

    def fresh(self):
        shutil.rmtree(self.log, ignore_errors=True)
        shutil.copytree(self.folder / "before", self.log)

    def refuse(self, call, number):
        self.fresh()
        done = self.traced("-e", f"inject={call}:error=ENOSPC:when={number}")
        where = f"{call} {number}: {done.stdout}{done.stderr}"
        self.assertIn(done.returncode, (0, 2), where)
        size = self.verify()["size"]
        self.assertEqual(size, read_log(self.log)[1])
        if done.returncode == 0:
            self.assertEqual((5, 2), (size, len(done.stdout.splitlines())), where)
        else:
            self.assertIn(size, (3, 5), where)
            self.assert_one_line(done.stderr)
        # And it goes on from there.
        self.ledger("append", "log", "a")
        self.assertEqual(size + 1, self.verify()["size"])

    def fail_each(self, calls):
        self.init()
        self.append("1", "2", "3")
        self.write("a", "a")
        self.write("b", "b")
        self.log.rename(self.folder / "before")
        self.fresh()
        self.assertEqual(0, self.traced().returncode)
        trace = (self.folder / "trace").read_text(encoding="utf-8")
        counts = {call: trace.count(f" {call}(") for call in calls}
        for call, count in counts.items():
            for number in range(1, count + 1):
                self.refuse(call, number)
        return counts

    def test_a_disk_that_refuses_to_keep(self):
        counts = self.fail_each(("rename",))
        self.assertEqual({"rename": 3}, counts)


class FaultsLong(Faults):
    def test_every_call(self):
        counts = self.fail_each(CALLS)
        self.assertGreaterEqual(counts["fsync"], 6, counts)
        self.assertGreaterEqual(counts["write"], 3, counts)
        self.assertGreaterEqual(counts["openat"], 8, counts)


if __name__ == "__main__":
    if "--long" in sys.argv:
        sys.argv.remove("--long")
    else:
        del FaultsLong
    os.environ["LC_ALL"] = "C.UTF-8"
    unittest.main()
