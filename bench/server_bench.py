#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The workspace under load: docs/server.md says what it takes and how long it needs.

usage: server_bench.py [--program PATH] [--incidents N] [--streams N] [--kept FOLDER] [PART …]

Starts `truce serve` on a folder that goes with it, or with --kept on one that stays and whose record the next run finds,
and asks it over HTTP, from this one process. PARTs, all if none is
named: `streams` (open event streams and the memory they take; from a write to the last of 1,000 screens), `writes`
(writers that each wait for an answer), `record` (that many incidents entered by file; list and detail at 200 requests a
second; the export and the memory it takes; a start with all of it), `end` (SIGTERM with the streams open). Times are those
of the clock, and this process shares the machine with the server: both are said to be slower than they are."""
import argparse
import asyncio
import hashlib
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
AGREEMENT = """truce "Bench";
  of 2030-01-01;
  clock Local at UTC+00:00;
  days of 24 hours;
  vocabulary "truce/ceasefire-1".
parties North; South.
moments D = 2030-01-20 19:00.
article 1 "Cessation"
1.1 each Party shall not attack another Party or Civilians with Weapons;
      from D; for 300 days; consequence none stated.
1.2 each Party shall not attack Convoys with Weapons;
      from D; for 300 days; consequence none stated.
"""
HEADER = "incident,account,from,to,kind,actor,target,weapon,latitude,longitude,place\n"
KIB_OF_MIB = 1024


def at_share(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Program:
    """The server, as a process."""

    def __init__(self, program, data):
        begin = time.monotonic()
        self.log = open(os.path.join(data, "log"), "wb")
        self.process = subprocess.Popen([program, "serve", "--data", os.path.join(data, "workspace"), "--port", "0"],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.link = ""
        for line in self.process.stdout:
            if "#invitation=" in line:
                self.link = line.strip().split("#invitation=")[1]
            if "until interrupted" in line:
                self.port = int(line.split("http://127.0.0.1:")[1].split()[0])
                break
        self.seconds = time.monotonic() - begin

    def memory(self, field="VmRSS"):
        """In KiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(field + ":"))

    def processor(self):
        """The seconds of processor time it took so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.log.close()
        return status, time.monotonic() - begin


class Client:
    """One connection that is kept, and perhaps a session."""

    def __init__(self, port, session=None):
        self.port, self.session, self.reader = port, session or {}, None

    async def ask(self, method, target, body=b"", kind="application/json"):
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        head = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.session.items())
        if body:
            head += f"Content-Type: {kind}\r\n"
        if method != "GET":
            head += f"Content-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + body)
        status, headers = await self.head()
        return status, headers, await self.reader.readexactly(int(headers.get("content-length", 0)))

    async def head(self):
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        return int(lines[0].split()[1]), headers

    async def stream(self, target):
        """Asks for what has no length; the reader then has it."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        head = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.session.items())
        self.writer.write(head.encode() + b"\r\n")
        status, _ = await self.head()
        assert status == 200, status

    def close(self):
        if self.reader is not None:
            self.writer.close()


async def must(client, status, *request):
    got, headers, body = await client.ask(*request)
    assert got == status, (request[:2], got, body[:300])
    return headers, json.loads(body) if body else None


async def sign_in(port, name):
    client = Client(port)
    headers, body = await must(client, 201, "POST", "/api/v1/session",
                               {"name": name, "password": f"the bench signs in as {name}"})
    client.session = {"Cookie": headers["set-cookie"].split(";")[0], "X-CSRF-Token": body["csrf"]}
    return client


async def add_people(server, monitors):
    """A mediator who watches the agreement, and monitors."""
    nobody = Client(server.port)
    await must(nobody, 204, "POST", "/api/v1/invitations",
               {"invitation": server.link, "password": "the bench signs in as administrator"})
    administrator = await sign_in(server.port, "administrator")
    for name, role in [("mediator", "mediator")] + [(f"m{i}", "monitor") for i in range(monitors)]:
        _, made = await must(administrator, 201, "POST", "/api/v1/users", {"name": name, "role": role})
        await must(nobody, 204, "POST", "/api/v1/invitations",
                   {"invitation": made["invitation"], "password": f"the bench signs in as {name}"})
    mediator = await sign_in(server.port, "mediator")
    await must(mediator, 201, "POST", "/api/v1/agreement/revisions",
               {"files": [{"name": "agreement.truce", "text": AGREEMENT}], "audience": ["public"]})
    await must(mediator, 204, "POST", "/api/v1/agreement/revisions/1/watch")


