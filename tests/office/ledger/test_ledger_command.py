"""``instead ledger``: exit codes, words, JSON, checkpoint files, and the page that shows it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import subprocess
import sys
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from instead.cli import ledger as command
from instead.cli.main import cli
from instead.office.clock import standing_still
from instead.office.ledger import actions, chain, guards
from instead.office.ledger.models import Entry
from support.command_line import done, refused, run
from support.ledger import NOW, append, key, sql

PAGE = Path(__file__).parents[3] / "docs" / "commands" / "ledger.md"


@pytest.fixture(autouse=True)
def registered():
    cli.add_command(command.ledger)


@pytest.mark.usefixtures("office")
def test_a_whole_ledger():
    append(3)
    ran = done("ledger", "verify")
    assert ran.out.startswith("The ledger is whole: 3 entries.\n")
    assert "Without a checkpoint" in ran.out
    answer = done("ledger", "verify", "--json").json
    last = Entry.objects.get(number=3)
    nothing = {"erased": 0, "against": None, "found": 0, "findings": []}
    assert answer == {"whole": True, "entries": 3, "number": 3, "hash": last.hash, **nothing}


@pytest.mark.usefixtures("office")
def test_a_ledger_that_is_not_whole(tmp_path):
    append(3)
    guards.take_down(connection)
    sql("UPDATE ledger_entry SET kind = 'x' WHERE number = 2")
    ran = run("ledger", "verify")
    assert (ran.code, ran.crash) == (1, "")
    assert ran.out.splitlines() == [
        "The ledger is NOT whole: 1 finding in 3 entries.",
        "  changed entry: entry 2 was changed: its contents do not give its hash",
    ]
    ran = run("ledger", "verify", "--json")
    assert ran.code == 1
    (finding,) = ran.json["findings"]
    assert (ran.json["whole"], finding["kind"], finding["number"]) == (False, "changed entry", 2)
    file = tmp_path / "checkpoint.json"
    ran = run("ledger", "checkpoint", file)
    assert ran.code == 1 and "No checkpoint was written" in ran.out and not file.exists()


@pytest.mark.usefixtures("office")
def test_a_checkpoint_is_written_continued_and_replaced(tmp_path):
    append(2)
    file = tmp_path / "checkpoint.json"
    with standing_still(NOW):
        assert "A checkpoint of 2 entries written to" in done("ledger", "checkpoint", file).out
    last = Entry.objects.get(number=2)
    stamp = {"format": "instead-ledger-1", "at": "2026-11-23T06:00:00+00:00"}
    assert json.loads(file.read_text()) == {**stamp, "number": 2, "hash": last.hash, "count": 2}
    append(1)
    words = "It continues the checkpoint of 2026-11-23 06:00 UTC at entry 2."
    assert words in done("ledger", "verify", "--against", file).out
    answer = done("ledger", "verify", "--against", file, "--json").json
    assert answer["against"] == {"number": 2, "hash": last.hash}
    done("ledger", "checkpoint", file)
    assert json.loads(file.read_text())["number"] == 3


@pytest.mark.usefixtures("office")
def test_a_cut_tail_does_not_replace_the_checkpoint_that_shows_it(tmp_path):
    entries = append(3)
    file = tmp_path / "checkpoint.json"
    done("ledger", "checkpoint", file)
    before = file.read_text()
    guards.take_down(connection)
    sql("DELETE FROM ledger_payload WHERE entry_id = %s", key(entries[2].id))
    sql("DELETE FROM ledger_entry WHERE number = 3")
    sql("UPDATE ledger_head SET number = 2, hash = %s", entries[1].hash)
    assert done("ledger", "verify").code == 0
    for arguments in (("verify", "--against", file), ("checkpoint", file)):
        ran = run("ledger", *arguments)
        assert ran.code == 1 and "the tail was cut off" in ran.out
    assert file.read_text() == before


def _checkpoint(**more):
    right = {"format": chain.FORMAT, "number": 1, "hash": "a" * 64, "at": "2026-11-23T06:00:00+00:00", "count": 1}
    return json.dumps({key: value for key, value in {**right, **more}.items() if value is not Ellipsis})


@pytest.mark.usefixtures("sqlite_office")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is no checkpoint"),
        ("[]", "not a JSON object"),
        ("[" * 1_900, "is no checkpoint"),
        (b"\xff\xfe", "is no checkpoint"),
        (_checkpoint() + " " * 5_000 + "x", None),
        (_checkpoint(format="other"), "`format` is 'other'"),
        (_checkpoint(hash=...), "`hash` is missing"),
        (_checkpoint(extra=1), "'extra' is no key"),
        (_checkpoint(number=True), "`number` is True"),
        (_checkpoint(number=-1, count=-1), "`number` is -1"),
        (_checkpoint(number=2**63, count=2**63), "`number` is 9223372036854775808"),
        (_checkpoint(number=1.0), "`number` is 1.0"),
        (_checkpoint(count=2), "`count` is 2"),
        (_checkpoint(hash="A" * 64), "`hash` is 'AAA"),
        (_checkpoint(number=0, count=0), "`hash` is 'aaa"),
        (_checkpoint(at="2026-11-23"), "`at` is '2026-11-23'"),
        (_checkpoint(at=5, hash=5), "`at` is 5"),
    ],
)
def test_a_file_that_is_no_checkpoint_is_refused_and_left_alone(tmp_path, content, told):
    append()
    file = tmp_path / "checkpoint.json"
    raw = content if isinstance(content, bytes) else content.encode()
    file.write_bytes(raw)
    if told is not None:
        assert told in refused("ledger", "verify", "--against", file)
        assert told in refused("ledger", "checkpoint", file)
        assert file.read_bytes() == raw


@pytest.mark.usefixtures("sqlite_office")
def test_files_that_cannot_be_used(tmp_path):
    assert "cannot be read" in refused("ledger", "verify", "--against", tmp_path / "none.json")
    assert "cannot be read" in refused("ledger", "verify", "--against", tmp_path)
    assert "cannot be read" in refused("ledger", "checkpoint", tmp_path)
    assert "does not exist" in refused("ledger", "checkpoint", tmp_path / "no" / "file.json")


@pytest.mark.usefixtures("sqlite_office")
def test_a_database_without_a_ledger(tmp_path):
    guards.take_down(connection)
    for table in ("payload", "entry", "head"):
        sql(f"DROP TABLE ledger_{table}")
    assert "the ledger cannot be read: no such table" in refused("ledger", "verify")
    connection.settings_dict["NAME"] = str(tmp_path / "elsewhere.sqlite3")
    assert "there is no office here" in refused("ledger", "verify")
    assert not (tmp_path / "elsewhere.sqlite3").exists()


def test_other_commands_do_not_load_the_office():
    code = "import sys, instead.cli.ledger; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _blocks(kind: str) -> list[list[str]]:
    return [block.splitlines() for block in re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(), re.M | re.S)]


def _replayed(lines: list[str], folder: Path) -> list[str]:
    """The lines of a block with each of its commands run again."""
    shown: list[str] = []
    status = 0
    for line in (line for line in lines if line.startswith("$ ")):
        match shlex.split(line)[1:]:
            case ["instead", *arguments]:
                ran = run(*(folder / each if each.endswith(".json") else each for each in arguments))
                status, out = ran.code, ran.out.replace(f"{folder}/", "")
            case ["cat", name]:
                out = (folder / name).read_text()
            case ["echo", "$?"]:
                out = f"{status}\n"
        shown += [line, *out.splitlines()]
    return shown


@pytest.mark.usefixtures("sqlite_office")
def test_the_page_shows_what_happens(tmp_path, monkeypatch):
    numbers = count(1)
    monkeypatch.setattr(actions, "random_id", lambda: UUID(int=next(numbers), version=4))
    monkeypatch.setattr(chain, "new_salt", lambda: bytes(32))
    entries = append(4, subject=UUID(int=0, version=4))
    with transaction.atomic():
        actions.erase([entries[1].id], actor=None, at=NOW, reason="expunged by order of the court")
    whole, cut, changed = _blocks("text")
    with standing_still(NOW):
        assert _replayed(whole, tmp_path) == whole
    guards.take_down(connection)
    sql("DELETE FROM ledger_payload WHERE entry_id = %s", key(Entry.objects.get(number=5).id))
    sql("DELETE FROM ledger_entry WHERE number = 5")
    sql("UPDATE ledger_head SET number = 4, hash = %s", entries[3].hash)
    sql("INSERT INTO ledger_payload VALUES (%s, %s, %s)", key(entries[1].id), bytes(32), chain.canonical({"step": 1}))
    with standing_still(NOW + dt.timedelta(days=1)):
        assert _replayed(cut, tmp_path) == cut
    sql("UPDATE ledger_entry SET at = %s WHERE number = 3", NOW - dt.timedelta(days=1))
    assert _replayed(changed, tmp_path) == changed


def test_every_kind_of_finding_is_on_the_page():
    from instead.office.ledger.findings import Kind

    rows = re.findall(r"^\| `([a-z ]+)` \|", PAGE.read_text(), re.M)
    assert set(rows) >= set(Kind)
