# SPDX-License-Identifier: Apache-2.0
"""The command line: the package brings the program along and hands over to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def program_path() -> Path:
    """Where the program is. Raises FileNotFoundError where the package was built without it."""
    path = Path(__file__).with_name("bin") / "copydesk"
    if not path.exists():
        raise FileNotFoundError(f"this copy of the package has no program: there is no {path}")
    return path


def main() -> None:
    """Becomes the program, with the same arguments."""
    path = str(program_path())
    os.execv(path, ["copydesk", *sys.argv[1:]])
