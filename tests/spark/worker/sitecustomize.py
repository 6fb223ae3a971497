# SPDX-License-Identifier: Apache-2.0
"""In a Python worker of the tests: ends the worker, or the executor above it, once, where a file says so.

A file STAGE.worker or STAGE.executor in the folder $COPYDESK_TEST_FAULTS names the stage in which it
happens, a function of copydesk._cluster or copydesk._cluster_decide. Whoever takes the file away does it.
"""

import os
import pathlib
import signal
import sys


def _parent_of(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("PPid:")).split()[1])


def _taken(fault):
    try:
        fault.unlink()
    except FileNotFoundError:
        return False
    return True


def _failing_once(function, folder):
    def call(*arguments, **options):
        for batch in function(*arguments, **options):
            if _taken(folder / f"{function.__name__}.worker"):
                os.kill(os.getpid(), signal.SIGKILL)
            if _taken(folder / f"{function.__name__}.executor"):
                # The worker was forked by pyspark's daemon, which the executor has started.
                os.kill(_parent_of(os.getppid()), signal.SIGKILL)
            yield batch

    return call


def _arrange():
    folder = os.environ.get("COPYDESK_TEST_FAULTS")
    is_worker = any("pyspark" in argument for argument in sys.orig_argv)
    if not folder or not is_worker:
        return
    from copydesk import _cluster, _cluster_decide

    stages = [(_cluster, "sketch_blocks"), (_cluster, "join_entries"), (_cluster_decide, "decide")]
    for module, name in stages:
        setattr(module, name, _failing_once(getattr(module, name), pathlib.Path(folder)))


_arrange()
