#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server as its clients see it: answers are those of `index query`, limits hold, it ends cleanly.

Usage: check_serve.py PROGRAM
"""

import fcntl
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM = ""


def families(count, seed):
    """Records of which half are like an earlier one."""
    chance = random.Random(seed)
    texts = []
    for _ in range(count):
        if texts and chance.random() < 0.5:
            words = chance.choice(texts).split()
            words[chance.randrange(len(words))] = "another"
        else:
            words = [f"w{chance.randrange(20000)}" for _ in range(60)]
        texts.append(" ".join(words))
    return [{"id": f"d{i}", "text": text, "wire": "w"} for i, text in enumerate(texts)]


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Server:
    """A server of an index, at a port or at a socket."""

    def __init__(self, index, *options, at=None):
        where = ["--port", "0"] if at is None else ["--socket", at]
        self.process = subprocess.Popen(
            [PROGRAM, "serve", index, *where, *options], stderr=subprocess.PIPE, text=True
        )
        self.said = self.process.stderr.readline()
        self.path = at
        self.port = 0 if at else int(self.said.rsplit(":", 1)[1])

    def connection(self):
        if self.path:
            return UnixConnection(self.path)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def raw(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def ask(self, method, target, body=None, headers=None, connection=None):
        own = connection or self.connection()
        own.request(method, target, body, headers or {})
        answer = own.getresponse()
        found = answer.read()
        if connection is None:
            own.close()
        return answer.status, found

    def query(self, records, most=100):
        status, found = self.ask("POST", f"/query?most={most}", lines(records))
        assert status == 200, found
        return [json.loads(line) for line in found.splitlines()]

    def stats(self):
        return json.loads(self.ask("GET", "/stats")[1])

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        self.process.stderr.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stderr.close()


def response(raw):
    """All that comes until the other side is done."""
    found = b""
    while True:
        try:
            part = raw.recv(65536)
        except ConnectionResetError:
            break
        if not part:
            break
        found += part
    return found


class Serving(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.index = os.path.join(self.folder.name, "x.index")
        self.records = families(300, 1)
        self.run_program("index", "create", self.index, "--threshold", "0.7", "--with-text", "-q")
        self.old = self.write("old.jsonl", self.records[:200])
        self.run_program("index", "add", self.index, self.old, "--source-field", "wire", "-q")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, records):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(lines(records))
        return path

    def run_program(self, *words):
        return subprocess.run([PROGRAM, *words], check=True, capture_output=True).stdout

    def program(self, *words):
        run = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=60)
        return run.returncode, run.stderr

    def test_answers_are_those_of_the_program(self):
        asked = self.write("asked.jsonl", self.records[100:])
        found = self.run_program("index", "query", self.index, asked, "--most", "3", "-q")
        by_line = {}
        for line in found.splitlines():
            match = json.loads(line)
            place = match.pop("line")
            del match["id"], match["file"]
            by_line.setdefault(place, []).append(match)
        self.assertGreater(len(by_line), 100)
        for at in (None, os.path.join(self.folder.name, "sock")):
            with Server(self.index, at=at) as server:
                answers = server.query(self.records[100:], most=3)
                self.assertEqual([a["line"] for a in answers], list(range(1, 201)))
                self.assertEqual([a["id"] for a in answers], [r["id"] for r in self.records[100:]])
                for answer in answers:
                    self.assertEqual(answer["matches"], by_line.get(answer["line"], []))
                self.assertEqual(answers[0]["matches"][0]["match_source"], "w")
                self.assertEqual(server.stats()["query"]["documents"], 200)
                self.assertEqual(server.end(), 0)

    def test_one_document_in_every_form(self):
        record = self.records[0]
        with Server(self.index) as server:
            expected = server.query([record])[0]["matches"]
            self.assertEqual(expected[0]["match_id"], "d0")
            connection = server.connection()  # one for all
            for body, kind in (
                (json.dumps(record), "application/json"),
                (json.dumps(record, indent=2) + "\n\n", "application/json"),
                (record["text"], "text/plain; charset=utf-8"),
            ):
                status, found = server.ask(
                    "POST", "/query", body.encode(), {"Content-Type": kind}, connection
                )
                self.assertEqual(status, 200)
                self.assertEqual(json.loads(found)["matches"], expected)
            chunked = iter([lines([record])[:20], lines([record])[20:]])
            connection.request("POST", "/query", chunked, encode_chunked=True)
            self.assertEqual(json.loads(connection.getresponse().read())["matches"], expected)
            connection.close()

    def test_a_limit_of_comparisons_is_told(self):
        chance = random.Random(5)
        words = [f"w{i}" for i in range(80)]
        many = []
        for i in range(60):
            mine = list(words)
            for _ in range(2):
                mine[chance.randrange(80)] = f"n{chance.randrange(10000)}"
            many.append({"id": f"t{i}", "text": " ".join(mine)})
        index = os.path.join(self.folder.name, "t.index")
        self.run_program("index", "create", index, "-q")
        self.run_program("index", "add", index, self.write("t.jsonl", many), "-q")
        with Server(index, "--compare", "4") as limited, Server(index) as whole:
            told = limited.query(many)
            self.assertGreater(sum(answer.get("not_compared", 0) for answer in told), 60)
            for one, other in zip(told, whole.query(many)):
                self.assertEqual(one["matches"], other["matches"])
                self.assertNotIn("not_compared", other)

    def test_faults_cost_their_line_alone(self):
        with Server(self.index) as server:
            body = b'{"text": 1}\n' + lines(self.records[:1]) + b"{]\n" + b'{"id": "x"}'
            status, found = server.ask("POST", "/query", body)
            answers = [json.loads(line) for line in found.splitlines()]
            self.assertEqual(status, 200)
            self.assertEqual([a["line"] for a in answers], [1, 2, 3, 4])
            self.assertEqual(answers[0]["error"], "text is not a string")
            self.assertIn("matches", answers[1])
            self.assertEqual(answers[3]["error"], 'no text field "text"')
            self.assertEqual(server.stats()["documents_with_faults"], 3)
            for method, target, body, expected in (
                ("POST", "/query", b"", 400),
                ("POST", "/query?most=many", lines(self.records[:1]), 400),
                ("POST", "/other", b"", 404),
                ("GET", "/query", None, 405),
                ("POST", "/stats", b"", 405),
            ):
                status, found = server.ask(method, target, body)
                self.assertEqual(status, expected, found)
                self.assertTrue(json.loads(found)["error"])

    def test_adding(self):
        with Server(self.index) as server:
            before = server.stats()["index"]
            fresh = {"id": "n", "text": "Bread is baked before five in the morning in the old mill."}
            status, found = server.ask("POST", "/add", lines([fresh, self.records[0], fresh]) + b"{\n")
            self.assertEqual(status, 200)
            answers = [json.loads(line) for line in found.splitlines()]
            self.assertEqual(answers[0], {"line": 1, "id": "n", "kept": True})
            self.assertEqual((answers[1]["kept"], answers[1]["kept_id"]), (False, "d0"))
            self.assertEqual((answers[2]["kept_id"], answers[2]["rule"]), ("n", "identical"))
            self.assertTrue(answers[3]["error"])
            self.assertEqual(server.query([fresh])[0]["matches"][0]["match_id"], "n")
            after = server.stats()["index"]
            self.assertEqual(after["documents"], before["documents"] + 1)
            # Somebody else writes.
            with open(os.path.join(self.index, "LOCK"), "r+b") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                status, found = server.ask("POST", "/add", lines([fresh]))
                self.assertEqual(status, 503, found)
            self.assertEqual(server.ask("POST", "/add", lines([fresh]))[0], 200)
            self.assertEqual(server.end(), 0)
        self.run_program("index", "check", self.index, "-q")
        with Server(self.index, "--read-only") as server:
            self.assertEqual(server.ask("POST", "/add", lines([fresh]))[0], 403)

    def test_what_others_add_is_seen(self):
        with Server(self.index) as server:
            record = {"id": "z", "text": "Rain is expected on Sunday along the whole of the coast."}
            self.assertEqual(server.query([record])[0]["matches"], [])
            self.run_program("index", "add", self.index, self.write("z.jsonl", [record]), "-q")
            for _ in range(600):
                if server.query([record])[0]["matches"]:
                    break
                time.sleep(0.1)
            self.assertEqual(server.query([record])[0]["matches"][0]["match_id"], "z")

    def test_questions_and_additions_at_once(self):
        wrong = []
        with Server(self.index, "--threads", "3") as server:
            done = threading.Event()

            def ask(first):
                connection = server.connection()
                while not done.is_set():
                    for record in self.records[first:200:4]:
                        status, found = server.ask("POST", "/query", lines([record]), None, connection)
                        if status != 200 or not json.loads(found)["matches"]:
                            wrong.append((status, found))
                connection.close()

            def add(begin):
                status, found = server.ask("POST", "/add", lines(self.records[begin : begin + 25]))
                if status != 200:
                    wrong.append((status, found))

            asking = [threading.Thread(target=ask, args=(i,)) for i in range(3)]
            adding = [threading.Thread(target=add, args=(b,)) for b in range(200, 300, 25)]
            for thread in asking + adding:
                thread.start()
            for thread in adding:
                thread.join()
            done.set()
            for thread in asking:
                thread.join()
            self.assertEqual(wrong, [])
            index = server.stats()["index"]
            self.assertEqual(index["documents"] + index["removed_when_they_came"], 300)
            self.assertEqual(server.end(), 0)

    def test_limits_of_a_request(self):
        with Server(self.index, "--max-body", "100k") as server:
            status, found = server.ask("POST", "/query", b"x" * 100_001)
            self.assertEqual(status, 413)
            self.assertIn("--max-body", json.loads(found)["error"])
            for sent, expected in (
                (b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", b" 413 "),
                (b"GET /stats HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", b" 431 "),
                (b"no http at all\r\n\r\n", b" 400 "),
                (b"GET /stats HTTP/1.1\r\nHost: evil.example\r\n\r\n", b" 403 "),
                (b"GET /stats HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n\r\n", b" 403 "),
                (b"GET /stats HTTP/1.0\r\n\r\n", b" 200 "),
                (b"GET /stats HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n", b" 200 "),
            ):
                raw = server.raw()
                raw.sendall(sent)
                self.assertIn(expected, response(raw).split(b"\r\n")[0])
                raw.close()
            # One that waits to be asked for its body is asked.
            raw = server.raw()
            body = lines(self.records[:1])
            raw.sendall(
                b"POST /query HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
            )
            self.assertTrue(raw.recv(100).startswith(b"HTTP/1.1 100 "))
            raw.sendall(body)
            self.assertIn(b'"matches"', response(raw))
            raw.close()

    def test_the_slow_and_the_many(self):
        with Server(self.index, "--timeout", "1") as server:
            slow = server.raw()
            slow.sendall(b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")
            self.assertEqual(response(slow), b"")  # is let go
            slow.close()
        with Server(self.index, "--max-connections", "3") as server:
            held = [server.raw() for _ in range(3)]
            for raw in held:
                raw.sendall(b"GET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n")
                self.assertIn(b" 200 ", raw.recv(65536))
            more = server.raw()
            refused = response(more)
            self.assertIn(b" 503 ", refused)
            self.assertIn(b"--max-connections", refused)
            for raw in [*held, more]:
                raw.close()
            for _ in range(600):  # until the server has seen that they are gone
                try:
                    if server.ask("GET", "/stats")[0] == 200:
                        break
                except OSError:
                    pass
                time.sleep(0.1)
            self.assertEqual(server.ask("GET", "/stats")[0], 200)

    def test_it_ends_behind_the_running_requests(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with Server(self.index) as server:
                idle = server.raw()
                idle.sendall(b"GET /stats HTTP/1.1\r\nHost: localhost\r\n\r\n")
                self.assertIn(b" 200 ", idle.recv(65536))
                body = lines(self.records * 60)  # takes a while
                busy = server.raw()
                busy.sendall(
                    b"POST /query HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                    b"Content-Length: %d\r\n\r\n" % len(body)
                )
                self.assertIn(b" 100 ", busy.recv(65536))
                server.process.send_signal(number)
                # Nobody is let in any more; what has begun is answered.
                with self.assertRaises(OSError):
                    for _ in range(600):
                        server.ask("GET", "/stats")
                        time.sleep(0.1)
                busy.sendall(body)
                answer = response(busy)
                self.assertIn(b" 200 ", answer.split(b"\r\n")[0])
                self.assertIn(b"Connection: close", answer[:1000])
                self.assertEqual(answer.count(b'"matches":['), 300 * 60)
                self.assertEqual(server.process.wait(timeout=60), 0)
                self.assertIn("ended", server.process.stderr.read())
                busy.close()
                idle.close()

    def test_sockets(self):
        path = os.path.join(self.folder.name, "sock")
        with Server(self.index, at=path) as server:
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
            code, said = self.program("serve", self.index, "--socket", path)
            self.assertEqual(code, 1)
            self.assertIn("somebody listens there", said)
            server.process.kill()
            server.process.wait()
        self.assertTrue(os.path.exists(path))  # it could not tidy up
        with Server(self.index, at=path) as server:
            self.assertEqual(server.ask("GET", "/stats")[0], 200)
            self.assertEqual(server.end(), 0)
        self.assertFalse(os.path.exists(path))
        code, said = self.program("serve", self.index, "--socket", self.old)
        self.assertEqual(code, 1)
        self.assertIn("is no socket", said)
        self.assertTrue(os.path.exists(self.old))

    def test_only_this_machine(self):
        for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
            code, said = self.program("serve", self.index, "--port", "0", "--host", host)
            self.assertEqual(code, 2)
            self.assertIn("this machine alone", said)
        for words in (
            (),
            ("--port", "1", "--socket", "x"),
            ("--port", "70000"),
            ("--socket", "x" * 200),
            ("--port", "0", "--timeout", "0"),
            ("--port", "0", "--max-connections", "0"),
            ("--port", "0", "--max-body", "much"),
        ):
            self.assertEqual(self.program("serve", self.index, *words)[0], 2, words)
        code, said = self.program("serve", self.index + "x", "--port", "0")
        self.assertEqual(code, 1)
        self.assertIn("x.indexx", said)

    def test_a_damaged_index_is_named(self):
        with Server(self.index) as server:
            segment = next(n for n in os.listdir(self.index) if n.startswith("seg-"))
            with open(os.path.join(self.index, segment, "sets"), "r+b") as file:
                size = file.seek(0, 2)
                file.seek(64)
                file.write(bytes(size - 128))
            status, found = server.ask("POST", "/query", lines(self.records[1:200]))
            self.assertEqual(status, 500)
            self.assertIn("/sets", json.loads(found)["error"])
            self.assertEqual(server.ask("GET", "/stats")[0], 200)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
