# SPDX-License-Identifier: Apache-2.0
"""The console script: the command line within Python is the program."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "datasets" / "sample" / "wire.jsonl"
SCRIPT = [sys.executable, "-c", "import sys; from copydesk._program import main; sys.exit(main())"]


def run(*words, **options):
    return subprocess.run([*SCRIPT, *words], capture_output=True, **options)


def test_it_writes_what_the_program_writes(tmp_path):
    program = os.environ.get("COPYDESK_PROGRAM")
    if not program:
        pytest.skip("COPYDESK_PROGRAM names no program")
    for words in (["dedup", SAMPLE, "-q"], ["summarize", SAMPLE, "-q", "-n", "1"], ["help", "dedup"]):
        expected = subprocess.run([program, *words], capture_output=True)
        found = run(*words)
        assert (found.returncode, found.stdout) == (expected.returncode, expected.stdout)
        assert found.returncode == 0 and found.stdout


def test_messages_and_exit_codes(tmp_path):
    wrong = run("dedpu")
    assert wrong.returncode == 2 and b"did you mean dedup?" in wrong.stderr
    name = os.fsencode(tmp_path) + b"/n\xff.jsonl"
    assert run("dedup", os.fsdecode(name)).returncode == 1  # there is none
    with open(name, "wb") as file:
        file.write(b'{"id": 1, "text": "one"}\n')
    assert run("dedup", os.fsdecode(name), "-q").stdout == b'{"id": 1, "text": "one"}\n'


def test_a_closed_pipe_ends_it(tmp_path):
    with subprocess.Popen(
        [*SCRIPT, "dedup", SAMPLE, "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as started:
        started.stdout.close()
        assert started.wait(60) == 0 and started.stderr.read() == b""


def test_an_interrupt_stops_it(tmp_path):
    fifo = tmp_path / "in.jsonl"
    os.mkfifo(fifo)
    with subprocess.Popen([*SCRIPT, "dedup", fifo, "-q"], stderr=subprocess.PIPE) as started:
        with open(fifo, "wb") as writing:  # opened once the program reads
            writing.write(b'{"id": 1, "text": "one"}\n')
            writing.flush()
            time.sleep(0.2)
            started.send_signal(signal.SIGINT)
        assert started.wait(60) == 130 and b"Traceback" not in started.stderr.read()
