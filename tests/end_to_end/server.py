# SPDX-License-Identifier: Apache-2.0
"""Starts the workspace as a person would, on a port that is free, and asks it over HTTP."""
import http.client
import json
import signal
import subprocess
import tempfile

from program import PROGRAM


class Server:
    """`truce serve` on a folder, until the end of the block."""

    def __init__(self, data=None, more=(), tls=None):
        """`tls`: the context of a client that trusts the server, where it is asked with TLS."""
        self.more, self.tls = more, tls
        self.folder = None if data else tempfile.TemporaryDirectory()
        self.data = data or self.folder.name

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--port", "0", *self.more],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        # What is said before it serves, such as the link of the first administrator.
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if "until interrupted" in line:
                self.port = int(line.split("://")[1].split()[0].split(":")[1])
                return self
        raise AssertionError(f"truce serve ended with {self.process.wait()}: {self.errors()}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.process.stdout.close()
        self.log.close()
        if self.folder:
            self.folder.cleanup()

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=10)

    def errors(self):
        self.log.seek(0)
        return self.log.read().decode()

    def sign_in(self, name, password):
        """The headers of a session."""
        status, headers, body = self.ask("POST", "/api/v1/session", {"name": name, "password": password})
        assert status == 201, body
        return {"Cookie": headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": json.loads(body)["csrf"]}

    def add_person(self, administrator, name, role, **more):
        """Somebody new, signed in."""
        status, _, body = self.ask("POST", "/api/v1/users", {"name": name, "role": role, **more}, administrator)
        assert status == 201, body
        self.accept(json.loads(body)["invitation"], f"password of {name}")
        return self.sign_in(name, f"password of {name}")

    def add_administrator(self):
        self.accept(next(line for line in self.said if "#invitation=" in line).split("#invitation=")[1],
                    "password of administrator")
        return self.sign_in("administrator", "password of administrator")

    def accept(self, invitation, password):
        status, _, body = self.ask("POST", "/api/v1/invitations", {"invitation": invitation, "password": password})
        assert status == 204, body

    def connect(self):
        if self.tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and bytes of an answer."""
        connection = self.connect()
        try:
            headers = dict(headers or {})
            if body is not None and not isinstance(body, (bytes, str)):
                body = json.dumps(body)
                headers.setdefault("Content-Type", "application/json")
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            # An event stream has no end.
            is_endless = answer.headers.get_content_type() == "text/event-stream"
            return answer.status, answer.headers, answer.read1() if is_endless else answer.read()
        finally:
            connection.close()
