"""One case as counsel sees it: the report, the decision with every rule, the answer's clock, and contesting a fact."""

import pytest
from django.urls import reverse

from instead.office.cases import actions as cases
from instead.office.cases.models import Contest
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(journey, people, sign_in):
    journey.offered()
    return sign_in(people.counsel, journey.at)


def case_page(journey):
    return reverse("counsel-case", args=[journey.case.id])


def contest_page(journey, fact="age"):
    return reverse("counsel-contest", args=[journey.case.id, fact])


def test_the_report_and_the_charges_are_shown(a_journey, people, sign_in):
    journey = a_journey(narrative="Two packets beside the right hand.").offered()
    shown = sign_in(people.counsel, journey.at).read(case_page(journey))
    assert "Two packets beside the right hand." in shown and "35 § 780-113 §§ A16" in shown


def test_the_decision_is_explained_rule_by_rule_with_its_law(journey, reader):
    shown = reader.read(case_page(journey))
    assert "Everything charged is for the person&#x27;s own use." in shown
    for rule in policy_in_force().rules:
        assert rule.id in shown
    assert "35 P.S. § 780-113.7" in shown and "does not apply" in shown


def test_a_fact_that_is_not_known_is_said(a_journey, people, sign_in):
    journey = a_journey(overdose__call_only=None)
    cases.override(newest_decision(journey.case).id, "divert", "seen", actor=people.prosecutor, at=journey.at)
    journey.send()
    shown = sign_in(people.counsel, journey.at).read(case_page(journey))
    assert "Not known, and needed" in shown and "Did police learn of the drugs only because" in shown
    assert "A prosecutor decided otherwise: divert" in shown and "seen" not in shown.split("decided otherwise")[1][:60]


def test_the_answers_clock_waits_for_the_meeting_and_then_says_its_days(journey, reader):
    assert "It has not started." in reader.read(case_page(journey))
    journey.meet()
    shown = reader.read(case_page(journey))
    assert "7 days from May 4, 2019" in shown and "nothing ends by itself" in shown


def test_a_fact_is_contested_with_a_value_and_a_reason(journey, reader):
    assert "On record: 39 (from arrest report)" in reader.read(contest_page(journey))
    shown = reader.send(contest_page(journey), value="16", reason="The birth certificate says so.")
    assert "You say: 16 . The birth certificate says so." in shown and "Not answered yet." in shown
    contest = Contest.objects.get()
    assert (contest.fact, contest.code, contest.by.username) == ("age", 16, "a-defense_counsel")
    assert Task.objects.get(kind="contest", done_at=None).role == "prosecutor"
    assert newest_decision(journey.case).facts["age"] == 39


def test_the_offices_answer_is_shown_with_its_reason(journey, people, reader):
    reader.send(contest_page(journey), value="16", reason="The birth certificate.")
    answered = {"answer": "kept", "because": "It is another person’s.", "answered_at": journey.at}
    Contest.objects.update(answered_by=people.prosecutor, **answered)
    shown = reader.read(case_page(journey))
    assert "The office keeps the fact as it was" in shown and "It is another person’s." in shown


def test_what_counsel_says_is_not_known_is_kept_as_not_known(journey, reader):
    reader.send(contest_page(journey), value="unknown", reason="Nobody asked.")
    assert Contest.objects.get().code is None


def test_a_fact_that_the_policy_does_not_look_at_shows_what_is_on_record(journey, reader):
    assert "On record: no (from arrest report)" in reader.read(contest_page(journey, "sale_observed"))


@pytest.mark.parametrize(
    ("value", "reason", "said"),
    [
        ("", "why", "say what it is"),
        ("-3", "why", "expected a whole number"),
        ("9" * 400, "why", "expected a whole number"),
        ("sixteen", "why", "expected a whole number"),
        ("16", "   ", "say why"),
        ("39", "why", "already"),
        ("16", "wh\0y", "cannot be kept"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(journey, reader, value, reason, said):
    shown = reader.send(contest_page(journey), status=422, value=value, reason=reason)
    assert "Not done:" in shown and said in shown and not Contest.objects.exists()
    assert not reason.strip() or f"Nothing about treatment, please. {reason} The office does not use" in shown


def test_contesting_twice_is_said(journey, reader):
    reader.send(contest_page(journey), value="16", reason="first")
    shown = reader.send(contest_page(journey), status=422, value="17", reason="second")
    assert "contested already" in shown and Contest.objects.count() == 1


def test_script_is_text(a_journey, people, sign_in):
    journey = a_journey(narrative="<script>alert(1)</script>").offered()
    reader = sign_in(people.counsel, journey.at)
    reader.send(contest_page(journey), value="16", reason="<script>alert(2)</script>")
    for page in (case_page(journey), contest_page(journey)):
        shown = reader.answer(page).content.decode()
        assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(2)" in reader.answer(case_page(journey)).content.decode()


def test_the_page_asks_the_database_a_fixed_number_of_times(journey, reader, django_assert_max_num_queries):
    reader.send(contest_page(journey), value="16", reason="The birth certificate.")
    with django_assert_max_num_queries(18):
        reader.read(case_page(journey))
