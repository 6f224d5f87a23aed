"""Many writers at once, each a process of its own, on SQLite in a file and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection, transaction

from instead.office.ledger import actions
from instead.office.ledger.errors import ChainMoved
from instead.office.ledger.models import Entry, Head
from instead.office.ledger.rows import unmoving_view
from instead.office.ledger.verify import verify
from support.ledger import append

WORKER = Path(__file__).with_name("append_worker.py")


def worker(office, how_many: int, erase_each: int = 0) -> subprocess.Popen[str]:
    """A writer that is ready to begin."""
    environment = {**office.environment, "DJANGO_SETTINGS_MODULE": "instead.office.settings"}
    return subprocess.Popen(
        [sys.executable, str(WORKER), str(how_many), str(erase_each)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline() == "ready\n", process.stderr.read()


def written(process: subprocess.Popen[str]) -> list[int]:
    """The numbers of the entries that a writer wrote, once it is done."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return [int(line) for line in out.split()]


def test_two_hundred_concurrent_appends_give_one_gapless_chain(committing_office):
    with ExitStack() as stack:
        writers = [stack.enter_context(worker(committing_office, 40, erase_each=5)) for _ in range(5)]
        for process in writers:
            ready(process)
        for process in writers:
            begin(process)
        seen = []
        while any(process.poll() is None for process in writers):
            report = verify()
            assert report.whole, report.findings  # at every moment, also while payloads are erased
            seen.append(report.entries)
        numbers = [written(process) for process in writers]
    appended = sorted(number for each in numbers for number in each)
    assert len(appended) == len(set(appended)) == 200
    assert all(each == sorted(each) for each in numbers)
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 241))
    report = verify()
    assert (report.whole, report.entries, report.erased) == (True, 240, 40)
    assert seen == sorted(seen)


def test_whoever_appends_waits_for_the_one_before(committing_office):
    with worker(committing_office, 1) as process:
        ready(process)
        with transaction.atomic():
            (first,) = append()
            begin(process)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.4)
        assert written(process) == [first.number + 1]
    assert verify().whole


def test_verifying_makes_nobody_wait_and_sees_one_moment(committing_office):
    append(2)
    with worker(committing_office, 1) as process, unmoving_view():
        assert Head.objects.get().number == 2
        ready(process)
        begin(process)
        assert written(process) == [3]
        assert verify().entries == 2
    assert verify().entries == 3


@pytest.mark.usefixtures("sqlite_office")
def test_two_verifications_in_a_row_leave_transactions_as_they_were():
    append()
    assert verify().whole and verify().whole
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.usefixtures("committing_office")
def test_a_head_that_moved_is_noticed_and_nothing_is_written(monkeypatch):
    append(2)
    stale = Head.objects.get()
    append()
    monkeypatch.setattr(actions, "_locked_head", lambda: stale)
    with pytest.raises(ChainMoved):
        append()
    assert Entry.objects.count() == 3
    assert verify().whole


@pytest.mark.usefixtures("committing_office")
def test_a_transaction_that_is_rolled_back_leaves_no_gap():
    append()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(2)
        raise ZeroDivisionError
    assert [entry.number for entry in append(2)] == [2, 3]
    assert verify().whole