def account(incident):
    return {"incident": incident, "account": "Mission", "from": "2030-02-02T10:00Z", "to": "2030-02-02T10:10Z",
            "kind": "attack", "actor": "North", "target": "Civilians", "weapon": "Rockets", "audience": ["public"]}


async def open_streams(server, count):
    clients = []
    for begin in range(0, count, 100):
        batch = [Client(server.port) for _ in range(min(100, count - begin))]
        await asyncio.gather(*(client.stream("/api/v1/events") for client in batch))
        clients += batch
        # An address may ask 500 times a second.
        await asyncio.sleep(0.22)
    return clients


async def streams(server, count):
    before = server.memory()
    clients = await open_streams(server, count)
    after = server.memory()
    print(f"{count} open streams: {(after - before) / KIB_OF_MIB:.1f} MiB more, {after / KIB_OF_MIB:.1f} MiB in all")
    mediator = await sign_in(server.port, "mediator")
    heard = clients[:1000]
    delays, slowest = [], []
    for turn in range(20):
        begin = time.monotonic()

        async def hear(client):
            while b"event: verdict" not in await client.reader.readline():
                pass
            return time.monotonic() - begin

        waiting = [asyncio.ensure_future(hear(client)) for client in heard]
        await must(mediator, 201, "POST", "/api/v1/accounts", account(f"event-{turn}"))
        got = await asyncio.gather(*waiting)
        delays += got
        slowest.append(max(got))
    print(f"an event on {len(heard)} screens, {count} streams open: p50 {at_share(delays, 0.5) * 1e3:.0f} ms, "
          f"p99 {at_share(delays, 0.99) * 1e3:.0f} ms, slowest {max(slowest) * 1e3:.0f} ms")
    return clients


async def writes(server, writers, each, monitors):
    sessions = [(await sign_in(server.port, f"m{i}")).session for i in range(monitors)]
    times = []

    async def write(number):
        client = Client(server.port, sessions[number % monitors])
        for turn in range(each):
            begin = time.monotonic()
            await must(client, 201, "POST", "/api/v1/accounts", account(f"write-{os.getpid()}-{writers}-{number}-{turn}"))
            times.append(time.monotonic() - begin)
        client.close()

    used, own, begin = server.processor(), time.process_time(), time.monotonic()
    await asyncio.gather(*(write(number) for number in range(writers)))
    took = time.monotonic() - begin
    print(f"{writers} writers: {len(times) / took:.0f} durable writes a second, acknowledged p50 "
          f"{at_share(times, 0.5) * 1e3:.0f} ms, p99 {at_share(times, 0.99) * 1e3:.0f} ms; processor for each write "
          f"{(server.processor() - used) / len(times) * 1e3:.2f} ms in the server, "
          f"{(time.process_time() - own) / len(times) * 1e3:.2f} ms here")


def rows_of(first, count):
    """Each its own incident; one in twenty an attack that the text forbids."""
    dice = random.Random(first)
    text = [HEADER]
    for number in range(first, first + count):
        minute = f"2030-0{2 + number % 8}-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}Z"
        kind = "attack" if number % 20 == 0 else "presence"
        text.append(f"i{number:08},Mission,{minute},{minute},{kind},{dice.choice(('North', 'South'))},Civilians,Rockets,"
                    f"{30 + dice.random() * 5:.5f},{35 + dice.random() * 5:.5f},Place {number % 500}\n")
    return "".join(text).encode()


async def enter(server, incidents):
    mediator = await sign_in(server.port, "mediator")
    begin = time.monotonic()
    for first in range(0, incidents, 200_000):
        rows = rows_of(first, min(200_000, incidents - first))
        digest = hashlib.sha256(rows).hexdigest()
        await must(mediator, 201, "POST", f"/api/v1/uploads?digest={digest}", rows, "text/csv")
    print(f"{incidents} incidents entered by file: {time.monotonic() - begin:.1f} s, "
          f"{server.memory() / KIB_OF_MIB:.0f} MiB in all")


