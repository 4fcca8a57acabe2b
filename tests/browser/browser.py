# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, driven over its debugging pipe: no driver and no package beside Chromium itself."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
         "--disable-default-apps", "--mute-audio", "--remote-debugging-pipe"]


def find_chromium():
    """The path of Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One page. Errors of its scripts, its console and its security policy gather in `errors`."""

    def __init__(self, width, height, dark=False):
        self.errors, self.requests, self.events, self.buffer, self.last_id = [], [], [], b"", 0
        self.profile = tempfile.mkdtemp(prefix="truce-browser-")
        to_child, self.writing = os.pipe()
        self.reading, from_child = os.pipe()

        def place_pipes():
            # Chromium reads commands from 3 and answers on 4; neither end may be overwritten on the way there.
            reads, writes = os.dup(to_child), os.dup(from_child)
            high_reads, high_writes = os.dup(reads), os.dup(writes)
            os.dup2(high_reads, 3)
            os.dup2(high_writes, 4)

        self.process = subprocess.Popen(
            [find_chromium(), *QUIET, f"--user-data-dir={self.profile}", "about:blank"], preexec_fn=place_pipes,
            close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self.session = None
        target = next(target for target in self.call("Target.getTargets")["targetInfos"] if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.resize(width, height)
        if dark:
            self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.process.terminate()
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.writing)
        os.close(self.reading)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _message(self, deadline):
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.reading], [], [], max(0, deadline - time.monotonic()))
            data = os.read(self.reading, 1 << 16) if ready else b""
            if not data:
                raise RuntimeError("the browser does not answer")
            self.buffer += data
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def _note(self, message):
        self.events.append(message["method"])
        method, details = message["method"], message["params"]
        if method == "Runtime.exceptionThrown":
            thrown = details["exceptionDetails"]
            self.errors.append(thrown.get("exception", {}).get("description") or thrown["text"])
        elif method == "Runtime.consoleAPICalled" and details["type"] in ("error", "warning", "assert"):
            self.errors.append(" ".join(str(value.get("value")) for value in details["args"]))
        elif method == "Log.entryAdded" and details["entry"]["level"] in ("error", "warning"):
            self.errors.append(details["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])

    def call(self, method, timeout=60, **parameters):
        """Sends one command and gives its result; events that come in between are noted."""
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + timeout
        while True:
            answer = self._message(deadline)
            if answer.get("id") == self.last_id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            if "method" in answer:
                self._note(answer)

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, path):
        """Opens a file and waits until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=path.resolve().as_uri())
        deadline = time.monotonic() + 60
        while "Page.loadEventFired" not in self.events:
            message = self._message(deadline)
            if "method" in message:
                self._note(message)

    def value(self, expression):
        """What a script expression gives."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails'].get('exception', {}).get('description')}")
        return result["result"].get("value")

    def press(self, key, code=None, text=None):
        """One key, as from a keyboard."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code or key,
                      **({"text": text} if text and kind == "keyDown" else {}))

    def drag(self, begin, end):
        """The left button from one point of the window to another."""
        steps = [("mouseMoved", begin), ("mousePressed", begin)]
        steps += [("mouseMoved", tuple(a + (b - a) * part / 4 for a, b in zip(begin, end))) for part in range(1, 5)]
        for kind, (x, y) in [*steps, ("mouseReleased", end)]:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if kind != "mouseMoved" else "none",
                      buttons=1, clickCount=1)

    def picture(self, path, whole=False):
        """A PNG of the window, or of the whole page."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(data))
