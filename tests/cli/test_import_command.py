"""``instead import`` and ``instead office watch``: the commands by which cases come in."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time

import polars as pl
import pytest

from instead.office.accounts.models import Organization
from instead.office.cases.models import Case, Import
from support.command_line import done, process, refused
from support.court_files import A16, A30, cpcms, docket, offense, report, reports_csv, reports_jsonl
from support.office import home_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    return home_of(Organization.Kind.PROSECUTION)


def test_cases_come_in_and_the_account_is_printed(tmp_path):
    path = reports_jsonl(tmp_path, [report(1), "scribble", report(2, [A16, None])])
    said = done("import", path, "--source", "arrest-reports").out
    assert "arrest_reports.jsonl: 3 rows in = 2 used + 0 merged + 1 set aside" in said
    assert "1 set aside: not valid JSON (row 2)" in said and said.rstrip().endswith("2 new cases.")
    again = done("import", path, "--source", "arrest-reports").out
    assert "0 new cases.\nKnown cases: 2 unchanged.\n" in again
    assert Case.objects.count() == 2 and Import.objects.filter(how="command").count() == 2


def test_what_came_late_is_told(tmp_path):
    done("import", reports_jsonl(tmp_path, [report(1), report(2)]), "--source", "arrest-reports")
    later = reports_jsonl(tmp_path / "later", [report(1, [A16, A30]), report(2)])
    assert "Known cases: 1 unchanged, 1 with a late charge." in done("import", later, "--source", "arrest-reports").out


def test_the_same_as_json_with_the_rows_set_aside_in_a_file(tmp_path):
    path = reports_jsonl(tmp_path, [report(1), "scribble"])
    aside = tmp_path / "aside.csv"
    said = done("import", path, "--source", "arrest-reports", "--json", "--set-aside", aside).json
    assert (said["new"], said["unchanged"], said["refused"]) == (1, 0, 0)
    assert said["files"][0]["set_aside"] == 1 and Import.objects.filter(pk=said["import"]).exists()
    assert pl.read_csv(aside).rows() == [("arrest_reports.jsonl", 2, "not valid JSON")]


def test_any_source_that_the_program_reads(tmp_path):
    court = cpcms(tmp_path / "court", [docket("MC-51-CR-0000001-2019", "U7777777")], [offense("U7777777", "A16")])
    assert "1 new case." in done("import", court, "--source", "pennsylvania-courts").out
    assert (
        "2 new cases."
        in done("import", reports_csv(tmp_path / "csv", [report(1), report(2)]), "--source", "arrest-reports").out
    )


@pytest.mark.parametrize("more", [[], ["--source", "nothing"], ["--source", "arrest-reports", "--set-aside", "a.txt"]])
def test_a_command_that_cannot_be_is_refused_in_words(tmp_path, more):
    refused("import", reports_jsonl(tmp_path, [report(1)]), *more)
    assert not Import.objects.exists()


def test_files_that_are_not_there_or_say_nothing(tmp_path):
    assert "no such file" in refused("import", tmp_path / "nothing", "--source", "arrest-reports")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert "empty" in refused("import", empty, "--source", "arrest-reports")
    assert not Import.objects.exists()


def test_without_an_office_the_command_says_how_to_make_one(tmp_path, office):
    office.delete()
    said = refused("import", reports_jsonl(tmp_path, [report(1)]), "--source", "arrest-reports")
    assert "instead office add-person" in said


def test_the_verb_before_this_one_is_gone(tmp_path):
    assert "No such command" in refused("office", "receive", tmp_path, "--source", "arrest-reports")


def test_a_watched_folder_once(tmp_path):
    folder = tmp_path / "in"
    reports_jsonl(folder, [report(1), "scribble"])
    (folder / "x.pdf").write_bytes(b"%PDF")
    said = done("office", "watch", folder, "--source", "arrest-reports", "--once", "--settled", "0").out
    assert "arrest_reports.jsonl: brought in" in said and "1 new case." in said and "x.pdf: set aside" in said
    assert not any(path.suffix in (".jsonl", ".pdf") for path in folder.iterdir())
    assert sorted(path.suffix for path in (folder / "done").iterdir()) == [".csv", ".jsonl", ".txt"]
    assert Import.objects.get().how == "watched"
    assert done("office", "watch", folder, "--source", "arrest-reports", "--once", "--settled", "0").out == ""


@pytest.mark.parametrize("source", ["nothing", "own.toml"])
def test_a_map_that_cannot_be_is_told_before_anything_is_moved(tmp_path, source):
    folder = tmp_path / "in"
    path = reports_jsonl(folder, [report(1)])
    refused("office", "watch", folder, "--source", source, "--once")
    assert path.exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    refused("office", "watch", tmp_path / "nothing", "--source", "arrest-reports", "--once")


class Outside:
    """An office of its own, for commands that run as processes."""

    def __init__(self, folder):
        self.environment = {**os.environ, "INSTEAD_DATA": str(folder), "INSTEAD_PASSWORD": "correct horse battery"}
        self.environment.pop("DATABASE_URL", None)
        self.started = []

    def run(self, *args):
        """Run a command to its end, and return what it printed."""
        ran = process(*args, env=self.environment)
        assert ran.returncode == 0, ran.stderr.decode()
        return ran.stdout.decode()

    def start(self, *args):
        command = [sys.executable, "-m", "instead", *map(str, args)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.started.append(subprocess.Popen(command, env=self.environment, **quiet))
        return self.started[-1]


@pytest.fixture
def outside(tmp_path):
    made = Outside(tmp_path / "data")
    made.run("office", "setup")
    made.run("office", "add-person", "a", "--role", "prosecutor", "--organization", "DA")
    yield made
    for one in made.started:
        one.kill()
        one.wait(30)


def count(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "office.sqlite3", timeout=20)) as database:
        (cases,) = database.execute("SELECT count(*) FROM cases_case").fetchone()
        (whole,) = database.execute(
            "SELECT count(*) FROM cases_case c WHERE EXISTS (SELECT 1 FROM cases_decision d WHERE d.case_id = c.id)"
            " AND EXISTS (SELECT 1 FROM cases_charge h WHERE h.case_id = c.id)"
            " AND (SELECT count(*) FROM ledger_entry e WHERE e.subject = c.id) = 2"
        ).fetchone()
    return cases, whole


@pytest.mark.slow
def test_an_import_killed_in_the_middle_leaves_whole_cases_and_can_be_run_again(tmp_path, outside):
    path = reports_jsonl(tmp_path, [report(number) for number in range(1, 1501)])
    running = outside.start("import", path, "--source", "arrest-reports")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None and count(tmp_path)[0] == 0:
        time.sleep(0.02)
    running.kill()
    ended = running.wait(30)
    cases, whole = count(tmp_path)
    assert cases == whole and (cases < 1500 or ended == 0)
    assert f"{1500 - cases:,} new case" in outside.run("import", path, "--source", "arrest-reports")
    assert count(tmp_path) == (1500, 1500)
    outside.run("ledger", "verify")


@pytest.mark.slow
def test_two_watchers_at_once_bring_every_case_in_once(tmp_path, outside):
    folder = tmp_path / "in"
    for part in range(6):
        reports_jsonl(tmp_path / "made", [report(number) for number in range(part * 50 + 1, part * 50 + 51)])
        (tmp_path / "made" / "arrest_reports.jsonl").replace(_inside(folder, f"part{part}.jsonl"))
    watching = [
        outside.start("office", "watch", folder, "--source", "arrest-reports", "--every", "0.1", "--settled", "0.2")
        for _ in range(2)
    ]
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and (not (folder / "done").is_dir() or len(list(folder.glob("*.jsonl")))):
        time.sleep(0.1)
    for one in watching:
        one.send_signal(signal.SIGINT)
        assert one.wait(30) == 130
    assert count(tmp_path) == (300, 300)
    assert len(list((folder / "done").glob("*.jsonl"))) == len(list((folder / "done").glob("*.account.txt"))) == 6


def _inside(folder, name):
    folder.mkdir(exist_ok=True)
    return folder / name
