"""A case that comes in again with more is added to, never written over; nothing worsens by itself."""

import datetime as dt

import pytest

from instead.office.accounts.models import Organization, User
from instead.office.cases import actions
from instead.office.cases.imports import bring_in, in_words
from instead.office.cases.intake import receive
from instead.office.cases.models import Case, FactValue, Import, LateEvent
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import known_facts, newest_decision
from instead.office.court.models import Warrant
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.tasks.models import Task
from support.court_files import A16, A30, A32, cpcms, docket, offense, report, reports_jsonl
from support.journey import Journey
from support.office import NOW, a_case, home_of, somebody

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
#: Dealing, in the grade that its section has.
DEALING = {"citation": A30, "description": "d", "grade": "F"}


@pytest.fixture(autouse=True)
def office():
    return home_of(Organization.Kind.PROSECUTION)


@pytest.fixture
def prosecutor():
    return somebody(User.Role.PROSECUTOR)


def again(folder, *reports, at=NOW + HOUR):
    """Another file, an hour later."""
    return receive(reports_jsonl(folder / "again", reports), "arrest-reports", policy_in_force(), actor=None, at=at)


def events(case):
    return [(event.kind, event.about) for event in case.late_events.all()]


def open_tasks(case):
    return sorted(Task.objects.filter(case=case, done_at=None).values_list("kind", flat=True))


def test_a_charge_discovered_late_is_added_and_the_case_is_screened_again(tmp_path):
    case = a_case(tmp_path)
    found = again(tmp_path, report(1, [A16, DEALING]))
    assert (found.new, found.again, dict(found.changed)) == (0, 1, {"late_charge": 1})
    assert [charge.citation for charge in case.charges.all()] == [A16, A30]
    assert newest_decision(case).outcome == "prosecute" and case.decisions.count() == 2
    assert ("charge", f"{A30} #2") in events(case)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("screened", "prosecute")


def test_the_account_says_what_changed(tmp_path):
    for number in range(1, 5):
        a_case(tmp_path, number)
    path = reports_jsonl(tmp_path / "again", [*(report(number) for number in range(1, 4)), report(4, [A16, DEALING])])
    read, _ = bring_in(
        path, "arrest-reports", policy_in_force(), how=Import.How.COMMAND, name=path.name, actor=None, at=NOW
    )
    assert in_words(read) == ["0 new cases.", "Known cases: 3 unchanged, 1 with a late charge."]


def test_the_charge_listed_alone_joins_those_on_file(tmp_path):
    """A later file need not list again what is known; the facts are those of all charges together."""
    case = a_case(tmp_path, charges=[A16])
    again(tmp_path, report(1, [A32]))
    facts = known_facts(case)
    assert facts["possession_charged"] == facts["paraphernalia_charged"] == facts["possession_only"] == 1
    assert [charge.citation for charge in case.charges.all()] == [A16, A32]


def test_a_late_charge_of_unknown_kind_makes_unknown_and_is_asked(tmp_path):
    case = a_case(tmp_path)
    again(tmp_path, report(1, [A16, "99 § 1"]))
    assert known_facts(case)["delivery_charged"] is None
    decision = newest_decision(case)
    assert decision.outcome == "needs_facts" and "delivery_charged" in decision.missing
    case.refresh_from_db()
    assert case.state == "needs_facts"


def test_fewer_charges_later_take_none_away(tmp_path):
    case = a_case(tmp_path, charges=[A16, DEALING])
    found = again(tmp_path, report(1, [A16]))
    assert found.unchanged == 1 and case.charges.count() == 2
    assert known_facts(case)["delivery_charged"] == 1


def test_a_courts_file_brings_a_charge_to_a_case_of_the_police(tmp_path):
    case = a_case(tmp_path)
    folder = cpcms(
        tmp_path / "court",
        [docket("MC-51-CR-0000001-2019", "U 100001-1"), docket("CP-51-CR-0000002-2019", "U1000011")],
        [offense("U1000011", "A16"), offense("U1000011", "A30", 2, "F"), offense("U1000011", "A16")],
    )
    found = receive(folder, "pennsylvania-courts", policy_in_force(), actor=None, at=NOW + HOUR)
    assert dict(found.changed) == {"late_charge": 1}
    assert case.charges.count() == 2 and newest_decision(case).outcome == "prosecute"
    case.refresh_from_db()
    assert newest_decision(case).hash == policy_in_force().hash(
        statute_book=case.statute_book, source_map=case.source_map
    )


def test_a_fact_that_arrives_later_is_learned(tmp_path):
    case = a_case(tmp_path, overdose__call_only=None)
    found = again(tmp_path, report(1))
    assert dict(found.changed) == {"late_fact": 1}
    assert newest_decision(case).outcome == "divert"
    assert ("fact", "overdose_call_only 0") in events(case)


def test_what_is_unknown_later_takes_nothing_away(tmp_path):
    case = a_case(tmp_path)
    assert again(tmp_path, report(1, overdose__call_only=None)).unchanged == 1
    assert known_facts(case)["overdose_call_only"] == 0 and not events(case)


