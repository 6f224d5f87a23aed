"""Run the office's tests on a real PostgreSQL: a private cluster in a temporary folder, gone afterwards.

    python tools/on_postgres.py [PYTEST ARGUMENTS …]

Where the machine has no PostgreSQL server this says so and does nothing; where CI is set it fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.postgres import cluster, server_binaries  # noqa: E402  # found by the line above


def main(arguments: list[str]) -> int:
    """The exit code of pytest, run with DATABASE_URL set."""
    binaries = server_binaries()
    if binaries is None:
        print("The tests on PostgreSQL are left out: this machine has no PostgreSQL server.", file=sys.stderr)  # noqa: T201
        return 1 if os.environ.get("CI") else 0
    with cluster(binaries) as url:
        command = [sys.executable, "-m", "pytest", *(arguments or ["-n", "auto", "tests/office"])]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
