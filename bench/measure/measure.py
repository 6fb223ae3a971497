# SPDX-License-Identifier: Apache-2.0
"""What bench/dedup/run.py and bench/peers/run.py share: run a child, describe the machine, tables."""

import datetime
import os
import pathlib
import platform
import resource
import signal
import statistics
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Failure(Exception):
    """A child that failed, or a program that is not there."""


class Measured:
    """One run of a child: seconds of wall clock and of all processors, peak resident bytes."""

    def __init__(self, wall, cpu, peak, output):
        self.wall, self.cpu, self.peak, self.output = wall, cpu, peak, output


def run_child(command, environment=None, patience=None):
    """Runs `command` to its end, or for `patience` seconds: then it is ended, and that is a Failure.
    Peak memory is what the kernel charged to the child."""
    command = [str(part) for part in command]
    begin = time.perf_counter()
    # With `patience` a session of its own, so that its own children can be ended with it.
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sys.stderr, env=environment,
                             start_new_session=patience is not None)
    timer = threading.Timer(patience or 0, lambda: os.killpg(child.pid, signal.SIGKILL))
    if patience is not None:
        timer.start()
    output = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    timer.cancel()
    if patience is not None and wall > patience:
        raise Failure(f"did not end within {patience:.0f} s")
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode != 0:
        raise Failure(f"exit code {child.returncode}: {' '.join(command)}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


class Series:
    """Several runs of one case; what is reported is the median, and how far the runs lay apart."""

    def __init__(self):
        self.runs = []

    def add(self, measured):
        self.runs.append(measured)

    @property
    def wall(self):
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self):
        return max(run.peak for run in self.runs)

    @property
    def spread(self):
        walls = [run.wall for run in self.runs]
        return (max(walls) - min(walls)) / self.wall


def program(build, *parts):
    path = pathlib.Path(build, *parts).resolve()
    if not path.exists():
        raise Failure(f"{path} is missing; build it first: cmake --preset release && "
                      f"cmake --build --preset release --target {path.name}")
    return path


def resident_megabytes():
    """Peak of this process: the least that run_child can report."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def tool_output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True,
                              cwd=ROOT).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith(("model name", "Model")):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def compiler(build):
    """Name and version of the compiler that CMake chose."""
    for path in sorted(pathlib.Path(build).glob("CMakeFiles/*/CMakeCXXCompiler.cmake")):
        found = {}
        for line in path.read_text().splitlines():
            if line.startswith(("set(CMAKE_CXX_COMPILER_ID ", "set(CMAKE_CXX_COMPILER_VERSION ")):
                name, value = line[4:].split(" ", 1)
                found[name] = value.strip('")')
        return " ".join(found.values())
    return "unknown compiler"


def heading(title, build):
    """Title, machine, compiler, commit and command of a result file, as Markdown."""
    commit = tool_output("git", "rev-parse", "--short=12", "HEAD") or "not under version control"
    if tool_output("git", "status", "--porcelain", "--untracked-files=no"):
        commit += ", with local changes"
    # Folders of this machine mean nothing elsewhere.
    options = ["FOLDER" if option.startswith("/") else option for option in sys.argv[1:]]
    command = " ".join([os.path.relpath(pathlib.Path(sys.argv[0]).resolve(), ROOT), *options])
    load = os.getloadavg()
    return (f"# {title}\n\n"
            f"- Date: {datetime.date.today()}\n"
            f"- Machine: {processor()}, {os.cpu_count()} logical processors, "
            f"Linux {platform.release().split('-')[0]}; load average at the start "
            f"{load[0]:.1f}\n"
            f"- Compiler: {compiler(build)}, release build, no -march\n"
            f"- Commit: {commit}\n"
            f"- Command: `{command}`\n")


def table(header, rows):
    """A Markdown table; the first column to the left, the others to the right."""
    lines = ["| " + " | ".join(header) + " |", "|---" + "|---:" * (len(header) - 1) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def write_result(name, text):
    path = ROOT / "bench" / "results" / f"{datetime.date.today()}-{name}"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    print(f"written: {os.path.relpath(path)}", file=sys.stderr)
