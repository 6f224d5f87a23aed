"""Many cases carried by chance through the programme's verbs, with whoever may take each step. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction

from instead.office.accounts.doers import Doer, staff, the_person
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.closing import withdrawing
from instead.office.enrolments.models import Enrolment
from instead.office.errors import Refused
from instead.office.timers import tick
from support.court_files import A16, A30
from support.journey import DAY, People, a_service
from support.office import NOW, SIDES, a_case, somebody
from support.verbs import VERBS, Nothing, Try

#: The next steps in each state of a case, then of a way into treatment; a word that stands twice comes up more often.
_STEPS = {
    "screened": "confirm confirm confirm confirm override",
    "needs_facts": "override answer",
    "review": "override",
    "offering": "send send undo",
    "offered": "meet",
    "answering": "accept accept accept refuse",
    "proof_filed": "verify verify one_more",
    "proof_incomplete": "file",
    "verified": "docket docket ask_court ask_court ask_court",
    "second_look": "reasons keep end end",
    "other_condition": "start_service docket ask_court",
    "service": "hours",
    "service_filed": "docket ask_court",
    "refused": "offer_again",
    "to_book": "book book walk_in",
    "missed": "book excuse",
    "booked": "mark",
    "walked_in": "count_arrival",
    "assessed": "refer accept_referral arrive engage engage take",
    "waiting": "refer accept_referral",
    "engaged": "file file complete",
    "attending": "file complete",
    "not_needed": "other_condition",
    "died": "reopen",
}
_WITHDRAWING = "confirm_docket confirm_docket clear finish"
_ANYTIME = (
    "second_look hear settle take_back take_back take_back docket ask_court move warrant no_to_referral take death"
)
_PLACES = "WBHAU"


def _ask_court(t: Try) -> object:
    reasons = withdrawing.reasons_from(t.case.state)
    if not reasons:
        raise Nothing
    return withdrawing.ask_court(t.case.id, t.pick(reasons), words="words", actor=t.user, at=t.at)


_VERBS = {**VERBS, "ask court": _ask_court}


def random_lives(folder: Path, seed: int, cases: int = 30, rounds: int = 40) -> tuple[People, dt.datetime]:
    """Take in cases of few people, some of them again and again, and let days pass; gives who works here, and now."""
    dice, people, at = Random(seed), People(), NOW
    everybody = [staff(user) for user in vars(people).values()]
    everybody += [staff(somebody(role)) for role in SIDES if not User.objects.filter(role=role).exists()]
    services = [a_service(people, places=3), a_service(people, places=1, title="Residential")]
    for number in range(cases):
        _arrest(folder, number, dice, at)
    for _ in range(rounds):
        for number, case in enumerate(Case.objects.order_by("source_key")):
            case.number = number  # of its dockets
            _step(case, dice, at, everybody, people, services)
        at += dice.choice((1, 1, 1, 4)) * DAY + dt.timedelta(hours=dice.randrange(20))
        tick(at)
    return people, at


def _arrest(folder: Path, number: int, dice: Random, at: dt.datetime) -> None:
    again, arrested = dice.randrange(1, 12), at + dt.timedelta(days=dice.randrange(-40, 400), hours=dice.randrange(24))
    birthday = (arrested - 365.25 * dice.choice((17, 18, 25, 35, 45, 55, 130)) * DAY).date()  # or a day beside it
    written = {
        "person": {
            "pid": "" if again == 1 else f"P{again}",
            "born": dice.choice((None, *[f"{birthday}"] * 4)),
            "race": dice.choice((*_PLACES, "", "Martian", "white")),
            "sex": dice.choice(("M", "F", "", "X")),
        },
        "charges": dice.choice(((A16,), (A16,), (A16,), (A16,), (A16,), (A30,), (A16, "Title 99 § 1"))),
        "arrested_at": arrested.strftime("%Y-%m-%dT%H:%M"),
    }
    case = a_case(folder, number + 1, **written)
    Case.objects.filter(pk=case.pk).update(received_at=at + dice.randrange(-40, 40) * DAY)


def _step(case, dice, at, everybody, people, services) -> None:
    enrolment = Enrolment.objects.filter(case=case).order_by("-began_at").first()
    verbs = _WITHDRAWING if case.state.startswith("withdrawing_") else _STEPS.get(case.state, "")
    verbs += " " + _STEPS.get(enrolment.state if enrolment else "", "")
    verbs += f" {dice.choice(_ANYTIME.split())}" if dice.random() < 0.1 else ""
    if not verbs.split():
        return
    verb = _VERBS[dice.choice(verbs.split()).replace("_", " ")]
    n = dice.randrange(8)
    doers: list[Doer] = [the_person(case.person), *everybody]
    for doer in dice.sample(doers, len(doers)):
        health = people.coordinator.organization
        attempt = Try(case, doer, at, n, counsel=people.counsel, health=health, services=services)
        try:
            with transaction.atomic():
                verb(attempt)
        except (Refused, PermissionDenied, Nothing, ObjectDoesNotExist):
            continue
        return