def test_an_older_file_after_a_newer_one_changes_nothing(tmp_path):
    older, newer = report(1, sale_observed=None), report(1, sale_observed=True, first_listing="2019-05-06T09:00")
    case = a_case(tmp_path, sale_observed=None)
    again(tmp_path, newer)
    before = (FactValue.objects.count(), Entry.objects.count(), events(case))
    for written in (older, newer, report(1, sale_observed=None), newer):
        assert again(tmp_path, written).unchanged == 1
    assert (FactValue.objects.count(), Entry.objects.count(), events(case)) == before


def test_what_a_person_answered_is_kept_and_the_report_is_on_record(tmp_path, prosecutor):
    case = a_case(tmp_path, sale_observed=None)
    actions.answer_fact(case.id, "sale_observed", False, policy_in_force(), actor=prosecutor, at=NOW)
    found = again(tmp_path, report(1, sale_observed=True))
    assert dict(found.changed) == {"kept_fact": 1}
    assert known_facts(case)["sale_observed"] == 0
    event = case.late_events.get()
    assert (event.about, event.details["kept"]) == ("sale_observed 1", True)
    assert again(tmp_path, report(1, sale_observed=True)).unchanged == 1


def test_a_charge_displaces_what_a_person_said_of_the_charges_before(tmp_path, prosecutor):
    """The answer was about another list of charges."""
    case = a_case(tmp_path, charges=[A16, "99 § 1"])
    actions.answer_fact(case.id, "delivery_charged", False, policy_in_force(), actor=prosecutor, at=NOW)
    again(tmp_path, report(1, [A16, "99 § 1", A30]))
    assert known_facts(case)["delivery_charged"] == 1


def test_a_report_that_cannot_be_with_what_is_known_changes_no_fact(tmp_path, prosecutor):
    """Found and weighed is told; a person has said that none was found."""
    case = a_case(tmp_path, drugs=[])
    actions.answer_fact(case.id, "cannabis_found", False, policy_in_force(), actor=prosecutor, at=NOW)
    before = known_facts(case)
    found = again(tmp_path, report(1, drugs=[("marijuana", "5", "g", "officer")]))
    assert dict(found.changed) == {"kept_fact": 1}
    after = known_facts(case)
    assert {name: after[name] for name in before} == before
    kept = {event.details["fact"]: event.details for event in case.late_events.all() if event.details.get("kept")}
    assert kept["cannabis_mg"]["because"] == "What was not found weighs nothing"
    assert again(tmp_path, report(1, drugs=[("marijuana", "5", "g", "officer")])).unchanged == 1


def test_a_warrant_known_later_is_an_event_with_a_task(tmp_path):
    case = a_case(tmp_path)
    warrant = {"kind": "bench", "issued_on": "2019-05-04", "of_this_case": True}
    found = again(tmp_path, report(1, warrants=[warrant]))
    assert dict(found.changed) == {"late_warrant": 1}
    assert Warrant.objects.get(case=case).issued_on == dt.date(2019, 5, 4)
    assert open_tasks(case) == ["screened", "warrant"]
    assert again(tmp_path, report(1, warrants=[warrant])).unchanged == 1
    assert case.decisions.count() == 1


def test_a_warrant_in_the_first_report(tmp_path):
    case = a_case(tmp_path, warrants=[{"kind": "detainer", "issued_on": "2019-05-01", "of_this_case": False}])
    warrant = Warrant.objects.get(case=case)
    assert (warrant.kind, warrant.of_this_case) == ("detainer", False)


def test_a_new_first_day_in_court_moves_the_case_and_its_clocks(tmp_path):
    case = a_case(tmp_path, first_listing="2019-05-05T09:00")
    found = again(tmp_path, report(1, first_listing="2019-05-04T23:30"))
    assert dict(found.changed) == {"listing": 1}
    case.refresh_from_db()
    assert case.first_listing == dt.datetime(2019, 5, 5, 3, 30, tzinfo=dt.UTC)
    assert Task.objects.get(case=case, done_at=None).due_on == dt.date(2019, 5, 4)
    event = case.late_events.get()
    assert event.details["listing_before"] == "2019-05-05T13:00:00+00:00"


def test_a_detail_that_was_missing_is_filled_in_and_one_that_differs_is_kept_beside(tmp_path):
    case = a_case(tmp_path, narrative="Before.", person={"name": "Doe, Jane", "born": "1980-02-03"})
    told = report(1, narrative="After.", person={"name": "Doe, Jayne", "born": "1980-02-03", "phone": "215-555-0117"})
    found = again(tmp_path, told)
    assert dict(found.changed) == {"detail": 1, "differing": 1}
    case = Case.objects.select_related("person").get()
    assert (case.narrative, case.person.name, case.person.phone) == ("Before.", "Doe, Jane", "215-555-0117")
    details = case.late_events.get(kind=LateEvent.Kind.REPORT).details
    assert (details["narrative"], details["name"], details["kept"]) == ("After.", "Doe, Jayne", True)
    assert again(tmp_path, told).unchanged == 1


