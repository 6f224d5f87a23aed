"""Entries form a chain; they are never changed; payloads can be erased and then not be guessed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from instead.office.accounts.models import Organization, User
from instead.office.ledger import chain
from instead.office.ledger.actions import Noted, erase, record, record_many
from instead.office.ledger.errors import AppendOnly, BadEntry, CannotErase, ChainMoved, NotInTransaction
from instead.office.ledger.models import Entry, Head, Payload
from instead.office.ledger.verify import verify
from support.ledger import NOW, append, key, sql, unconstrained

SOMETHING = {"what": "asked", "answers": [1, True, None], "ñ": "Señor 🙂"}


@pytest.mark.django_db
def test_an_entry_says_who_did_what_when_about_what():
    home = Organization.objects.create(name="office", kind=Organization.Kind.PROSECUTION)
    user = User.objects.create_user(username="p", role=User.Role.PROSECUTOR, organization=home)
    subject = uuid4()
    at = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    entry = record("decision confirmed", actor=user, at=at, subject=subject, payload=SOMETHING)
    read = Entry.objects.get()
    assert read.link() == entry.link()
    assert (read.number, read.kind, read.actor_id, read.subject) == (1, "decision confirmed", user.id, subject)
    assert read.at == at and read.payload.value() == SOMETHING
    user.delete()
    assert Entry.objects.get().actor_id == entry.actor_id


@pytest.mark.django_db
def test_each_entry_holds_the_hash_of_the_one_before():
    entries = append(5)
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [chain.GENESIS, *(entry.hash for entry in entries[:-1])]
    assert (Head.objects.get().number, Head.objects.get().hash) == (5, entries[-1].hash)
    assert len({entry.id for entry in entries}) == 5 and all(entry.id.version == 4 for entry in entries)


@pytest.mark.django_db
def test_hashes_are_what_the_page_says():
    """Computed anew here, without the program's own functions."""
    (entry,) = append(payload=SOMETHING)
    content = '{"answers":[1,true,null],"what":"asked","ñ":"Señor 🙂"}'
    assert entry.payload.content == content
    assert entry.commitment == hashlib.sha256(bytes(entry.payload.salt) + content.encode()).hexdigest()
    hashed = (
        f'{{"actor":null,"at":"2026-11-23T06:00:00.250000+00:00","commitment":"{entry.commitment}",'
        f'"format":"instead-ledger-1","id":"{entry.id}","kind":"case received","number":1,'
        f'"previous":"{"0" * 64}","subject":"{entry.subject}"}}'
    )
    assert entry.hash == hashlib.sha256(hashed.encode()).hexdigest()


@pytest.mark.usefixtures("committing_office")
def test_an_entry_needs_the_transaction_of_what_it_records():
    with pytest.raises(NotInTransaction, match=r"transaction\.atomic"):
        record("case received", actor=None, at=NOW, subject=uuid4(), payload={})
    with pytest.raises(NotInTransaction):
        erase([uuid4()], actor=None, at=NOW, reason="x")
    assert Entry.objects.count() == 0


@pytest.mark.usefixtures("office")
def test_a_ledger_without_its_head_takes_no_entry():
    unconstrained("ledger_head")
    sql("DELETE FROM ledger_head")
    with pytest.raises(ChainMoved, match="no head"):
        append()


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"weight": 1.5}, "payload.weight: a float"),
        ({"a": [{"b": float("nan")}]}, r"payload.a\[0\].b: a float"),
        ({"a": Decimal(1)}, "payload.a: a Decimal"),
        ({"a": {1, 2}}, "payload.a: a set"),
        ({"a": b"x"}, "payload.a: a bytes"),
        ({1: "x"}, "payload: a key is text, not int"),
        ({"a": "\ud800"}, "payload.a: half a character"),
        ({"a": 2**53}, "payload.a: a whole number"),
        ({"a": dt.datetime(2026, 1, 1)}, "time zone"),
    ],
)
def test_what_cannot_be_spelled_in_one_way_is_refused_without_being_quoted(payload, told):
    with pytest.raises(BadEntry, match=told):
        chain.canonical(payload)


