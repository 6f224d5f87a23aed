"""The command ``instead``, in this process for speed or as a process of its own."""

import contextlib
import io
import json
import subprocess
import sys
import traceback
from dataclasses import dataclass

from instead.cli.main import main


@dataclass
class Ran:
    """What came of a command; ``crash`` is the traceback a user would have seen."""

    code: int
    out: str
    err: str
    crash: str = ""

    @property
    def json(self):
        return json.loads(self.out)


def run(*args):
    """Run ``instead`` in this process."""
    out, err = io.StringIO(), io.StringIO()
    before, crash, code = sys.argv, "", 0
    sys.argv = ["instead", *map(str, args)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
            except SystemExit as stop:
                code = stop.code or 0
            except BaseException:  # noqa: BLE001 - also Rust panics, which are no Exception
                code, crash = 1, traceback.format_exc(limit=-2)
    finally:
        sys.argv = before
    return Ran(code, out.getvalue(), err.getvalue(), crash)


def done(*args):
    """Run a command that must succeed."""
    ran = run(*args)
    assert ran.crash == "" and ran.code == 0, ran.crash or ran.err
    return ran


def refused(*args):
    """Run a command that must be refused in words, and return the words."""
    ran = run(*args)
    assert ran.crash == "", ran.crash
    assert ran.code == 2 and ran.out == "" and ran.err.strip(), (ran.code, ran.out, ran.err)
    assert "Traceback" not in ran.err
    return ran.err


def process(*args, **more):
    """Run ``python -m instead`` as a process of its own."""
    command = [sys.executable, "-m", "instead", *map(str, args)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **more)