def test_a_report_that_gets_its_otn_later_is_the_same_case(tmp_path):
    case = a_case(tmp_path, otn=None)
    assert case.source_key == "R1"
    found = again(tmp_path, report(1, [A16, DEALING]))
    assert (found.new, found.again) == (0, 1)
    case.refresh_from_db()
    assert case.source_key == "U1000011" and case.charges.count() == 2
    assert again(tmp_path, report(1, [A16, DEALING], otn=None)).unchanged == 1


def test_after_a_confirmation_a_late_charge_opens_a_task_and_nothing_else(tmp_path, prosecutor):
    case = a_case(tmp_path)
    actions.confirm(case.decisions.get().id, actor=prosecutor, at=NOW)
    again(tmp_path, report(1, [A16, DEALING]))
    case.refresh_from_db()
    assert case.state == "offering" and open_tasks(case) == ["changed_outcome", "offering"]
    assert newest_decision(case).outcome == "prosecute"


def test_while_an_offer_is_out_a_late_charge_takes_nothing_away(tmp_path):
    journey = Journey(tmp_path).offered()
    again(tmp_path, report(1, [A16, DEALING]), at=journey.at + HOUR)
    assert journey.state == "offered" and "changed_outcome" in open_tasks(journey.case)


def test_everything_that_came_late_is_in_the_ledger_and_the_ledger_is_whole(tmp_path):
    case = a_case(tmp_path, overdose__call_only=None)
    again(tmp_path, report(1, [A16, DEALING], warrants=[{"kind": "bench", "issued_on": "2019-05-04"}]))
    kinds = [entry.kind for entry in Entry.objects.filter(subject=case.id).order_by("number")][2:]
    assert kinds[-1] == "case reported again" and {"warrant known", "case screened again"} <= set(kinds)
    assert Entry.objects.get(kind="case reported again").payload.value()["charges"] == [[A30, "F"]]
    assert verify().found == 0


def a_new_arrest(folder, pid="P7", arrested="2019-05-20T10:00", at=NOW + 20 * HOUR, number=9):
    person = {"name": "Doe, Jane", "born": "1980-02-03", "pid": pid}
    return again(folder, report(number, person=person, arrested_at=arrested), at=at)


@pytest.fixture
def offered(tmp_path):
    person = {"name": "Doe, Jane", "born": "1980-02-03", "pid": "P7"}
    return Journey(tmp_path, arrested_at="2019-05-04T20:00", person=person).offered()


def test_a_new_arrest_while_an_offer_is_out_is_an_event_and_a_task(tmp_path, offered):
    found = a_new_arrest(tmp_path)
    assert (found.new, found.new_arrests) == (1, 1)
    event = offered.case.late_events.get()
    newer = Case.objects.get(report_id="R9")
    assert (event.kind, event.about, event.details) == ("new_arrest", newer.source_key, {"case": str(newer.id)})
    assert offered.state == "offered" and "changed_outcome" in open_tasks(offered.case)
    assert Entry.objects.filter(subject=offered.case.id, kind="new arrest known").count() == 1
    assert a_new_arrest(tmp_path).new_arrests == 0 and offered.case.late_events.count() == 1
    assert verify().found == 0


@pytest.mark.parametrize("more", [{"pid": "P8"}, {"pid": ""}, {"pid": None}, {"arrested": "2019-05-01T10:00"}], ids=str)
def test_somebody_else_or_an_earlier_arrest_is_no_new_one(tmp_path, offered, more):
    assert a_new_arrest(tmp_path, **more).new_arrests == 0
    assert not offered.case.late_events.exists() and "changed_outcome" not in open_tasks(offered.case)


@pytest.mark.usefixtures("offered")
def test_an_arrest_whose_time_nobody_knows_counts_as_new(tmp_path):
    assert a_new_arrest(tmp_path, arrested=None).new_arrests == 1


def test_before_the_offer_and_after_the_end_a_new_arrest_opens_nothing(tmp_path):
    person = {"name": "Doe, Jane", "born": "1980-02-03", "pid": "P7"}
    waiting = Journey(tmp_path, arrested_at="2019-05-04T20:00", person=person)
    assert a_new_arrest(tmp_path).new_arrests == 0
    waiting.case.late_events.all().delete()
    done = Journey(tmp_path, 2, waiting.people, arrested_at="2019-05-04T20:00", person=person).withdrawn()
    assert a_new_arrest(tmp_path, number=10, at=done.at).new_arrests == 0


@pytest.mark.usefixtures("offered")
def test_an_arrest_in_another_county_tells_this_office_nothing(tmp_path):
    elsewhere = Organization.objects.create(name="another county", kind=Organization.Kind.PROSECUTION)
    stranger = somebody(User.Role.PROSECUTOR, "stranger", elsewhere)
    person = {"name": "Doe, Jane", "born": "1980-02-03", "pid": "P7"}
    path = reports_jsonl(tmp_path / "elsewhere", [report(9, person=person)])
    found = receive(path, "arrest-reports", policy_in_force(), actor=stranger, at=NOW + HOUR)
    assert (found.new, found.new_arrests) == (1, 0)
