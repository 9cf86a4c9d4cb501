"""Controls a headless Chromium over a pipe (`--remote-debugging-pipe`) with the DevTools protocol; needs no package.

    with Browser() as browser:
        page = browser.open("report.html", width=1280, dark=False)
        page.evaluate("document.title")
"""
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time


class BrowserError(Exception):
    """A command to the browser failed."""


class Browser:
    """A browser with one tab; its profile is deleted at the end."""

    def __init__(self, seconds=60):
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        mac = "/Applications/Chromium.app/Contents/MacOS/Chromium"
        if program is None and os.path.exists(mac):
            program = mac
        if program is None:
            raise BrowserError("chromium is not on the PATH; 'Scripts/setup.sh check' installs it")
        self.seconds = seconds
        self.number = 0
        self.events = []
        self.buffer = b""
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        (read_commands, self.commands), (self.answers, write_answers) = os.pipe(), os.pipe()

        def place():
            # The browser reads commands from descriptor 3 and answers on 4.
            first, second = os.dup(read_commands), os.dup(write_answers)
            os.dup2(first, 3)
            os.dup2(second, 4)

        options = [
            "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}", "--no-first-run",
            "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1",
            # The sandbox does not work for root and in many containers. It is not needed: the pages are our own.
            "--no-sandbox"]
        self.process = subprocess.Popen(
            [program, *options, "about:blank"], pass_fds=(3, 4), preexec_fn=place, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read_commands)
        os.close(write_answers)
        tabs = [target for target in self.call("Target.getTargets")["targetInfos"] if target["type"] == "page"]
        tab = tabs[0]["targetId"] if tabs else self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.tell(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (BrowserError, OSError):
            self.process.kill()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.profile.cleanup()

    def tell(self, method, **parameters):
        """Calls a method of the tab and returns its result."""
        return self.call(method, self.session, **parameters)

    def call(self, method, session=None, **parameters):
        """Calls a method of the browser and returns its result. Events that arrive in the meantime are stored."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.commands, data):]
        end = time.monotonic() + self.seconds
        while True:
            answer = self.receive(end, method)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def receive(self, end, waiting_for):
        """The next message from the browser."""
        while b"\0" not in self.buffer:
            if not select.select([self.answers], [], [], max(0, end - time.monotonic()))[0]:
                raise BrowserError(f"no answer to {waiting_for} in {self.seconds} s")
            part = os.read(self.answers, 1 << 16)
            if not part:
                raise BrowserError("the browser ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def open(self, path, width=1280, height=900, dark=False, fragment=""):
        """Loads a file and waits until it is shown."""
        self.tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.tell(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        # An empty page comes first, so that another fragment of the same file is a new load too.
        self.navigate("about:blank")
        self.events.clear()
        self.navigate(pathlib.Path(path).absolute().as_uri() + (f"#{fragment}" if fragment else ""))

    def navigate(self, address):
        start = len(self.events)
        result = self.tell("Page.navigate", url=address)
        if "errorText" in result:
            raise BrowserError(f"{address}: {result['errorText']}")
        end = time.monotonic() + self.seconds
        while not any(event["method"] == "Page.loadEventFired" for event in self.events[start:]):
            self.events.append(self.receive(end, f"loading {address}"))

    def evaluate(self, expression):
        """The value of a JavaScript expression in the page. The page's policy forbids only scripts of the page."""
        result = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise BrowserError(f"in the page: {result['exceptionDetails']}")
        return result["result"].get("value")

    def problems(self):
        """The browser's warnings and errors since the page was opened, and every request to another address."""
        found = []
        for event in self.events:
            name, values = event["method"], event.get("params", {})
            if name == "Log.entryAdded":
                found.append(f"{values['entry']['level']}: {values['entry']['text']}")
            elif name == "Runtime.exceptionThrown":
                found.append(f"exception: {values['exceptionDetails']['text']}")
            elif name == "Runtime.consoleAPICalled":
                found.append(f"console: {values['type']}")
            elif name == "Network.requestWillBeSent":
                address = values["request"]["url"]
                if values.get("type") != "Document" and not address.startswith("data:"):
                    found.append(f"request to {address}")
        return found

    def screenshot(self, path, whole=True):
        """Saves an image of the whole page, or of the part that is visible without scrolling."""
        options = {}
        if whole:
            size = self.tell("Page.getLayoutMetrics")["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 15000), "scale": 1}
        data = self.tell("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **options)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def pdf(self, path):
        """Saves the page as a PDF, as it would be printed."""
        data = self.tell("Page.printToPDF", printBackground=False, paperWidth=8.27, paperHeight=11.69)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
