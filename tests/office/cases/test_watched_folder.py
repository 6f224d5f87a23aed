"""A folder is watched: what has stopped changing comes in once, whole, and is moved with its account."""

import fcntl
import itertools
import os

import pytest

from instead.errors import InsteadError
from instead.office.cases.watching import Account, Watcher


class Delivered:
    """What a watcher handed over, by name: the files and what was in them."""

    def __init__(self):
        self.read = []
        self.then = lambda: None
        self.account = Account(["1 new case."])

    def __call__(self, data, name):
        paths = sorted(data.rglob("*")) if data.is_dir() else [data]
        self.read.append((name, {path.name: path.read_text() for path in paths if path.is_file()}))
        self.then()
        return self.account


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def delivered():
    return Delivered()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "in"
    path.mkdir()
    return path


def a_watcher(folder, delivered, clock):
    stamps = itertools.count(1)
    tables = {"main.csv": ("part.csv", "more.csv")}
    return Watcher(folder, delivered, lambda: f"stamp {next(stamps)}", clock, 5.0, tables)


@pytest.fixture
def watcher(folder, delivered, clock):
    return a_watcher(folder, delivered, clock)


def rounds(watcher, clock, seconds=5.0):
    """Look, wait, look again; what was finished the second time."""
    watcher.round()
    clock.now += seconds
    return watcher.round()


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.name.startswith("."))


def test_what_stands_still_comes_in_and_is_moved_with_its_account(folder, watcher, clock, delivered):
    (folder / "a.jsonl").write_text("one")
    (finished,) = rounds(watcher, clock)
    assert delivered.read == [("a.jsonl", {"a.jsonl": "one"})]
    assert finished.read and finished.lies == folder / "done" / "stamp 1 a.jsonl"
    assert names(folder) == ["done", "done/stamp 1 a.jsonl", "done/stamp 1 a.jsonl.account.txt"]
    assert (folder / "done" / "stamp 1 a.jsonl.account.txt").read_text() == "1 new case.\n"
    assert rounds(watcher, clock) == [] and len(delivered.read) == 1


def test_rows_set_aside_lie_beside_it(folder, watcher, clock, delivered):
    delivered.account = Account(["0 new cases."], "file,row,reason\n")
    (folder / "a.jsonl").write_text("one")
    rounds(watcher, clock)
    assert (folder / "done" / "stamp 1 a.jsonl.set-aside.csv").read_text() == "file,row,reason\n"


def test_what_still_changes_waits(folder, watcher, clock, delivered):
    path = folder / "a.jsonl"
    for text in ("o", "on", "one"):
        path.write_text(text)
        assert rounds(watcher, clock, 4.9) == []
    clock.now += 0.2
    assert len(watcher.round()) == 1 and delivered.read == [("a.jsonl", {"a.jsonl": "one"})]


def test_an_old_time_of_change_is_no_proof(folder, watcher, clock, delivered):
    """A file that is copied with its times grows all the same."""
    path = folder / "a.jsonl"
    path.write_text("half")
    os.utime(path, (1, 1))
    watcher.round()
    clock.now += 5
    path.write_text("half and half")
    os.utime(path, (1, 1))
    assert watcher.round() == [] and delivered.read == []


def test_what_changes_while_it_is_read_stays_and_comes_in_again(folder, watcher, clock, delivered):
    path = folder / "a.jsonl"
    path.write_text("one")
    delivered.then = lambda: path.write_text("one and more")
    assert rounds(watcher, clock) == [] and path.exists()
    delivered.then = lambda: None
    assert len(rounds(watcher, clock)) == 1
    assert [text for _, text in delivered.read] == [{"a.jsonl": "one"}, {"a.jsonl": "one and more"}]


def test_what_cannot_be_read_is_set_aside_with_the_reason(folder, watcher, clock, delivered):
    def cannot():
        raise InsteadError(f"{delivered.read[-1][0]}: no table")

    delivered.then = cannot
    (folder / "a.pdf").write_text("%PDF")
    (finished,) = rounds(watcher, clock)
    assert not finished.read and finished.lies == folder / "set-aside" / "stamp 1 a.pdf"
    assert "a.pdf: no table" in (folder / "set-aside" / "stamp 1 a.pdf.account.txt").read_text()


def test_whoever_is_stopped_in_the_middle_begins_again(folder, watcher, clock, delivered):
    def stopped():
        raise KeyboardInterrupt

    (folder / "a.jsonl").write_text("one")
    delivered.then = stopped
    with pytest.raises(KeyboardInterrupt):
        rounds(watcher, clock)
    assert names(folder) == ["a.jsonl"]
    delivered.then = lambda: None
    assert len(rounds(a_watcher(folder, delivered, clock), clock)) == 1


