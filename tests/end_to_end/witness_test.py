#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Witnesses over HTTP, as C2SP tlog-witness has them: asked by hand, by `truce ledger publish` and by the workspace; one
that refuses, one that hangs, one that is not there, and a ledger that was forked."""
import base64
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
import unittest

from program import AGREEMENT, PROGRAM, ProgramTest, run
from server import Server


class Witness:
    """`truce ledger witness --listen` until the end of the block."""

    def __init__(self, folder, name, ledger, first=True):
        self.arguments = ["--of", ledger, "--key", str(folder / f"{name}.key"), "--state", str(folder / f"{name}.state"),
                          *(["--first"] if first else [])]

    def __enter__(self):
        self.process = subprocess.Popen([PROGRAM, "ledger", "witness", "--listen", "127.0.0.1:0", *self.arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.line = self.process.stdout.readline().rstrip("\n")
        self.said = self.process.stdout.readline()
        assert "until interrupted" in self.said, self.said
        self.port = int(self.line.rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def post(self, body, path="/add-checkpoint", method="POST"):
        body = body and body.encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
        finally:
            connection.close()


class Encrypted:
    """A way to a port of this machine over TLS, with a certificate for 127.0.0.1 that is made for the test."""

    def __init__(self, folder, port):
        self.to = port
        self.certificate, key = str(folder / "chain.pem"), str(folder / "key.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", key, "-out", self.certificate, "-days", "2", "-subj", "/CN=witness",
                        "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate, key)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                plain, _ = self.socket.accept()
            except OSError:
                return
            plain.settimeout(20)
            try:
                with self.context.wrap_socket(plain, server_side=True) as client, \
                        socket.create_connection(("127.0.0.1", self.to), timeout=20) as witness:
                    witness.sendall(self.request(client))
                    while part := witness.recv(65536):
                        client.sendall(part)
            except OSError:
                # Who does not trust the certificate goes away.
                plain.close()

    def request(self, client):
        got = b""
        while b"\r\n\r\n" not in got:
            got += client.recv(65536)
        head, _, body = got.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        while len(body) < length:
            body += client.recv(65536)
        return head + b"\r\n\r\n" + body

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class Fake:
    """A witness that answers with one status, or never."""

    def __init__(self, name, key, answer=None):
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.line = f"witness {name} {key} http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.open = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.open.append(connection)
            if self.answer:
                connection.recv(65536)
                connection.sendall(self.answer)

    def close(self):
        # A thread that waits in accept is woken by this alone.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        for connection in self.open:
            connection.close()


def answer(status, reason, body):
    return f"HTTP/1.1 {status} {reason}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


class WitnessTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.ledger = str(self.folder / "record")
        self.done("ledger", "init", self.ledger, "--origin", "mission.example/record")
        for name in ("north", "south"):
            self.done("talks", "keys", name, "--output", str(self.folder))

    def done(self, *arguments, status=0):
        result = run(*arguments)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result.stdout

    def append(self, text, ledger=None):
        path = self.folder / "entry"
        path.write_text(text, encoding="utf-8")
        self.done("ledger", "append", ledger or self.ledger, str(path))

    def request(self, seen, ledger=None):
        return self.done("ledger", "request", ledger or self.ledger, "--seen", str(seen))

    def witness(self, name, first=True):
        return Witness(self.folder, name, self.ledger + ".vkey", first)

    def fake_key(self, name):
        """The public key of a witness that nobody runs."""
        with self.witness(name) as one:
            return one.line.split()[2]

    def publish(self, lines, status, *more, trusted=None):
        """`trusted`: a file of certificates, instead of those of the system."""
        path = self.folder / "witnesses.txt"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        result = run("ledger", "publish", self.ledger, "--witnesses", path, "--format", "json", *more,
                     environment=trusted and {"SSL_CERT_FILE": trusted})
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return json.loads(result.stdout)

    def fork(self):
        """A ledger of the same key with another beginning."""
        other = str(self.folder / "other")
        self.done("ledger", "init", other, "--origin", "mission.example/record")
        for ending in (".key", ".vkey"):
            shutil.copyfile(self.ledger + ending, other + ending)
        shutil.rmtree(other)
        backup = self.folder / "empty"
        shutil.copytree(backup, other)
        return other


class Protocol(WitnessTest):
    def test_each_answer_is_that_of_the_protocol(self):
        shutil.copytree(self.ledger, self.folder / "empty")
        other = self.fork()
        self.append("one")
        with self.witness("north") as north:
            self.assertIn("Witnessing mission.example/record", north.said)
            self.assertEqual(north.post("", "/elsewhere")[0], 404)
            self.assertEqual(north.post(None, method="GET")[0], 405)
            self.assertEqual(north.post("nothing")[0], 400)
            good = self.request(0)
            status, _, body = north.post(good)
            self.assertEqual(status, 200)
            self.assertTrue(body.startswith("— north "), body)
            # Once more from where it was: it says what it saw.
            self.assertEqual(north.post(good), (409, "text/x.tlog.size", "1\n"))
            # The same again from where it is: a new signature.
            self.assertEqual(north.post(self.request(1))[0], 200)
            # From more than there is.
            self.assertEqual(north.post(self.request(1).replace("old 1", "old 7"))[0], 400)
            # Another ledger, and another key.
            self.assertEqual(north.post(good.replace("mission.example/record\n1", "elsewhere/record\n1"))[0], 404)
            signature = good.rsplit(" ", 1)[1].strip()
            changed = bytearray(base64.b64decode(signature))
            changed[10] ^= 1
            self.assertEqual(north.post(good.replace(signature, base64.b64encode(changed).decode()))[0], 403)
            # A fork of the same size, and a longer one.
            self.append("another", other)
            self.assertEqual(north.post(self.request(1, other))[0], 409)
            self.append("more", other)
            self.assertEqual(north.post(self.request(1, other))[0], 422)
            self.append("two")
            self.assertEqual(north.post(self.request(1))[0], 200)
        # What it saw is kept over a restart, and nobody begins anew by mistake.
        with self.witness("north", first=False) as north:
            self.assertEqual(north.post(self.request(0)), (409, "text/x.tlog.size", "2\n"))
        said = run("ledger", "witness", "--listen", "127.0.0.1:0", *self.witness("north").arguments)
        self.assertEqual(said.returncode, 2)
        self.assertIn("not the first time", said.stderr)

    def test_many_at_once_get_one_history(self):
        for number in range(20):
            self.append(f"entry {number}")
        with self.witness("north") as north:
            first = self.request(0)
            statuses = []
            threads = [threading.Thread(target=lambda: statuses.append(north.post(first)[0])) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(statuses), [200] + [409] * 15)


class Publish(WitnessTest):
    def test_all_sign(self):
        self.append("one")
        with self.witness("north") as north, self.witness("south") as south:
            published = self.publish((north.line, south.line), 0)
            self.assertEqual([one["outcome"] for one in published["witnesses"]], ["cosigned", "cosigned"])
            self.append("two")
            self.assertEqual(self.publish((north.line, south.line), 0)["size"], 2)
        self.done("ledger", "verify", self.ledger, "--witness", str(self.folder / "north.pub"), "--witness",
                  str(self.folder / "south.pub"))

    def test_a_refusal_and_a_silence_are_put_on_record_under_the_others_signatures(self):
        self.append("one")
        south = self.fake_key("south")
        self.done("talks", "keys", "third", "--output", str(self.folder))
        self.done("talks", "keys", "fourth", "--output", str(self.folder))
        refuses = Fake("refuses", south, answer(403, "Forbidden", "not today\n"))
        hangs = Fake("hangs", self.fake_key("third"))
        gone = Fake("gone", self.fake_key("fourth"))
        gone.close()
        self.addCleanup(refuses.close)
        self.addCleanup(hangs.close)
        with self.witness("north") as north:
            begin = time.monotonic()
            published = self.publish((refuses.line, north.line, hangs.line, gone.line), 1, "--time-limit", "1.5")
            self.assertLess(time.monotonic() - begin, 15)
        outcomes = {one["name"]: one["outcome"] for one in published["witnesses"]}
        self.assertEqual(outcomes, {"north": "cosigned", "refuses": "refused", "hangs": "no-answer", "gone": "no-answer"})
        self.assertEqual(published["size"], 4)
        recorded = [json.loads(self.done("ledger", "show", self.ledger, str(index), "--format", "json"))
                    for index in (1, 2, 3)]
        self.assertEqual({entry["kind"] for entry in recorded}, {"refusal"})
        self.assertEqual({json.loads(entry["text"])["witness"] for entry in recorded}, {"refuses", "hangs", "gone"})
        self.assertIn("403: not today", json.loads(recorded[0]["text"])["why"])
        self.done("ledger", "verify", self.ledger, "--witness", str(self.folder / "north.pub"))

    def test_a_witness_is_asked_over_tls_if_its_certificate_is_trusted_and_of_its_host(self):
        self.append("one")
        with self.witness("north") as north:
            way = Encrypted(self.folder, north.port)
            self.addCleanup(way.close)
            line = north.line.replace(f"http://127.0.0.1:{north.port}", f"https://127.0.0.1:{way.port}")
            self.assertIn("https://", line)
            # Nobody vouches for the certificate.
            published = self.publish((line,), 1, "--time-limit", "10")
            self.assertEqual(published["witnesses"][0]["outcome"], "no-answer")
            self.assertIn("certificate verify failed", published["witnesses"][0]["why"])
            # It is that of another host.
            published = self.publish((line.replace("127.0.0.1", "localhost"),), 1, "--time-limit", "10",
                                     trusted=way.certificate)
            self.assertEqual(published["witnesses"][0]["outcome"], "no-answer")
            self.assertIn("certificate verify failed", published["witnesses"][0]["why"])
            published = self.publish((line,), 0, "--time-limit", "10", trusted=way.certificate)
            self.assertEqual(published["witnesses"][0]["outcome"], "cosigned")
        self.done("ledger", "verify", self.ledger, "--witness", str(self.folder / "north.pub"))

    def test_a_fork_is_refused_and_that_is_on_record(self):
        shutil.copytree(self.ledger, self.folder / "empty")
        other = self.fork()
        self.append("one")
        self.append("something else", other)
        self.append("and more", other)
        with self.witness("north") as north:
            self.publish((north.line,), 0)
            self.ledger = other
            published = self.publish((north.line,), 1)
        self.assertEqual(published["witnesses"][0]["outcome"], "refused")
        self.assertIn("fork", published["witnesses"][0]["why"])

    def test_a_signature_of_somebody_else_is_none(self):
        self.append("one")
        south = self.fake_key("south")
        with self.witness("north") as north:
            # South's address leads to North.
            published = self.publish((f"witness south {south} http://127.0.0.1:{north.port}",), 1)
        self.assertEqual(published["witnesses"][0]["outcome"], "refused")

    def test_a_list_that_is_none(self):
        path = self.folder / "list"
        path.write_text("witness north\n", encoding="utf-8")
        result = run("ledger", "publish", self.ledger, "--witnesses", str(path))
        self.assertEqual(result.returncode, 2)
        self.assertIn("line 1 is not `witness NAME KEY URL`", result.stderr)


class Workspace(WitnessTest):
    def begin(self, server):
        administrator = server.add_administrator()
        self.verifier = server.add_person(administrator, "verifier", "verifier")
        self.mediator = server.add_person(administrator, "mediator", "mediator")
        for path, body in (("/api/v1/agreement/revisions", {"files": [{"name": "agreement.truce", "text": AGREEMENT}],
                                                            "audience": ["public"]}),
                           ("/api/v1/agreement/revisions/1/watch", None)):
            self.assertIn(server.ask("POST", path, body, self.mediator)[0], (201, 204))
        self.assertEqual(server.ask("POST", "/api/v1/accounts", {
            "incident": "market", "account": "Mission", "from": "2030-02-02T10:00Z", "to": "2030-02-02T10:10Z",
            "kind": "attack", "actor": "North", "target": "Civilians", "weapon": "Rockets",
            "audience": ["public"]}, self.verifier)[0], 201)

    def find(self, server, name):
        body = {"id": name, "incident": "market", "clause": "1.1", "finding": "broken", "by": "North",
                "text": "Two craters.", "audience": ["public"]}
        self.assertEqual(server.ask("POST", "/api/v1/findings", body, self.verifier)[0], 201)
        status, _, body = server.ask("POST", f"/api/v1/findings/{name}/publication", None, self.mediator)
        self.assertEqual(status, 201, body)
        return json.loads(body)

    def seen(self, server):
        return {one["id"]: one for one in json.loads(server.ask("GET", "/api/v1/findings")[2])["findings"]}

    def wait(self, server, name):
        for _ in range(200):
            found = self.seen(server).get(name)
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{name} was never published")

    def list_of(self, *lines):
        path = self.folder / "witnesses.txt"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return str(path)

    def test_what_is_published_waits_until_every_witness_was_heard(self):
        data = str(self.folder / "workspace")
        # Its key is there once it was served.
        with Server(data) as server:
            self.begin(server)
        key = os.path.join(data, "ledger.vkey")
        hangs = Fake("south", self.fake_key("south"))
        self.addCleanup(hangs.close)
        with Witness(self.folder, "north", key) as north:
            more = ("--witnesses", self.list_of(north.line, hangs.line), "--witness-time", "2")
            with Server(data, more) as server:
                self.verifier = server.sign_in("verifier", "password of verifier")
                self.mediator = server.sign_in("mediator", "password of mediator")
                published = self.find(server, "f1")
                self.assertTrue(published["waits_for_witnesses"])
                self.assertNotIn("published_at", published)
                self.assertEqual(self.seen(server), {})
                found = self.wait(server, "f1")
                self.assertEqual({one["name"]: one["outcome"] for one in found["witnesses"]},
                                 {"north": "cosigned", "south": "no-answer"})
                self.assertIn("published_at", found)
                witnesses = json.loads(server.ask("GET", "/api/v1/ledger/witnesses")[2])
                self.assertEqual([one["name"] for one in witnesses["witnesses"]], ["north", "south"])
                self.assertEqual({one["outcome"] for one in witnesses["replies"]}, {"cosigned", "no-answer"})
                checkpoint = server.ask("GET", "/ledger/witnessed")[2].decode()
                self.assertIn("\n— north ", checkpoint)
                self.assertNotIn("\n— south ", checkpoint)
                # Killed while they are asked: they are asked again after the next start.
                self.find(server, "f2")
                server.stop(9)
            with Server(data, more) as server:
                self.assertEqual({one["outcome"] for one in self.wait(server, "f2")["witnesses"]},
                                 {"cosigned", "no-answer"})
        known = self.folder / "witnessed"
        known.write_text(checkpoint, encoding="utf-8")
        self.done("ledger", "verify", os.path.join(data, "ledger"), "--known", str(known))

    def test_a_workspace_put_back_is_refused_by_its_witness(self):
        data = str(self.folder / "workspace")
        with Server(data) as server:
            self.begin(server)
        shutil.copytree(data, self.folder / "earlier")
        with Witness(self.folder, "north", os.path.join(data, "ledger.vkey")) as north:
            more = ("--witnesses", self.list_of(north.line), "--witness-time", "5")
            with Server(data, more) as server:
                self.verifier = server.sign_in("verifier", "password of verifier")
                self.mediator = server.sign_in("mediator", "password of mediator")
                for name in ("f1", "f2"):
                    self.find(server, name)
                    self.assertEqual(self.wait(server, name)["witnesses"][0]["outcome"], "cosigned")
            shutil.rmtree(data)
            shutil.copytree(self.folder / "earlier", data)
            with Server(data, more) as server:
                self.verifier = server.sign_in("verifier", "password of verifier")
                self.mediator = server.sign_in("mediator", "password of mediator")
                self.find(server, "f1")
                found = self.wait(server, "f1")
        self.assertEqual(found["witnesses"][0]["outcome"], "refused")
        self.assertIn("it saw", found["witnesses"][0]["why"])


if __name__ == "__main__":
    unittest.main()
