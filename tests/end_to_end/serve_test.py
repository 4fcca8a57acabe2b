# SPDX-License-Identifier: Apache-2.0
"""The workspace from outside: it serves, refuses what is too much, and ends when it is asked to."""
import http.client
import json
import os
import random
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest

from program import AGREEMENT, run
from server import Server

EDGE_TURNS = 300


def raw(server, sent):
    """The first line of what comes back for bytes that are no tidy request."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(sent)
        return connection.recv(4096).split(b"\r\n")[0].decode()


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)

    def test_says_that_it_is_alive_and_describes_itself(self):
        status, headers, body = self.server.ask("GET", "/healthz")
        self.assertEqual((status, json.loads(body)), (200, {"status": "ok"}))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Cache-Control"], "no-store")
        description = json.loads(self.server.ask("GET", "/openapi.json")[2])
        self.assertEqual(description["openapi"], "3.1.0")
        self.assertIn("/healthz", description["paths"])

    def test_every_route_of_the_description_answers_as_the_description_says(self):
        """Without a session: what the public may is done, everything else is refused, nothing is a fault."""
        description = json.loads(self.server.ask("GET", "/openapi.json")[2])
        asked = 0
        for path, methods in description["paths"].items():
            for method, operation in methods.items():
                address = re.sub(r"\{[^}]*\}", "nothing-here", path)
                body = {} if "requestBody" in operation else None
                status, headers, content = self.server.ask(method.upper(), address, body)
                where = f"{method} {path}: {status} {content[:200]}"
                asked += 1
                if status != 200:
                    self.assertEqual(headers.get_content_type(), "application/problem+json", where)
                    self.assertEqual(json.loads(content)["status"], status, where)
                if "public" not in operation["x-roles"] and path != "/metrics":
                    self.assertEqual(status, 401, where)
                else:
                    self.assertIn(status, (200, 400, 404, 415), where)
        self.assertGreaterEqual(asked, 3)

    def test_counts_for_prometheus(self):
        self.server.ask("GET", "/healthz")
        status, headers, body = self.server.ask("GET", "/metrics")
        self.assertEqual((status, headers.get_content_type()), (200, "text/plain"))
        self.assertRegex(body.decode(), r'truce_requests_total\{method="GET",route="/healthz",status="200"\} \d')
        # Behind a proxy everybody would seem to be on this machine.
        self.assertEqual(self.server.ask("GET", "/metrics", headers={"X-Forwarded-For": "192.0.2.1"})[0], 401)

    def test_refuses_what_is_no_request_and_goes_on(self):
        host = b"Host: localhost\r\n"
        for status, sent in (
                (400, b"GARBAGE\r\n\r\n"),
                (400, b"GET /healthz HTTP/1.1\r\n\r\n"),
                (400, b"GET /healthz HTTP/1.1\r\n" + host + host + b"\r\n"),
                (400, b"GET /%zz HTTP/1.1\r\n" + host + b"\r\n"),
                (421, b"GET /healthz HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"),
                (431, b"GET /healthz HTTP/1.1\r\n" + host + b"X: " + b"a" * 20000 + b"\r\n\r\n"),
                (414, b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + host + b"\r\n"),
                (413, b"GET /healthz HTTP/1.1\r\n" + host + b"Content-Length: 1\r\n\r\nx"),
                (404, b"GET /nothing HTTP/1.1\r\n" + host + b"\r\n"),
                (405, b"DELETE /healthz HTTP/1.1\r\n" + host + b"\r\n"),
                (200, b"GET /healthz HTTP/1.0\r\n" + host + b"\r\n")):
            self.assertIn(f" {status} ", raw(self.server, sent), sent[:60])

    def test_answers_several_requests_on_one_connection(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            request = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            connection.sendall(request * 3)
            got = b""
            while got.count(b'{"status":"ok"}') < 3:
                part = connection.recv(4096)
                self.assertTrue(part, got)
                got += part

    def test_logs_a_line_for_each_request_without_its_address(self):
        self.server.ask("GET", "/nothing-secret?key=hidden")
        lines = [json.loads(line) for line in self.server.errors().splitlines()]
        self.assertTrue(all({"at", "route", "status"} <= line.keys() for line in lines))
        self.assertNotIn("hidden", self.server.errors())


def events_of(answer, count):
    """The numbers and data of the next events of an open stream."""
    events, number = [], None
    while len(events) < count:
        line = answer.readline().decode().rstrip("\n")
        if line.startswith("id: "):
            number = int(line[4:])
        elif line.startswith("data: "):
            events.append((number, json.loads(line[6:])))
    return events


class Edge(unittest.TestCase):
    """Bytes that are nearly requests: each gets an answer that is none of a fault, or the connection is closed."""
    REQUESTS = (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                b"GET /api/v1/incidents?limit=10&after=a%20b HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: truce=x; a=b\r\n\r\n",
                b"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 29"
                b"\r\n\r\n{\"name\":\"a\",\"password\":\"bcd\"}",
                b"POST /api/v1/accounts HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n"
                b"0\r\n\r\n",
                b"PUT /api/v1/uploads?digest=0 HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc")
    PIECES = (b"\r\n", b"\n", b"\r\n\r\n", b": ", b" ", b"\0", b"\xff", b"%", b"%00", b"../", b"HTTP/9.9", b"Content-Length: 1\r\n",
              b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n", b"Transfer-Encoding: chunked\r\n",
              b"Host: elsewhere\r\n", b"ffffffffffffffff\r\n", b"X: " + b"y" * 9000 + b"\r\n", b"Upgrade: websocket\r\n")

    def changed(self, dice):
        """One of the requests, or two after each other, with up to five changes."""
        request = b"".join(dice.choices(self.REQUESTS, k=dice.choice((1, 1, 2))))
        for _ in range(dice.randrange(6)):
            at = dice.randrange(len(request) + 1)
            end = min(len(request), at + dice.choice((0, 0, 1, 2, 20)))
            put = dice.choice((b"", bytes([dice.randrange(256)]), dice.choice(self.PIECES), request[at:at + 30] * 2))
            request = request[:at] + put + request[end:]
        return request

    def answer(self, server, sent):
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            try:
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                return connection.recv(4096)
            except OSError as error:
                # Closed before all of it was sent; a server that says nothing is another matter.
                self.assertNotIsInstance(error, TimeoutError, sent)
                return b""

    def test_what_is_nearly_a_request_is_no_fault(self):
        statuses = set()
        with Server() as server:
            for turn in range(EDGE_TURNS):
                sent = self.changed(random.Random(turn))
                line = self.answer(server, sent).split(b"\r\n")[0]
                if line:
                    self.assertRegex(line, rb"^HTTP/1\.[01] [1-5][0-9][0-9] ", (turn, sent))
                    statuses.add(int(line.split()[1]))
                    self.assertNotIn(500, statuses, (turn, sent))
            self.assertIsNone(server.process.poll())
            self.assertEqual(server.ask("GET", "/healthz")[0], 200)
            self.assertEqual(server.stop(), 0)
        self.assertLessEqual({200, 400, 401}, statuses)


class Record(unittest.TestCase):
    """What was acknowledged is there after the server was killed, and the stream goes on where it was."""

    def account(self, incident):
        return {"incident": incident, "account": "Mission", "from": "2030-02-02T10:00Z", "to": "2030-02-02T10:10Z",
                "kind": "attack", "actor": "North", "target": "Civilians", "weapon": "Rockets", "audience": ["public"]}

    def follow(self, server, headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        self.addCleanup(connection.close)
        connection.request("GET", "/api/v1/events?after=0", headers=headers)
        answer = connection.getresponse()
        self.assertEqual(answer.headers.get_content_type(), "text/event-stream")
        return answer

    def test_nothing_acknowledged_is_lost_when_the_server_is_killed(self):
        with tempfile.TemporaryDirectory() as data:
            with Server(data) as server:
                administrator = server.add_administrator()
                mediator = server.add_person(administrator, "mediator", "mediator")
                agreement = {"files": [{"name": "agreement.truce", "text": AGREEMENT}], "audience": ["public"]}
                self.assertEqual(server.ask("POST", "/api/v1/agreement/revisions", agreement, mediator)[0], 201)
                self.assertEqual(server.ask("POST", "/api/v1/agreement/revisions/1/watch", headers=mediator)[0], 204)
                stream = self.follow(server, {})
                for incident in ("bridge", "market"):
                    self.assertEqual(server.ask("POST", "/api/v1/accounts", self.account(incident), mediator)[0], 201)
                # The agreement, then for each incident its account and its verdict, as they came.
                told = events_of(stream, 5)
                self.assertEqual([number for number, _ in told], [1, 2, 3, 4, 5])
                self.assertEqual([data.get("verdict") for _, data in told], [None, None, "broken", None, "broken"])
                before = server.ask("GET", "/api/v1/verdicts")[2]
                server.stop(signal.SIGKILL)
            with Server(data) as server:
                self.assertFalse(any("#invitation=" in line for line in server.said))
                self.assertEqual(server.ask("GET", "/api/v1/verdicts")[2], before)
                self.assertEqual(events_of(self.follow(server, {}), 5), told)
                self.assertEqual(events_of(self.follow(server, {"Last-Event-ID": "3"}), 2), told[3:])
                # A stream that is open does not keep the server from ending.
                self.assertEqual(server.stop(), 0)


class Tls(unittest.TestCase):
    """A certificate that is made for the test and thrown away."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.certificate, cls.key = (os.path.join(cls.folder.name, name) for name in ("chain.pem", "key.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", cls.key, "-out", cls.certificate, "-days", "2", "-subj", "/CN=mission",
                        "-addext", "subjectAltName=DNS:mission.example,IP:127.0.0.1"], check=True, capture_output=True)
        cls.server = Server(more=("--tls-certificate", cls.certificate, "--tls-key", cls.key, "--listen", "0.0.0.0"),
                            tls=ssl.create_default_context(cafile=cls.certificate)).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.folder.cleanup()

    def test_answers_to_the_names_in_its_certificate_alone(self):
        for name, status in (("mission.example", 200), ("MISSION.example:8443", 200), ("elsewhere.example", 421)):
            self.assertEqual(self.server.ask("GET", "/healthz", headers={"Host": name})[0], status, name)

    def test_the_cookie_is_for_this_host_and_tls_alone(self):
        self.server.accept(self.server.said[1].split("#invitation=")[1], "password of administrator")
        status, headers, body = self.server.ask("POST", "/api/v1/session", {"name": "administrator",
                                                                            "password": "password of administrator"})
        self.assertEqual(status, 201, body)
        cookie = headers["Set-Cookie"]
        self.assertTrue(cookie.startswith("__Host-"), cookie)
        for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(word, cookie)
        self.assertIn("max-age=31536000", headers["Strict-Transport-Security"])
        self.assertEqual(self.server.ask("GET", "/api/v1/users", headers={"Cookie": cookie.split(";")[0]})[0], 200)

    def test_streams_and_large_bodies_pass(self):
        status, _, begun = self.server.ask("GET", "/api/v1/events")
        self.assertEqual((status, begun), (200, b": open\n\n"))
        self.assertEqual(self.server.ask("POST", "/api/v1/session", {"name": "a" * 900_000, "password": "b"})[0], 400)
        self.assertEqual(self.server.ask("POST", "/api/v1/session", {"name": "a" * 1_100_000, "password": "b"})[0], 413)

    def test_old_versions_and_what_is_not_encrypted_get_no_answer(self):
        old = ssl.create_default_context(cafile=self.certificate)
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            self.assertRaises(ssl.SSLError, old.wrap_socket, connection, server_hostname="mission.example")
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            self.assertNotIn(b"HTTP/1.1", connection.recv(4096))

    def test_what_cannot_be_used_is_one_line(self):
        for words, said in ((("--listen", "0.0.0.0"), "without TLS nothing is served on 0.0.0.0"),
                            (("--listen", "elsewhere"), "is no address of this machine"),
                            (("--tls-certificate", self.key, "--tls-key", self.key), "cannot be read as certificates"),
                            (("--tls-certificate", self.certificate, "--tls-key", self.certificate), "is not the key"),
                            (("--tls-certificate", self.certificate), "--tls-key")):
            with tempfile.TemporaryDirectory() as data:
                result = run("serve", "--data", data, "--port", "0", *words)
                self.assertEqual(result.returncode, 2, words)
                self.assertIn(said, result.stderr)


class End(unittest.TestCase):
    def test_ends_when_asked_with_connections_open(self):
        with Server() as server:
            with socket.create_connection(("127.0.0.1", server.port)):
                self.assertEqual(server.stop(), 0)

    def test_a_port_that_is_taken_is_one_line(self):
        with Server() as other, tempfile.TemporaryDirectory() as data:
            result = run("serve", "--data", data, "--port", other.port)
            self.assertEqual(result.returncode, 2)
            self.assertIn(f"port {other.port} of 127.0.0.1 cannot be used", result.stderr)

    def test_a_folder_is_served_once(self):
        with Server() as server:
            result = run("serve", "--data", server.data, "--port", "0")
            self.assertEqual(result.returncode, 2)
            self.assertIn("is served already", result.stderr)


if __name__ == "__main__":
    if "--long" in sys.argv:
        sys.argv.remove("--long")
        EDGE_TURNS = 20_000
    unittest.main()