def test_two_watchers_take_a_delivery_once(folder, watcher, clock, delivered):
    other = a_watcher(folder, delivered, clock)
    (folder / "a.jsonl").write_text("one")
    for one in (watcher, other):
        one.round()
    clock.now += 5
    delivered.then = lambda: other.round()
    assert len(watcher.round()) == 1 and other.round() == []
    assert len(delivered.read) == 1


def test_while_somebody_else_works_nobody_takes_anything(folder, watcher, clock, delivered):
    (folder / "a.jsonl").write_text("one")
    with (folder / ".instead-watch.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert rounds(watcher, clock) == []
    assert delivered.read == [] and len(watcher.round()) == 1


def test_a_folder_is_one_delivery(folder, watcher, clock, delivered):
    (folder / "monday" / "deep").mkdir(parents=True)
    (folder / "monday" / "a.csv").write_text("a")
    (folder / "monday" / "deep" / "b.csv").write_text("b")
    watcher.round()
    clock.now += 4
    (folder / "monday" / "deep" / "b.csv").write_text("bb")
    assert rounds(watcher, clock, 4) == []
    clock.now += 2
    (finished,) = watcher.round()
    assert finished.name == "monday" and delivered.read == [("monday", {"a.csv": "a", "b.csv": "bb"})]
    assert (folder / "done" / "stamp 1 monday" / "deep" / "b.csv").is_file()


def test_an_empty_folder_waits_to_be_filled(folder, watcher, clock, delivered):
    (folder / "monday").mkdir()
    assert rounds(watcher, clock) == [] and delivered.read == []


def test_tables_that_belong_together_are_one_delivery(folder, watcher, clock, delivered):
    (folder / "part.csv").write_text("p")
    assert rounds(watcher, clock) == [] and watcher.troubles == {"part.csv": "it waits for main.csv"}
    (folder / "main.csv").write_text("m")
    (finished,) = rounds(watcher, clock)
    assert delivered.read == [("main.csv", {"main.csv": "m", "part.csv": "p"})] and not watcher.troubles
    assert sorted(path.name for path in finished.lies.iterdir()) == ["main.csv", "part.csv"]


@pytest.mark.parametrize("name", [".hidden", "a.jsonl.part", "a.CRDOWNLOAD", "a.tmp"])
def test_what_a_sender_has_not_finished_is_left(folder, watcher, clock, delivered, name):
    (folder / name).write_text("half")
    assert rounds(watcher, clock) == [] and delivered.read == []


def test_a_link_leads_nowhere(folder, watcher, clock, delivered, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (folder / "a.jsonl").symlink_to(tmp_path / "secret")
    (folder / "monday").mkdir()
    (folder / "monday" / "a.csv").symlink_to(tmp_path / "secret")
    (folder / "monday" / "b.csv").write_text("b")
    assert len(rounds(watcher, clock)) == 1
    assert delivered.read == [("monday", {"b.csv": "b"})]


def test_a_trouble_with_the_disk_or_the_database_leaves_it_where_it_is(folder, watcher, clock, delivered):
    def no_answer():
        raise OSError("the database does not answer")

    delivered.then = no_answer
    (folder / "a.jsonl").write_text("one")
    assert rounds(watcher, clock) == []
    assert watcher.troubles == {"a.jsonl": "the database does not answer"} and (folder / "a.jsonl").exists()
    delivered.then = lambda: None
    assert len(watcher.round()) == 1 and not watcher.troubles


def test_two_of_one_name_lie_side_by_side(folder, delivered, clock):
    watcher = Watcher(folder, delivered, lambda: "now", clock)
    for _ in range(2):
        (folder / "a.jsonl").write_text("one")
        rounds(watcher, clock)
    assert {"now a.jsonl", "now a.jsonl (2)"} <= {path.name for path in (folder / "done").iterdir()}


def test_the_mark_of_invented_people_is_no_delivery_and_goes_along(folder, watcher, clock, delivered):
    (folder / "SYNTHETIC").write_text("synthetic people")
    seen = []
    (folder / "a.jsonl").write_text("one")
    delivered_before = delivered.__call__

    def look(data, name):
        seen.append((data.parent.parent / "SYNTHETIC").is_file())
        return delivered_before(data, name)

    watcher.bring_in = look
    assert len(rounds(watcher, clock)) == 1 and seen == [True]
    assert (folder / "SYNTHETIC").is_file()