def test_equal_payloads_have_one_spelling():
    day, at, some = dt.date(2026, 1, 2), NOW.astimezone(dt.timezone(dt.timedelta(hours=9))), uuid4()
    one = chain.canonical({"b": (1, 2), "a": User.Role.PEER, "d": day, "at": at, "id": some})
    two = chain.canonical(
        {"id": str(some), "at": "2026-11-23T06:00:00.250000+00:00", "a": "peer", "d": "2026-01-02", "b": [1, 2]}
    )
    assert one == two and " " not in one and list(json.loads(one)) == sorted(json.loads(one))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "Case received"},
        {"kind": "Jane Doe"},
        {"kind": ""},
        {"kind": "x" * 81},
        {"kind": "case\n"},
        {"kind": chain.ERASURE},
        {"at": dt.datetime(2026, 1, 1)},
        {"actor": AnonymousUser()},
        {"subject": "5f1c6a4e-0c0e-4f7e-9d5c-111111111111"},
        {"payload": {"a": 0.1}},
    ],
)
def test_what_is_no_entry_is_refused_and_nothing_is_written(wrong):
    right = {"kind": "case received", "actor": None, "at": NOW, "subject": uuid4(), "payload": {}}
    given = {**right, **wrong}
    with pytest.raises(BadEntry):
        record(given.pop("kind"), **given)
    assert (Entry.objects.count(), Head.objects.get().number) == (0, 0)


@pytest.mark.django_db
def test_rows_are_not_saved_or_deleted_as_others_are():
    (entry,) = append()
    for row in (entry, entry.payload, Head.objects.get()):
        for verb in (row.save, row.delete, type(row).objects.all().delete, type(row).objects.create):
            with pytest.raises(AppendOnly):
                verb()
    with pytest.raises(AppendOnly):
        Entry.objects.update(kind="x")
    with pytest.raises(AppendOnly):
        Entry.objects.bulk_update([entry], ["kind"])
    with pytest.raises(AppendOnly):
        Payload.objects.bulk_create([Payload(entry=entry)])
    assert verify().whole


REFUSED = [
    "UPDATE ledger_entry SET kind = 'other'",
    "DELETE FROM ledger_entry",
    "UPDATE ledger_payload SET content = '{}'",
    "UPDATE ledger_head SET hash = previous FROM ledger_entry e WHERE e.number = 2",
    "UPDATE ledger_head SET number = 1",
    "UPDATE ledger_head SET number = number + 2",
    "DELETE FROM ledger_head",
    "INSERT INTO ledger_head (id, number, hash) VALUES (2, 0, 'x')",
]
REPLACED = [
    f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    for table in ("ledger_entry", "ledger_payload", "ledger_head")
]


def _refused(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)


def test_the_database_itself_refuses_changes(office):
    append(2)
    more = REPLACED if office.vendor == "sqlite" else ["TRUNCATE ledger_entry CASCADE", "TRUNCATE ledger_head"]
    for statement in REFUSED + more:
        _refused(statement)
    assert (verify().whole, verify().entries) == (True, 2)


@pytest.mark.usefixtures("sqlite_office")
def test_a_payload_does_not_take_the_place_of_another_by_its_row_id():
    first, _ = append(2)
    with transaction.atomic():
        erase([first.id], actor=None, at=NOW, reason="x")
    ((row,),) = sql("SELECT max(rowid) FROM ledger_payload")
    into = "INSERT OR REPLACE INTO ledger_payload (rowid, entry_id, salt, content)"
    _refused(f"{into} VALUES ({row}, '{first.id.hex}', 'x', 'x')")
    assert verify().whole


