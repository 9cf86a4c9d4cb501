"""A web server on 127.0.0.1 for tests: it gives files of a folder, and misbehaves as the path says.

    misbehaving_server.py FOLDER LOG

An address is /BEHAVIOUR/NUMBER/CALLER/FILE; the number is the byte at which to cut, and the caller any word, so that
tests do not see each other. The port is chosen by the system and printed as the first line. Every request is a line in
LOG: the path, the range that was asked for or -, and the bytes of the file that were sent. Standard input is read to its
end, and then the server ends: it cannot outlive the test that started it.
"""

import hashlib
import http.server
import os
import socketserver
import sys
import threading

FOLDER, LOG = sys.argv[1:3]
PAGE = b"<!DOCTYPE html><html><body>Please log in</body></html>"
# How often a path was asked for: some misbehaviour happens once.
asked = {}
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, sent):
        with lock, open(LOG, "a") as log:
            log.write(f"{self.path} {self.headers.get('Range', '-')} {sent}\n")

    def answer(self, status, body, length=None, headers=(), end=None):
        """Sends a body, of which `end` bytes if that is given, under a stated length."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if length != "none":
            self.send_header("Content-Length", str(len(body) if length is None else length))
        else:
            self.close_connection = True
        self.end_headers()
        part = body if end is None else body[:end]
        sent = 0
        try:
            self.wfile.write(part)
            self.wfile.flush()
            sent = len(part)
        except OSError:
            pass
        self.note(sent)
        if end is not None:
            self.close_connection = True

    def do_GET(self):
        _, behaviour, number, caller, name = self.path.split("/", 4)
        with lock:
            asked[self.path] = times = asked.get(self.path, 0) + 1
        path = os.path.join(FOLDER, name)
        if behaviour == "redirect-loop":
            return self.answer(302, b"", headers=[("Location", self.path)])
        if behaviour == "redirect":
            return self.answer(302, PAGE, headers=[("Location", f"/good/0/{caller}/{name}")])
        if behaviour == "redirect-file":
            return self.answer(302, b"", headers=[("Location", "file://" + path)])
        if behaviour == "not-found" or not os.path.exists(path):
            return self.answer(404, PAGE)
        if behaviour == "out-of-order":
            return self.answer(503, PAGE)
        if behaviour == "html":
            return self.answer(200, PAGE, headers=[("Content-Type", "text/html")])
        if behaviour == "empty":
            return self.answer(200, b"")
        with open(path, "rb") as file:
            body = file.read()
        if behaviour == "changing" and times > 1:
            # Another file of the same length: a correct range of it would make a mixture.
            body = bytes(reversed(body))
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        headers = [] if behaviour == "cut-once-unmarked" else [("ETag", tag)]
        if behaviour == "stalled":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.note(len(body) // 2)
            stop.wait()
            return None
        if behaviour == "too-long":
            return self.answer(200, body + bytes(16), len(body) + 1000, end=len(body) + 16)
        if behaviour == "too-short":
            return self.answer(200, body, len(body) - 7)
        if behaviour == "no-length":
            return self.answer(200, body, "none", headers)
        if behaviour == "no-length-cut":
            return self.answer(200, body, "none", headers, end=len(body) // 2)
        if behaviour == "endless":
            self.send_response(200)
            self.close_connection = True
            self.end_headers()
            try:
                self.wfile.write(body)
                while True:
                    self.wfile.write(bytes(1 << 16))
            except OSError:
                pass
            self.note(-1)
            return None
        cut = None
        if behaviour in ("cut-once", "cut-once-unmarked", "cut-once-no-range", "changing", "changing-no-check"):
            cut = int(number) if times == 1 else None
        if behaviour == "cut-always":
            cut = int(number)
        if behaviour == "changing-no-check" and times > 1:
            # Passes over If-Range, gives a range of another file, and says so by its tag only.
            body = bytes(reversed(body))
            headers = [("ETag", '"another"')]
        asked_range = self.headers.get("Range")
        ranged = behaviour not in ("cut-once-no-range",) and asked_range and asked_range.startswith("bytes=")
        same = behaviour == "changing-no-check" or self.headers.get("If-Range") in (None, tag)
        if ranged and same:
            start = int(asked_range[6:].split("-")[0])
            if start >= len(body):
                return self.answer(416, b"", headers=[("Content-Range", f"bytes */{len(body)}")])
            rest = body[start:]
            headers.append(("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}"))
            return self.answer(206, rest, headers=headers, end=cut)
        return self.answer(200, body, headers=headers, end=cut)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A caller that goes away in the middle is what these tests are about."""


stop = threading.Event()
server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
stop.set()
os._exit(0)
