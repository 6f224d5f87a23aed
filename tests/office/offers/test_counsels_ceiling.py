"""Nothing beyond counsel's ceiling stands on any page, in any message or header, in whatever state a case is."""

import datetime as dt

import pytest
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.closing import proof, second_look
from instead.office.closing.models import Proof, SecondLook
from instead.office.consents.models import Consent
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring
from instead.office.tasks.models import Move
from instead.office.treatment.models import Provider, Service
from support.journey import a_service

pytestmark = pytest.mark.django_db
PAGES = ("case", "offer", "progress", "consents", "file-proof", "hours")
FORMS = ("look", "file-proof", "paper", "hours", "treatment", "interpreter")
#: What the health side knows and counsel may not: place, title, level of care, medication, notes, hours, telephone.
PLANTED = (
    "Sentinel Harbor House",
    "Sentinel Residential Unit",
    "level 3.7",
    ">3.7<",
    "Sentinel Street",
    "Sentinel note",
    "Sentinel reason",
    "Sentinel hours",
    "267 555 0199",
)


@pytest.fixture
def place(people):
    """A place full of what counsel may not see."""
    made = a_service(people, title="Sentinel Residential Unit")
    provider = {"name": "Sentinel Harbor House", "address": "9 Sentinel Street", "phone": "267 555 0199"}
    Provider.objects.filter(pk=made.provider_id).update(**provider)
    level = {"level_edition": "4", "level": "3.7", "methadone": True, "buprenorphine": True}
    Service.objects.filter(pk=made.pk).update(notes="Sentinel note", hours_text="Sentinel hours", **level)
    return Service.objects.get(pk=made.pk)


def walk(client, user, case, at):
    """Every page and the answer to every form, as one text, headers included."""
    client.force_login(user)
    seen = []
    with clock.standing_still(at):
        addresses = [reverse("counsel-cases"), reverse("counsel-cases") + "?show=closed", reverse("today")]
        addresses += [reverse(f"counsel-{name}", args=[case.id]) for name in PAGES]
        addresses += [reverse("counsel-second-look", args=[look.id]) for look in case.second_looks.all()]
        seen += [client.get(one) for one in addresses]
        seen += [client.post(reverse(f"counsel-{name}", args=[case.id]), follow=True) for name in FORMS]
    assert all(answer.status_code in (200, 422) for answer in seen)
    return "\n".join(f"{answer.headers}\n{answer.content.decode()}" for answer in seen)


def states(journey, place):
    """The same case at each place on its way that a clinic has something to say about."""
    people = journey.people
    yield "booked", journey.accepted().book(place).later(2)
    yield "assessed", journey.assess()
    referral = journey.refer(place)
    referring.accept(referral.id, doer=staff(people.provider), at=journey.at)
    yield "referred", journey
    yield "engaged", journey.later().engage()
    Move.objects.filter(machine="enrolment").update(because="Sentinel reason")
    yield "filed", journey.file() if journey.state == "accepted" else journey
    if journey.state == "proof_filed":
        proof.ask_one_more(Proof.objects.last().id, "The date.", actor=people.prosecutor, at=journey.at)
    yield "one more", journey
    because = SecondLook.Because.MISSED_APPOINTMENTS
    look = second_look.open_second_look(journey.case.id, because, doer=staff(people.prosecutor), at=journey.at)
    yield "second look", journey
    second_look.give_reasons(look.id, "Late.", actor=people.prosecutor, at=journey.at)


def test_no_page_says_more_than_counsel_may_know(journey, people, place, client):
    for state, on_the_way in states(journey, place):
        text = walk(client, people.counsel, on_the_way.case, on_the_way.at)
        for planted in PLANTED:
            assert planted not in text, f"{planted!r} is shown while {state}"
        for drug in ("buprenorphine", "methadone", "naltrexone"):
            assert drug not in text.lower(), f"{drug} is shown while {state}"


def test_the_appointments_hour_is_shown_nowhere(journey, people, place, client):
    when = journey.at + dt.timedelta(days=1, hours=7, minutes=37)
    journey.accepted()
    enrolments.book(journey.enrolment.id, place, when, doer=staff(people.coordinator), at=journey.at)
    text = walk(client, people.counsel, journey.case, journey.at)
    assert ":37" not in text.replace("&#x27;", "")


def test_without_a_consent_for_counsel_no_fact_of_treatment_is_shown(journey, people, place, client):
    recipients = [one for one in Consent.Recipient if one != Consent.Recipient.COUNSEL]
    journey.answering().accept(*recipients)
    journey.book(place).later(2).assess().later().engage().file()
    text = walk(client, people.counsel, journey.case, journey.at)
    for words in ("<dt>Assessed on", "<dt>Engaged", "<dt>Attendance", "<dt>Completed", "Why is not told"):
        assert words.lower() not in text.lower()


def test_a_closed_case_does_not_say_why(journey, people, client):
    journey.withdrawn()
    text = walk(client, people.counsel, journey.case, journey.at)
    assert "The charges are withdrawn" in text
    for words in ("treatment engaged", "withdrawn_engaged", "<dt>Engaged"):
        assert words.lower() not in text.lower()