@pytest.mark.usefixtures("office")
def test_an_erasure_keeps_the_chain_whole_and_leaves_nothing_to_guess_from():
    subject = uuid4()
    payload = {"has_opioids": True}
    first, second, third = append(3, subject=subject, payload=payload)
    assert len({first.commitment, second.commitment, third.commitment}) == 3  # the same payload, another salt each
    with transaction.atomic():
        done = erase([first.id, second.id], actor=None, at=NOW, reason="expunged by order of the court")
    assert list(Payload.objects.order_by("entry__number").values_list("entry__number", flat=True)) == [3, 4]
    assert done.payload.value() == {
        "entries": sorted([str(first.id), str(second.id)]),
        "reason": "expunged by order of the court",
    }
    assert (done.subject, done.kind) == (subject, chain.ERASURE)
    assert (verify().whole, verify().erased) == (True, 2)
    guess = chain.canonical(payload)
    salts = [bytes(salt) for salt in Payload.objects.values_list("salt", flat=True)] + [b"", bytes(32)]
    assert first.commitment not in {chain.commitment(salt, guess) for salt in salts}
    assert all(len(salt) == 32 for salt in salts[:-2])


def test_erased_words_are_not_in_the_file_once_its_log_is_written_back(sqlite_office):
    entries = append(3, payload={"narrative": "a very particular sentence"})
    assert b"very particular" in _file(sqlite_office)
    with transaction.atomic():
        erase([entry.id for entry in entries], actor=None, at=NOW, reason="retention period over")
    assert b"very particular" not in _file(sqlite_office)


def _file(office) -> bytes:
    sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(office.settings["NAME"])
    return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))


@pytest.mark.usefixtures("office")
def test_what_cannot_be_erased_is_refused_whole():
    first, second = append(2)
    with transaction.atomic():
        done = erase([first.id], actor=None, at=NOW, reason="x")
    refused: list[list[UUID]] = [[], [second.id, first.id], [second.id, uuid4()], [done.id], [uuid4()] * 1]
    for entries in refused:
        with pytest.raises(CannotErase), transaction.atomic():
            erase(entries, actor=None, at=NOW, reason="x")
    with pytest.raises(CannotErase, match="at most"), transaction.atomic():
        erase((uuid4() for _ in range(10_001)), actor=None, at=NOW, reason="x")
    assert (Payload.objects.count(), Entry.objects.count()) == (2, 3)


@pytest.mark.usefixtures("sqlite_office")
def test_more_payloads_than_one_statement_takes_are_erased_together():
    with transaction.atomic():
        entries = append(1_100)
        erase([entry.id for entry in entries], actor=None, at=NOW, reason="x")
    assert (verify().whole, verify().erased, Payload.objects.count()) == (True, 1_100, 1)
    about = Entry.objects.get(kind=chain.ERASURE).subject
    assert about not in {entry.subject for entry in entries}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", [1, 2])
def test_after_a_test_that_commits_the_ledger_begins_anew(_again):
    assert [entry.number for entry in append(2)] == [1, 2]
    _refused("DELETE FROM ledger_entry")
    assert connection.in_atomic_block is False


@pytest.mark.usefixtures("office")
def test_ids_are_kept_as_the_database_keeps_them():
    (entry,) = append()
    assert sql("SELECT number FROM ledger_entry WHERE id = %s", key(entry.id)) == [(1,)]


def noted(count, **more):
    return [Noted("case received", None, NOW, uuid4(), {"number": number, **more}) for number in range(1, count + 1)]


@pytest.mark.django_db
def test_many_entries_are_chained_as_one_by_one(django_assert_max_num_queries):
    append(2)
    many = noted(300)
    with transaction.atomic(), django_assert_max_num_queries(30):
        record_many(many)
    append(1)
    entries = list(Entry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, 304))
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert [(one.subject, one.payload.value()) for one in entries[2:302]] == [(n.subject, n.payload) for n in many]
    assert verify().found == 0 and (Head.objects.get().number, Head.objects.get().hash) == (303, entries[-1].hash)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"weight": 0.4}, {"who": AnonymousUser()}, {"half": "\ud800"}])
def test_of_many_entries_one_that_cannot_be_lets_none_in(wrong):
    append(1)
    many = [*noted(3), *noted(1, **wrong), *noted(3)]
    with pytest.raises(BadEntry):
        record_many(many)
    assert Entry.objects.count() == 1 and Head.objects.get().number == 1


@pytest.mark.django_db
def test_no_entries_at_all_lock_nothing(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(0):
        record_many([])


@pytest.mark.django_db(transaction=True)
def test_many_entries_are_written_in_a_transaction():
    with pytest.raises(NotInTransaction):
        record_many(noted(2))