async def look(server, incidents, seconds, rate):
    sessions = (await sign_in(server.port, "mediator")).session
    clients = [Client(server.port, sessions) for _ in range(50)]
    free = asyncio.Queue()
    for client in clients:
        free.put_nowait(client)
    times = {"list": [], "detail": []}
    dice = random.Random(1)

    async def one(number, due):
        client = await free.get()
        name = f"i{dice.randrange(incidents):08}"
        what = "list" if number % 2 == 0 else "detail"
        target = f"/api/v1/incidents?limit=100&after={name}" if what == "list" else f"/api/v1/incidents/{name}"
        await must(client, 200, "GET", target)
        times[what].append(time.monotonic() - due)
        free.put_nowait(client)

    begin = time.monotonic() + 0.1
    tasks = []
    for number in range(int(seconds * rate)):
        due = begin + number / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        tasks.append(asyncio.ensure_future(one(number, due)))
    await asyncio.gather(*tasks)
    for what, all_times in times.items():
        print(f"{what} with {incidents} incidents at {rate} requests a second: p50 {at_share(all_times, 0.5) * 1e3:.1f} ms, "
              f"p99 {at_share(all_times, 0.99) * 1e3:.1f} ms")


async def export(server, incidents):
    client = await sign_in(server.port, "mediator")
    # The page cache of the client is not the server's; what counts is how the server grows.
    before = server.memory()
    for form in ("csv", "geojson"):
        begin, most, lines, size = time.monotonic(), before, 0, 0
        await client.stream(f"/api/v1/export/incidents.{form}")
        while True:
            part = await client.reader.read(1 << 20)
            if not part:
                break
            lines += part.count(b"\n")
            size += len(part)
            most = max(most, server.memory())
        print(f"{incidents} incidents as {form}: {time.monotonic() - begin:.1f} s, {size / 1e6:.0f} MB, "
              f"{(most - before) / KIB_OF_MIB:.1f} MiB more memory")
        assert lines >= incidents


def tell_of_start(server, what):
    print(f"a start with {what}: {server.seconds:.1f} s ({server.processor():.1f} s of processor), "
          f"{server.memory() / KIB_OF_MIB:.0f} MiB, at most {server.memory('VmHWM') / KIB_OF_MIB:.0f} MiB")


async def run(arguments, data):
    wanted = arguments.parts or ["streams", "writes", "record", "end"]
    monitors = 8
    is_there = os.path.exists(os.path.join(data, "workspace", "workspace.db"))
    server = Program(arguments.program, data)
    try:
        if is_there:
            tell_of_start(server, "what was kept")
        else:
            await add_people(server, monitors)
        if "writes" in wanted:
            for writers, each in ((256, 120), (192, 120), (64, 100), (1, 100)):
                await writes(server, writers, each, monitors)
        if "record" in wanted:
            if not is_there:
                await enter(server, arguments.incidents)
            await look(server, arguments.incidents, 15, 200)
            await export(server, arguments.incidents)
            if not is_there:
                server.end()
                server = Program(arguments.program, data)
                tell_of_start(server, f"{arguments.incidents} incidents")
        clients = await streams(server, arguments.streams) if "streams" in wanted else []
        if "end" in wanted:
            clients = clients or await open_streams(server, arguments.streams)
            status, took = server.end()
            print(f"SIGTERM with {len(clients)} streams open: ended with {status} after {took:.2f} s")
    finally:
        if server.process.poll() is None:
            server.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/truce"))
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--streams", type=int, default=5000)
    parser.add_argument("--folder", help="where the data are; a folder of the system's choice if absent")
    parser.add_argument("--kept", help="where the data are and stay; a record that is there is not made again")
    parser.add_argument("parts", nargs="*", metavar="PART")
    arguments = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if arguments.kept:
        os.makedirs(arguments.kept, exist_ok=True)
        asyncio.run(run(arguments, arguments.kept))
        return 0
    with tempfile.TemporaryDirectory(dir=arguments.folder) as data:
        asyncio.run(run(arguments, data))
    return 0


if __name__ == "__main__":
    sys.exit(main())
