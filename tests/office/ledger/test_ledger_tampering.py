"""Whatever somebody with the database's own password does to the ledger is found, and said in plain words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection, models, transaction

from instead.office.ledger import chain, findings, guards, rows
from instead.office.ledger.actions import erase
from instead.office.ledger.checkpoint import Checkpoint, checkpoint_of
from instead.office.ledger.findings import Finding, Kind
from instead.office.ledger.models import Entry, Payload
from instead.office.ledger.verify import verify
from support.ledger import NOW, append, key, sql, unconstrained

TABLES = ("ledger_payload", "ledger_entry", "ledger_head")


@pytest.fixture
def ledger(office) -> Checkpoint:  # noqa: ARG001
    """Ten entries, the ninth erases the payload of the third; the guards are down."""
    entries = append(8)
    with transaction.atomic():
        erase([entries[2].id], actor=None, at=NOW, reason="expunged")
    append()
    report = verify()
    assert (report.whole, report.entries, report.erased) == (True, 10, 1)
    guards.take_down(connection)
    return checkpoint_of(report, NOW)


def found() -> list[tuple[Kind, int]]:
    return [(finding.kind, finding.number) for finding in verify().findings]


def told() -> str:
    return "\n".join(finding.message for finding in verify().findings)


def entry(number: int) -> Entry:
    return Entry.objects.get(number=number)


def remove(*numbers: int) -> None:
    """Delete entries with their payloads."""
    for number in numbers:
        sql("DELETE FROM ledger_payload WHERE entry_id = %s", key(entry(number).id))
        sql("DELETE FROM ledger_entry WHERE number = %s", number)


def set_head(number: int) -> None:
    sql("UPDATE ledger_head SET number = %s, hash = %s", number, entry(number).hash if number else chain.GENESIS)


def write_anew(first: int) -> None:
    """Compute links and hashes of an altered tail anew, and the head: the work of somebody who knows how."""
    before = entry(first - 1).hash
    for row in list(Entry.objects.filter(number__gte=first).order_by("number")):
        link = replace(row.link(), previous=before)
        sql("UPDATE ledger_entry SET previous = %s, hash = %s WHERE number = %s", before, link.hash(), row.number)
        before = link.hash()
    set_head(Entry.objects.count())


def change_everything_about(number: int) -> None:
    """Change an entry and give it a hash that fits."""
    sql("UPDATE ledger_entry SET kind = 'something else' WHERE number = %s", number)
    sql("UPDATE ledger_entry SET hash = %s WHERE number = %s", entry(number).link().hash(), number)


def insert_after(number: int, new_number: int) -> None:
    """A well-made entry that follows one which has a successor already."""
    link = replace(entry(number).link(), number=new_number, id=uuid4(), previous=entry(number).hash)
    values = {name: getattr(link, name) for name in chain.Link.__slots__}
    models.Model.save(Entry(hash=link.hash(), **values), force_insert=True)
    content = chain.canonical({})
    models.Model.save(Payload(entry_id=link.id, salt=bytes(32), content=content), force_insert=True)
    fitting = chain.commitment(bytes(32), content)
    sql("UPDATE ledger_entry SET commitment = %s WHERE id = %s", fitting, key(link.id))
    fitted = replace(link, commitment=fitting).hash()
    sql("UPDATE ledger_entry SET hash = %s WHERE id = %s", fitted, key(link.id))


def write_erasure(content: str) -> None:
    """Let the erasure, entry 9, say something else, with hashes that fit."""
    values = (content, b"\0" * 32, key(entry(9).id))
    sql("UPDATE ledger_payload SET content = %s, salt = %s WHERE entry_id = %s", *values)
    sql("UPDATE ledger_entry SET commitment = %s WHERE number = 9", chain.commitment(b"\0" * 32, content))
    write_anew(9)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("column", ["kind", "at", "actor_id", "subject"])
def test_a_changed_entry(column):
    new = {"kind": "something else", "at": NOW - dt.timedelta(days=1)}.get(column, key(uuid4()))
    sql(f"UPDATE ledger_entry SET {column} = %s WHERE number = 4", new)
    assert found() == [(Kind.CHANGED_ENTRY, 4)]
    assert told() == "entry 4 was changed: its contents do not give its hash"


@pytest.mark.usefixtures("ledger")
def test_a_changed_entry_with_a_hash_that_fits():
    change_everything_about(4)
    assert found() == [(Kind.BROKEN_LINK, 5)]
    assert "entry 5 does not follow entry 4 as it is now" in told()


@pytest.mark.usefixtures("ledger")
def test_a_changed_hash_or_commitment():
    sql("UPDATE ledger_entry SET hash = %s WHERE number = 4", "f" * 64)
    sql("UPDATE ledger_entry SET commitment = %s WHERE number = 7", "f" * 64)
    changed = [(Kind.CHANGED_ENTRY, 4), (Kind.BROKEN_LINK, 5), (Kind.CHANGED_ENTRY, 7), (Kind.CHANGED_PAYLOAD, 7)]
    assert found() == changed


@pytest.mark.usefixtures("ledger")
def test_a_changed_payload():
    sql("UPDATE ledger_payload SET content = '{\"step\":9}' WHERE entry_id = %s", key(entry(4).id))
    sql("UPDATE ledger_payload SET salt = %s WHERE entry_id = %s", b"\0" * 32, key(entry(6).id))
    assert found() == [(Kind.CHANGED_PAYLOAD, 4), (Kind.CHANGED_PAYLOAD, 6)]
    assert "the payload of entry 4 was changed" in told()


@pytest.mark.usefixtures("ledger")
def test_payloads_that_changed_places():
    unconstrained("ledger_payload")
    one, two, between = key(entry(4).id), key(entry(5).id), key(uuid4())
    for now_at, goes_to in ((one, between), (two, one), (between, two)):
        sql("UPDATE ledger_payload SET entry_id = %s WHERE entry_id = %s", goes_to, now_at)
    assert found() == [(Kind.CHANGED_PAYLOAD, 4), (Kind.CHANGED_PAYLOAD, 5)]


@pytest.mark.usefixtures("ledger")
def test_a_missing_payload_that_no_erasure_names():
    sql("DELETE FROM ledger_payload WHERE entry_id = %s", key(entry(4).id))
    assert found() == [(Kind.MISSING_PAYLOAD, 4)]
    assert told() == "the payload of entry 4 is gone, and no erasure says so"


@pytest.mark.usefixtures("ledger")
def test_an_erasure_without_its_own_payload_excuses_nothing():
    sql("DELETE FROM ledger_payload WHERE entry_id = %s", key(entry(9).id))
    assert found() == [(Kind.MISSING_PAYLOAD, 3), (Kind.MISSING_PAYLOAD, 9)]


@pytest.mark.usefixtures("ledger")
def test_an_erased_payload_that_came_back():
    sql("INSERT INTO ledger_payload (entry_id, salt, content) VALUES (%s, %s, '{}')", key(entry(3).id), b"\0" * 32)
    assert found() == [(Kind.CHANGED_PAYLOAD, 3), (Kind.RETURNED_PAYLOAD, 3)]


@pytest.mark.usefixtures("ledger")
def test_an_erasure_that_names_nothing():
    unconstrained("ledger_payload")
    for content in ("{", "[]", '{"entries":[1]}', '{"entries":["x"]}', "[" * 100_000):
        write_erasure(content)
        assert found() == [(Kind.UNREADABLE, 9), (Kind.MISSING_PAYLOAD, 3)]


@pytest.mark.usefixtures("ledger")
def test_an_erasure_excuses_nothing_that_came_after_it():
    write_erasure(chain.canonical({"entries": [entry(3).id, entry(10).id]}))
    assert verify().whole
    sql("DELETE FROM ledger_payload WHERE entry_id = %s", key(entry(10).id))
    assert found() == [(Kind.MISSING_PAYLOAD, 10)]


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("numbers", "words"), [((4,), "entry 4 is missing"), ((4, 5, 6), "entries 4 to 6 are missing")]
)
def test_missing_entries(numbers, words):
    remove(*numbers)
    assert found() == [(Kind.MISSING_ENTRY, 4)]
    assert told() == words


@pytest.mark.usefixtures("ledger")
def test_the_first_entry_is_missing():
    remove(1)
    assert found() == [(Kind.MISSING_ENTRY, 1)]


@pytest.mark.usefixtures("ledger")
def test_a_missing_entry_whose_number_was_given_to_the_next_ones():
    remove(4)
    for number in range(5, 11):
        sql("UPDATE ledger_entry SET number = %s WHERE number = %s", number - 1, number)
    set_head(9)
    kinds = {kind for kind, _ in found()}
    assert {Kind.WRONG_NUMBER, Kind.BROKEN_LINK} <= kinds
    assert "the entry with the number 9 was written as number 10" in told()


@pytest.mark.usefixtures("ledger")
def test_entries_in_another_order():
    unconstrained("ledger_entry")
    for old, new in ((4, 1000), (5, 4), (1000, 5)):
        sql("UPDATE ledger_entry SET number = %s WHERE number = %s", new, old)
    assert found() == [(kind, number) for number in (4, 5) for kind in (Kind.REORDERED,) * 2] + [(Kind.REORDERED, 6)]
    assert "the entry with the number 4 was written as number 5" in told()
    assert "entry 6 follows entry 4, but stands after entry 5" in told()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("number", [40, 40_000_000_000])
def test_a_wrong_number(number):
    sql("UPDATE ledger_entry SET number = %s WHERE number = 4", number)
    assert (Kind.WRONG_NUMBER, number) in found()
    assert (Kind.MISSING_ENTRY, 4) in found()
    assert f"the entry with the number {number:,} was written as number 4" in told()


@pytest.mark.usefixtures("ledger")
def test_a_number_below_one():
    unconstrained("ledger_entry")
    sql("UPDATE ledger_entry SET number = 0 WHERE number = 1")
    assert (Kind.WRONG_NUMBER, 0) in found()


@pytest.mark.usefixtures("ledger")
def test_a_fork_under_the_same_number():
    unconstrained(*TABLES)
    insert_after(4, 5)
    assert (Kind.FORK, 5) in found()
    assert "there are two entries with the number 5" in told()


@pytest.mark.usefixtures("ledger")
def test_a_fork_at_the_end():
    unconstrained(*TABLES)
    insert_after(4, 11)
    set_head(11)
    assert found() == [(Kind.FORK, 11)]
    assert told() == "the chain forks: entry 11 follows entry 4, and so does entry 5"


@pytest.mark.usefixtures("ledger")
def test_a_second_beginning():
    unconstrained(*TABLES)
    insert_after(4, 11)
    sql("UPDATE ledger_entry SET previous = %s WHERE number = 11", chain.GENESIS)
    sql("UPDATE ledger_entry SET hash = %s WHERE number = 11", entry(11).link().hash())
    set_head(11)
    assert told() == "the chain forks: entry 11 begins the chain, and so does entry 1"


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE ledger_head SET number = 9", "the head says that entry 9 is the last, but it is entry 10"),
        ("UPDATE ledger_head SET hash = 'x'", "the head has another hash than the last entry, number 10"),
        ("DELETE FROM ledger_head", "the ledger has no head"),
    ],
)
def test_a_head_that_does_not_match(statement, words):
    sql(statement)
    assert [kind for kind, _ in found()] == [Kind.HEAD]
    assert told() == words


@pytest.mark.usefixtures("ledger")
def test_two_heads():
    unconstrained("ledger_head")
    sql("INSERT INTO ledger_head SELECT * FROM ledger_head")
    assert told() == "the ledger has two heads"


@pytest.mark.usefixtures("sqlite_office")
@pytest.mark.parametrize("damage", ["content = x'ff'", "content = NULL", "salt = 'text'", "salt = NULL"])
def test_a_payload_that_no_ledger_writes_is_a_changed_one(damage):
    append(3)
    unconstrained(*TABLES)
    sql(f"UPDATE ledger_payload SET {damage} WHERE entry_id = %s", key(entry(2).id))
    assert found() == [(Kind.CHANGED_PAYLOAD, 2)]


@pytest.mark.usefixtures("ledger")
def test_payloads_that_belong_to_no_entry():
    unconstrained("ledger_payload")
    sql("INSERT INTO ledger_payload (entry_id, salt, content) VALUES (%s, %s, '{}')", key(uuid4()), b"\0" * 32)
    assert found() == [(Kind.STRAY_PAYLOAD, 0)]


@pytest.mark.usefixtures("sqlite_office")
@pytest.mark.parametrize(
    "damage",
    [
        "at = 'yesterday'",
        "at = '9999-99-99 00:00:00'",
        "id = 'nobody'",
        "subject = x'00ff'",
        "actor_id = 7",
        "kind = 7",
        "kind = x'00'",
        "commitment = NULL",
        "hash = NULL",
        "previous = 1.5",
        "number = 'many'",
        "number = 4.5",
    ],
)
def test_what_no_ledger_writes_is_told_and_stops_nothing(damage):
    append(6)
    unconstrained(*TABLES)
    sql("PRAGMA ignore_check_constraints = ON")
    sql(f"UPDATE ledger_entry SET {damage} WHERE number = 4")
    report = verify()
    assert report.entries == 6
    assert Kind.UNREADABLE in {finding.kind for finding in report.findings} or "4 was changed" in told()


@pytest.mark.usefixtures("sqlite_office")
def test_any_change_of_any_column_of_any_entry_is_found():
    append(6)
    unconstrained(*TABLES)
    values = {"number": 77, "at": NOW - dt.timedelta(microseconds=1), "kind": "x", "commitment": "0" * 64}
    values |= {"previous": "1" * 64, "hash": "2" * 64}
    values |= {column: key(uuid4()) for column in ("id", "actor_id", "subject")}
    for number in range(1, 7):
        for column, value in values.items():
            with transaction.atomic():
                sql(f"UPDATE ledger_entry SET {column} = %s WHERE number = %s", value, number)
                assert not verify().whole, (number, column)
                transaction.set_rollback(True)
    assert verify().whole


def test_a_cut_tail_is_found_with_a_checkpoint_alone(ledger):
    remove(9, 10)  # the erasure among them: the third payload is put back as well
    with transaction.atomic():
        salt, content = b"\0" * 32, "{}"
        sql("INSERT INTO ledger_payload VALUES (%s, %s, %s)", key(entry(3).id), salt, content)
        sql("UPDATE ledger_entry SET commitment = %s WHERE number = 3", chain.commitment(salt, content))
    write_anew(3)
    assert verify().whole
    (finding,) = verify(ledger).findings
    assert finding == Finding(
        Kind.CUT_TAIL,
        8,
        "the checkpoint of 2026-11-23 06:00 UTC knew 10 entries, now the last is 8: the tail was cut off",
    )


def test_a_tail_cut_to_nothing(ledger):
    sql("DELETE FROM ledger_payload")
    sql("DELETE FROM ledger_entry")
    set_head(0)
    assert verify().whole
    assert [finding.kind for finding in verify(ledger).findings] == [Kind.CUT_TAIL]


def test_a_ledger_written_anew_is_found_with_a_checkpoint_alone(ledger):
    sql("UPDATE ledger_entry SET kind = 'something else' WHERE number = 4")
    write_anew(4)
    guards.put_up(connection)
    append(3)
    assert verify().whole
    (finding,) = verify(ledger).findings
    assert (finding.kind, finding.number) == (Kind.REWRITTEN, 10)


def test_a_ledger_that_grew_continues_its_checkpoint(ledger):
    guards.put_up(connection)
    append(3)
    assert verify(ledger).whole
    assert verify(Checkpoint(0, chain.GENESIS, NOW, 0)).whole


def test_the_entry_of_the_checkpoint_is_missing(ledger):
    guards.put_up(connection)
    append(2)
    guards.take_down(connection)
    remove(10)
    assert [finding.kind for finding in verify(ledger).findings] == [Kind.MISSING_ENTRY, Kind.REWRITTEN]


@pytest.mark.usefixtures("sqlite_office")
def test_findings_beyond_the_limit_are_counted(monkeypatch):
    append(30)
    guards.take_down(connection)
    sql("UPDATE ledger_entry SET kind = 'x'")
    sql("UPDATE ledger_payload SET content = ''")
    monkeypatch.setattr(findings, "MOST_TOLD", 10)
    monkeypatch.setattr("instead.office.ledger.verify.MOST_TOLD", 10)
    report = verify()
    assert (report.found, len(report.findings), report.whole) == (60, 10, False)


@pytest.mark.parametrize("batch", [1, 3, 10])
def test_batches_of_any_size_see_every_entry(ledger, monkeypatch, batch):
    monkeypatch.setattr(rows, "_BATCH", batch)
    seen: list[int] = []
    assert verify(ledger, progress=seen.append).whole
    assert seen[-1] == 10 and len(seen) == -(-10 // batch)
    sql("UPDATE ledger_entry SET kind = 'x' WHERE number = 4")
    assert found() == [(Kind.CHANGED_ENTRY, 4)]
