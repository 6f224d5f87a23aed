"""Cases come in once, whole, and screened, many at once."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from instead.office.accounts.doers import PROGRAM
from instead.office.accounts.models import Organization, User
from instead.office.cases import arriving, intake
from instead.office.cases.intake import receive
from instead.office.cases.models import Case, Charge, Decision, FactValue
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.people.models import Person
from instead.office.tasks.arrivals import Arrival, arrive
from instead.office.tasks.models import Move, Task
from instead.office.tasks.moves import begin, move
from support.court_files import A16, A30, bail, cpcms, docket, json_lines, offense, report, reports_jsonl
from support.office import NOW, a_case, home_of, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    return home_of(Organization.Kind.PROSECUTION)


def bring(folder, reports, *, actor=None, at=NOW, source="arrest-reports"):
    return receive(reports_jsonl(folder, reports), source, policy_in_force(), actor=actor, at=at)


def test_a_report_becomes_a_screened_case(tmp_path):
    case = a_case(tmp_path)
    assert [charge.citation for charge in case.charges.all()] == [A16]
    assert case.decisions.get().outcome == case.outcome == "divert"


def test_the_same_file_twice_changes_nothing(tmp_path):
    reports = [report(1), report(2, [A30], first_listing="2019-03-10T02:30")]
    first = bring(tmp_path, reports)
    entries = Entry.objects.count()
    second = bring(tmp_path, reports)
    assert (first.new, second.new, second.known, second.unchanged) == (2, 0, 2, 2)
    assert not second.changed_anything
    assert Case.objects.count() == 2 and Entry.objects.count() == entries


def test_every_case_has_its_ledger_entries_and_the_ledger_is_whole(tmp_path):
    bring(tmp_path, [report(number) for number in range(1, 6)])
    for case in Case.objects.all():
        assert [entry.kind for entry in Entry.objects.filter(subject=case.id)] == ["case.begin", "case.screen"]
    assert verify().found == 0


def test_a_case_without_a_fact_needs_it(tmp_path):
    decision = a_case(tmp_path, overdose__call_only=None).decisions.get()
    assert decision.outcome == "needs_facts" and "overdose_call_only" in decision.missing


def test_a_decision_stores_what_it_was_made_of(tmp_path):
    case = a_case(tmp_path)
    decision = case.decisions.get()
    assert decision.facts["possession_only"] == 1
    assert decision.hash == policy_in_force().hash(statute_book=case.statute_book, source_map=case.source_map)
    assert Decision.objects.count() == 1


def test_how_the_person_is_reached_is_kept(tmp_path):
    reached = {"phone": "215-555-0117", "address": "1 Farrowgate St", "housing": "none", "sex": "F", "race": "W"}
    person = a_case(tmp_path, person={"name": "Doe, Jane", "born": "02/03/1988", "pid": "P1", **reached}).person
    assert {name: getattr(person, name) for name in reached} == reached
    assert (person.name, person.born, person.police_photo_number) == ("Doe, Jane", dt.date(1988, 2, 3), "P1")


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2019-05-05T09:00", 13),
        ("2019-05-05T09:00+02:00", 7),
        ("05/05/2019 09:00", 13),
        ("2019-05-05", 4),
        ("soon", None),
        ("0019-05-05T09:00", None),
        ("9999-12-31T23:59", None),
    ],
)
def test_the_first_listing_is_where_the_office_is_and_what_cannot_be_read_is_said(tmp_path, written, hour):
    found = bring(tmp_path, [report(1, first_listing=written)])
    listing = Case.objects.get().first_listing
    assert (listing and listing.astimezone(dt.UTC).hour) == hour
    assert found.notes.counts["first_listing", "a moment that cannot be read"] == (hour is None)


def test_many_at_once_is_what_one_by_one_would_be(tmp_path):
    """The same moves, tasks and entries as of the verbs that every later step uses."""
    one, other = a_case(tmp_path, 1), a_case(tmp_path, 2)
    for model in (Move, Task):
        model.objects.all().delete()
    details, said = {"source": "s", "charges": 1}, {"decision": "d", "outcome": "o"}
    entries = arrive([Arrival(other, "screen", PROGRAM, PROGRAM, details, said)], at=NOW)
    before = Entry.objects.count()
    Case.objects.filter(pk=one.pk).update(state="received")
    one.refresh_from_db()
    begin(one, "received", doer=PROGRAM, at=NOW, details=details)
    move(one, "screen", doer=PROGRAM, at=NOW, details=said)
    assert _of(Move, one, "pk") == _of(Move, other, "pk")
    assert _of(Task, one, "kind") == _of(Task, other, "kind")
    written = [(entry.kind, entry.payload.value()) for entry in Entry.objects.filter(number__gt=before)]
    assert written == [(entry.kind, dict(entry.payload)) for entry in entries]


def _of(model, case, order):
    """The rows about a case, without what is its own."""
    rows = model.objects.filter(subject=case.pk).order_by(order).values()
    return [{name: value for name, value in row.items() if name not in ("id", "subject", "case_id")} for row in rows]


def test_an_arrival_leads_only_where_its_table_says(tmp_path):
    case = a_case(tmp_path)
    with pytest.raises(ValueError, match="does not lead"):
        arrive([Arrival(case, "ask_facts", PROGRAM, PROGRAM, {}, {})], at=NOW)


def test_a_case_that_the_database_refuses_is_named_and_the_others_come_in(tmp_path, monkeypatch):
    """Whatever a database refuses one case for, the file goes on, and each case is there whole or not at all."""
    real = arriving._new

    def with_a_fault(one, reading):
        made = real(one, reading)
        if one.texts["report_id"] == "R3":
            made.case.received_at = None
        return made

    monkeypatch.setattr(arriving, "_new", with_a_fault)
    found = bring(tmp_path, [report(number) for number in range(1, 8)])
    assert found.new == Case.objects.count() == 6
    assert [key for key, _ in found.refused] == ["U1000031"]
    assert Person.objects.count() == 6 and not FactValue.objects.exclude(case__in=Case.objects.all()).exists()


def test_an_import_that_is_stopped_in_the_middle_can_be_run_again(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 3)
    real, calls = intake.take_new, []

    def stops_at_the_third(new, reading):
        calls.append(len(new))
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(new, reading)

    monkeypatch.setattr(intake, "take_new", stops_at_the_third)
    reports = [report(number) for number in range(1, 11)]
    with pytest.raises(KeyboardInterrupt):
        bring(tmp_path, reports)
    assert Case.objects.count() == 6
    found = bring(tmp_path, reports)
    assert (found.new, found.unchanged) == (4, 6)
    assert Charge.objects.count() == 10 and verify().found == 0


def test_a_file_of_any_length_asks_the_database_about_as_often(tmp_path, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        bring(tmp_path, [report(number) for number in range(1, 31)])


def test_known_cases_are_compared_in_a_fixed_number_of_questions(tmp_path):
    asked = []
    for size in (2, 40):
        reports = [report(number) for number in range(1, size + 1)]
        bring(tmp_path, reports)
        with CaptureQueriesContext(connection) as questions:
            bring(tmp_path, reports)
        asked.append(len(questions))
    assert asked[0] == asked[1] < 15


def test_a_case_of_another_office_is_left_alone_and_named(tmp_path):
    bring(tmp_path, [report(1)])
    elsewhere = Organization.objects.create(name="another county", kind=Organization.Kind.PROSECUTION)
    stranger = somebody(User.Role.PROSECUTOR, "stranger", elsewhere)
    found = bring(tmp_path, [report(1, [A16, A30]), report(2)], actor=stranger)
    assert found.refused == [("U1000011", "another office has this case")]
    assert Case.objects.get(source_key="U1000011").charges.count() == 1
    assert Case.objects.get(source_key="U1000021").office == elsewhere


def test_without_an_office_nothing_comes_in(tmp_path, office):
    office.delete()
    with pytest.raises(Refused, match="no prosecutor's office yet"):
        bring(tmp_path, [report(1)])


def test_two_offices_and_nobody_who_says_for_which(tmp_path):
    Organization.objects.create(name="another county", kind=Organization.Kind.PROSECUTION)
    with pytest.raises(Refused, match="more than one"):
        bring(tmp_path, [report(1)])


def test_refiled_dockets_join_their_otn(tmp_path):
    dockets = [docket("MC-51-CR-0000001-2019", "U 100001-1"), docket("MC-51-CR-0000009-2019", "U1000011")]
    folder = cpcms(tmp_path / "court", dockets, [offense("U1000011", "A16")])
    found = receive(folder, "pennsylvania-courts", policy_in_force(), actor=None, at=NOW)
    assert found.new == 1 and Case.objects.get().source_key == "U1000011"


def test_rows_without_a_name_are_told_apart_by_their_file(tmp_path):
    first, second = bail(tmp_path / "a", [{"possess": 1}]), bail(tmp_path / "b", [{"possess": 1}, {"fel": 1}])
    for folder, new in ((first, 1), (first, 0), (second, 2)):
        assert receive(folder, "philadelphia-bail", policy_in_force(), actor=None, at=NOW).new == new


@pytest.mark.parametrize(
    "wild", ["<script>alert(1)</script>", "a\0b", "é" * 5000, "\ud800", "'; DROP TABLE cases_case; --"]
)
def test_wild_text_in_every_field_is_kept_as_text(tmp_path, wild):
    texts = dict.fromkeys(("district", "dc_number", "narrative"), wild)
    person = dict.fromkeys(("name", "pid", "sex", "race", "phone", "address", "housing", "born"), wild)
    written = report(1, charges=[{"citation": wild, "grade": wild}], person=person, report_id=wild, otn=None, **texts)
    found = receive(
        json_lines(tmp_path / "r.jsonl", [written]), "arrest-reports", policy_in_force(), actor=None, at=NOW
    )
    assert found.new == 1 and not found.refused
    case = Case.objects.get()
    assert "\0" not in case.narrative and case.person.born is None
    for model in (Case, Person, Charge):
        for row in model.objects.all():
            for field in model._meta.concrete_fields:
                value, longest = getattr(row, field.attname), getattr(field, "max_length", None)
                assert not isinstance(value, str) or longest is None or len(value) <= longest, field.name
    assert connection.introspection.table_names().count("cases_case") == 1


def test_two_long_names_stay_two_cases(tmp_path):
    names = ["R" + "x" * 300 + end for end in "ab"]
    found = bring(tmp_path, [report(n, report_id=name, otn=None) for n, name in enumerate(names)])
    assert found.new == 2 and all(len(case.source_key) <= 80 for case in Case.objects.all())


@pytest.mark.parametrize("content", ["", "scribble\n", "\n\n", "[1, 2]\n"])
def test_a_file_that_says_nothing_is_told(tmp_path, content):
    path = tmp_path / "r.jsonl"
    path.write_text(content)
    with pytest.raises(Exception, match=r"empty|none of|no lines"):
        receive(path, "arrest-reports", policy_in_force(), actor=None, at=NOW)
    assert not Case.objects.exists()
