"""Exit codes, progress on a terminal and none in a pipe, Ctrl-C, and a reader that goes away."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time

import pytest

from support.command_line import process, run

COMMAND = [sys.executable, "-m", "instead"]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of facts that takes some seconds to read value by value."""
    path = tmp_path_factory.mktemp("table") / "facts.csv"
    rows = "".join(f"C{n},{n % 90},true,{n % 3 == 0},2019-05-{n % 28 + 1:02}\n" for n in range(300_000))
    path.write_text("case_id,age,possession_only,booked,offense_date\n" + rows.replace("True", "true"))
    return path


def on_a_terminal(args, until=b"", then=None, seconds=40):
    """Run with a terminal for standard error; send a signal when it has shown something."""
    master, slave = pty.openpty()
    child = subprocess.Popen([*COMMAND, *map(str, args)], stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    shown, sent, end = b"", False, time.monotonic() + seconds
    with contextlib.suppress(OSError):
        while time.monotonic() < end and (piece := os.read(master, 4096)):
            shown += piece
            if then is not None and not sent and until in shown:
                child.send_signal(then)
                sent = True
    code = child.wait(timeout=seconds)
    os.close(master)
    return code, shown


@pytest.mark.slow
def test_progress_on_a_terminal(table):
    code, shown = on_a_terminal(("screen", "treatment-instead", table))
    assert code == 0 and b"Screening" in shown


@pytest.mark.slow
def test_no_progress_with_json(table):
    assert on_a_terminal(("screen", "treatment-instead", table, "--json")) == (0, b"")


@pytest.mark.slow
def test_no_progress_in_a_pipe(table):
    ran = process("screen", "treatment-instead", table)
    assert ran.stderr == b"" and b"\x1b" not in ran.stdout and ran.returncode == 0


@pytest.mark.slow
def test_ctrl_c_leaves_no_half_written_file(table):
    out = table.parent / "o.csv"
    code, shown = on_a_terminal(("screen", "treatment-instead", table, "--out", out), b"Screening", signal.SIGINT)
    assert code == 130 and b"Traceback" not in shown and b"Stopped" in shown
    assert [path.name for path in table.parent.iterdir()] == ["facts.csv"]


@pytest.mark.parametrize(
    "args",
    [
        ("check", "treatment-instead"),
        ("screen", "treatment-instead", "{table}", "--list"),
        ("screen", "treatment-instead", "{table}", "--json"),
        ("--help",),
    ],
    ids=["check", "list", "json", "help"],
)
def test_a_reader_that_goes_away_is_no_mistake(tmp_path, args):
    small = tmp_path / "t.csv"
    small.write_text("case_id,age\n" + "".join(f"C{n},20\n" for n in range(3_000)))
    read, write = os.pipe()
    os.close(read)
    args = [arg.format(table=small) for arg in args]
    ran = subprocess.run([*COMMAND, *args], stdout=write, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_disk_that_is_full():
    with open("/dev/full", "w") as full:  # noqa: PTH123
        ran = subprocess.run([*COMMAND, "check", "treatment-instead"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2 and b"Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--help",), 0),
        (("--version",), 0),
        (("screen", "--help"), 0),
        (("check", "treatment-instead"), 0),
        (("check", "no-such-policy"), 1),
        (("screen", "no-such-policy", "x"), 2),
        (("screen",), 2),
        (("screne",), 2),
        (("screen", "treatment-instead", "x", "--sauce", "y"), 2),
        (("screen", "treatment-instead", "x", "--assume"), 2),
        (("screen", "treatment-instead", "x", "--as-of", "tomorrow"), 2),
        ((), 2),
    ],
)
def test_exit_codes(args, code):
    ran = run(*args)
    assert ran.crash == "" and ran.code == code


def test_the_module_is_the_command():
    assert process("--version").stdout.startswith(b"instead")
