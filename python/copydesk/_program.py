# SPDX-License-Identifier: Apache-2.0
"""The command line, which the native module holds: the console script of the package."""

from __future__ import annotations

import os
import sys

from . import _core


def main() -> int:
    """Runs the command line with the arguments of the process; returns its exit code."""
    return _core.run_program([b"copydesk", *(os.fsencode(word) for word in sys.argv[1:])])
