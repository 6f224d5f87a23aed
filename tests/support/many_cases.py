"""Hundreds of cases at once, each written down as it stands, without the steps that led there. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from random import Random

from instead.office.accounts.models import Organization, User
from instead.office.cases.models import Case, Confirmation, Decision
from instead.office.closing.models import SecondLook, Withdrawal
from instead.office.enrolments.models import Appointment, Enrolment, Referral
from instead.office.offers.models import Offer
from instead.office.people.models import Person
from instead.office.treatment.models import Service
from support.journey import DAY, People, a_service

#: What the policy says, what was decided, where the case is, the answer, and why it was withdrawn; with its weight.
WAYS = (
    (30, "divert", "divert", "withdrawn_engaged", "yes", "engaged"),
    (18, "divert", "divert", "accepted", "yes", ""),
    (5, "divert", "divert", "offer_ended", "yes", ""),
    (3, "divert", "divert", "withdrawn_service", "yes", "service"),
    (14, "divert", "divert", "refused", "no", ""),
    (4, "divert", "divert", "answering", "", ""),
    (2, "divert", "divert", "offer_ended", "", ""),
    (1, "divert", "divert", "withdrawn_laboratory", "", "laboratory"),
    (1, "divert", "divert", "died", "yes", ""),
    (3, "divert", "prosecute", "prosecuted", None, ""),
    (2, "divert", "decline", "declined", None, ""),
    (2, "divert", "", "screened", None, ""),
    (40, "prosecute", "prosecute", "prosecuted", None, ""),
    (1, "prosecute", "divert", "accepted", "yes", ""),
    (6, "decline", "decline", "declined", None, ""),
    (5, "review", "prosecute", "prosecuted", None, ""),
    (3, "needs_facts", "", "needs_facts", None, ""),
)
RACES, SEXES = ("W", "B", "H", "A", "U"), ("M", "F", "")


def many_cases(count: int, seed: int, at: dt.datetime, people: People | None = None) -> People:
    """So many cases of the people's office, received within the month before ``at``, the newest numbers last."""
    dice, people = Random(seed), people or People()
    office = people.prosecutor.organization
    ways = dice.choices(WAYS, weights=[way[0] for way in WAYS], k=count)
    persons = [_person(dice, f"{seed}-{number // 2}") for number in range(count)]
    Person.objects.bulk_create(persons)
    cases = [
        _case(person, way, office, at - dice.random() * 28 * DAY) for person, way in zip(persons, ways, strict=True)
    ]
    Case.objects.bulk_create(cases)
    decisions = [_decision(case, way) for case, way in zip(cases, ways, strict=True)]
    Decision.objects.bulk_create(decisions)
    Confirmation.objects.bulk_create(
        Confirmation(decision=one, outcome=way[2], by=people.prosecutor, at=one.made_at, reason="=1+1")
        for one, way in zip(decisions, ways, strict=True)
        if way[2]
    )
    _offers(cases, ways, people)
    _treatment(cases, ways, people, dice)
    return people


def _person(dice: Random, number: str) -> Person:
    race, sex = dice.choices(RACES, weights=(44, 30, 20, 3, 2))[0], dice.choices(SEXES, weights=(70, 27, 1))[0]
    born = dt.date(2000 - dice.randrange(-1, 50), 1 + dice.randrange(12), 1 + dice.randrange(28))
    return Person(race=race, sex=sex, born=born, police_photo_number=number)


def _case(person: Person, way: tuple, office: Organization, at: dt.datetime) -> Case:
    ended = None if way[3] in ("accepted", "answering", "screened", "needs_facts") else at + DAY
    return Case(
        person=person,
        office=office,
        source_key=str(person.pk),
        received_at=at,
        arrested_at=at - DAY,
        state=way[3],
        outcome=way[1],
        ended_at=ended,
    )


def _decision(case: Case, way: tuple) -> Decision:
    more = {"policy": "p", "policy_version": "1", "hash": "", "decision_date": case.received_at.date()}
    lists = {"possible": [], "or_rules": [], "missing": [], "facts": {"delivery_charged": 0}}
    return Decision(case=case, number=1, outcome=way[1], decided_by="r", made_at=case.received_at, **more, **lists)


def _offers(cases: list[Case], ways: list[tuple], people: People) -> None:
    offers, withdrawals, looks = [], [], []
    for case, (_, _, _, state, answer, reason) in zip(cases, ways, strict=True):
        if answer is None:
            continue
        at = case.received_at
        met = {"met_at": at, "met_by": people.counsel, "answered_at": at + DAY} if answer else {}
        said = {"policy": "p", "policy_version": "1", "track": "t", "terms": {}, "language": "en", "immunity": "i"}
        who = {"counsel": people.counsel, "sent_by": people.prosecutor}
        offers.append(Offer(case=case, number=1, sent_at=at, answer=answer, **said, **who, **met))
        if reason:
            days = {"asked_at": at, "finished_at": at + 2 * DAY, "asked_by": people.prosecutor}
            withdrawals.append(Withdrawal(case=case, reason=reason, **days))
        if state == "offer_ended":
            looks.append(SecondLook(case=case, because="missed_clock", opened_at=at, kept=False))
    Offer.objects.bulk_create(offers)
    Withdrawal.objects.bulk_create(withdrawals)
    SecondLook.objects.bulk_create(looks)


def _treatment(cases: list[Case], ways: list[tuple], people: People, dice: Random) -> None:
    service = Service.objects.first() or a_service(people, places=40)
    ways_in, appointments, referrals = [], [], []
    for case, way in zip(cases, ways, strict=True):
        if way[4] == "yes":
            engaged = case.received_at.date() if way[5] == "engaged" else None
            home = people.coordinator.organization
            over = case.ended_at is not None
            state = "case_over" if over else "to_book"
            one = Enrolment(person=case.person, case=case, organization=home, state=state, began_at=case.received_at)
            one.engaged_on = engaged
            ways_in.append(one)
            made = {"enrolment": one, "service": service, "made_at": case.received_at}
            kept = dice.choices(("kept", "missed", "excused"), weights=(70, 25, 5))[0]
            appointments.append(Appointment(at=case.received_at, state=kept, made_as="person", **made))
            answer = dice.choices(("arrived", "full", "unanswered"), weights=(70, 20, 10))[0]
            referrals.append(Referral(state=answer, **made))
    Enrolment.objects.bulk_create(ways_in)
    Appointment.objects.bulk_create(appointments)
    Referral.objects.bulk_create(referrals)


def analyst(people: People) -> User:
    """Somebody of the same office who publishes."""
    home = people.prosecutor.organization
    found = User.objects.filter(role=User.Role.ANALYST, organization=home).first()
    return found or User.objects.create_user(username="the-analyst", role=User.Role.ANALYST, organization=home)
