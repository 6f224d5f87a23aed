"""A person's own page in tests: people at every step of the way, and browsers in which their page is open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from instead.office.accounts.doers import staff
from instead.office.closing import proof, second_look
from instead.office.closing.models import Proof, SecondLook
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import referring
from instead.office.my_page import sessions
from instead.office.offers import actions as offers
from instead.office.people.models import Person
from instead.office.treatment.hours import AROUND_THE_CLOCK
from instead.office.treatment.models import Service
from support.journey import Journey, People, a_service

PHONE = "215-555-0101"
SCRIPT = "<script>alert(1)</script>"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 200


def words(answer: HttpResponse) -> str:
    """What an answer says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def signatures(journey: Journey, **names: str) -> dict[str, object]:
    """A yes as the form sends it."""
    sent = {"offer": journey.offer.id, "waiver": "Jane Doe", "sign-office": "Jane Doe"}
    return sent | {f"sign-{recipient}": name for recipient, name in names.items()}


def the_intake() -> Service:
    """The place of :func:`night_intake`."""
    return Service.objects.get(title="Intake")


def night_intake(people: People) -> Service:
    """A place where anybody can walk in at any hour, with a number to call."""
    service = a_service(people, title="Intake")
    provider = service.provider
    provider.phone, provider.address, provider.zip_code = PHONE, "2900 block Larkmere Street", "19134"
    provider.save()
    service.walk_in, service.hours, service.languages = True, AROUND_THE_CLOCK.as_json(), ["en", "es"]
    service.latitude, service.longitude = 39.99, -75.11
    service.save()
    return service


def my_browser(person: Person, at: dt.datetime, client: Client | None = None) -> Client:
    """A browser in which the person's page is open."""
    client = client or Client()
    response = sessions.open_for(HttpResponse(), person, at=at)
    client.cookies[sessions.PAGE] = response.cookies[sessions.PAGE].value
    return client


def _missed_twice(journey: Journey, service: Service) -> None:
    journey.accepted()
    for _ in range(2):
        journey.book(service).later(2)
        enrolments.miss(journey.enrolment.id, doer=staff(journey.people.provider), at=journey.at)


def _one_more(journey: Journey, service: Service) -> None:
    journey.engaged(service).file()
    filed = Proof.objects.filter(case=journey.case).latest("filed_at")
    proof.ask_one_more(filed.id, "The date is missing.", actor=journey.people.prosecutor, at=journey.at)


def _waiting(journey: Journey, service: Service) -> None:
    journey.accepted().book(service).later(2).assess()
    enrolments.take(journey.enrolment.id, "wait_for_place", doer=staff(journey.people.provider), at=journey.at)


def _asked(journey: Journey, service: Service) -> None:
    journey.accepted().book(service).later(2).assess()
    referring.refer(journey.enrolment.id, service, doer=journey.person, at=journey.at)


def _left(journey: Journey, service: Service) -> None:
    journey.accepted().book(service)
    enrolments.take(journey.enrolment.id, "leave", doer=journey.person, at=journey.at)


def _ended(journey: Journey, service: Service) -> None:
    _missed_twice(journey, service)
    look = SecondLook.objects.get(case=journey.case)
    actor = journey.people.prosecutor
    second_look.give_reasons(look.id, "Two misses.", actor=actor, at=journey.at)
    second_look.give_reasons(look.id, "No ride.", actor=journey.people.counsel, at=journey.at)
    second_look.end_offer(look.id, actor=actor, at=journey.at)


def _refused(journey: Journey, _service: Service) -> None:
    journey.answering()
    offers.refuse(journey.offer.id, doer=journey.person, at=journey.at)


def _nothing_to_do(then: Callable[[Journey], object]) -> Callable[[Journey, Service], object]:
    return lambda journey, _service: then(journey)


#: Where a person can be, and what their page then says first.
STEPS: dict[str, tuple[Callable[[Journey, Service], object], str]] = {
    "screened": (_nothing_to_do(lambda journey: journey), "You have nothing to do right now"),
    "offered": (_nothing_to_do(Journey.offered), "Talk with your lawyer"),
    "answering": (_nothing_to_do(Journey.answering), "Say yes or no to the offer"),
    "refused": (_refused, "You said no"),
    "to_book": (_nothing_to_do(Journey.accepted), "Choose a place and a day"),
    "booked": (lambda journey, service: journey.accepted().book(service), "Go to your first appointment"),
    "hour_passed": (
        lambda journey, service: journey.accepted().book(service).later(2),
        "Were you at your appointment?",
    ),
    "second_look": (_missed_twice, "Tell your lawyer what happened"),
    "offer_ended": (_ended, "The offer ended"),
    "assessed": (
        lambda journey, service: journey.accepted().book(service).later(2).assess(),
        "Go to your first visit for treatment",
    ),
    "asked": (_asked, "Go to your first visit for treatment"),
    "waiting": (_waiting, "You are waiting for a place"),
    "left": (_left, "You can come back any day"),
    "engaged": (lambda journey, service: journey.engaged(service), "Send in your proof"),
    "proof_filed": (lambda journey, service: journey.engaged(service).file(), "your proof is there"),
    "one_more": (_one_more, "One more thing is needed"),
    "verified": (lambda journey, service: journey.engaged(service).file().verify(), "your proof is good"),
    "withdrawn": (lambda journey, _service: journey.withdrawn(), "It is over: the charges are withdrawn"),
}


def at_step(name: str, folder: Path, number: int = 1, people: People | None = None, **more: object) -> Journey:
    """Somebody at this step; a place that is open day and night is there."""
    journey = Journey(folder, number, people, **more)
    service = Service.objects.filter(title="Intake").first() or night_intake(journey.people)
    STEPS[name][0](journey, service)
    journey.reload()
    return journey
