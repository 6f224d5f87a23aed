"""What follows from time alone. Nothing here takes anything from a person: it asks, hands on, or frees a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from instead.office.accounts.doers import PROGRAM
from instead.office.cases.actions import hand_to_a_person
from instead.office.closing.models import SecondLook
from instead.office.closing.second_look import open_second_look
from instead.office.consents.actions import run_out as end_consent
from instead.office.consents.models import Consent
from instead.office.enrolments.models import Referral
from instead.office.enrolments.referring import run_out
from instead.office.errors import Refused
from instead.office.machines import CASE
from instead.office.tasks.clocks import PERSONS_CLOCKS, office_day
from instead.office.tasks.models import Task
from instead.office.treatment.actions import expire_holds
from instead.office.treatment.models import Hold


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one round of the timers did, counted; ``refused`` are those that somebody else had just seen to."""

    handed_on: int
    second_looks: int
    referrals: int
    holds: int
    consents: int
    refused: int


def tick(at: dt.datetime) -> Ticked:
    """One round, safe to repeat and to run twice at once: each step is a transaction that checks again."""
    refused = 0

    def each(steps: Iterator[Callable[[], object]]) -> int:
        nonlocal refused
        done = 0
        for step in steps:
            try:
                step()
                done += 1
            except Refused:
                refused += 1
        return done

    referrals = each(_referrals(at))
    holds = len(expire_holds(at))
    consents = each(_consents(at))
    return Ticked(each(_facts(at)), each(_missed_clocks(at)), referrals, holds, consents, refused)


def _overdue(machine: str, at: dt.datetime) -> Iterator[Task]:
    yield from Task.objects.filter(machine=machine, done_at=None, due_on__lt=office_day(at)).order_by("due_on", "pk")


def _consents(at: dt.datetime) -> Iterator[Callable[[], object]]:
    past = Consent.objects.filter(revoked_at=None, ended_at=None, expires_on__lt=office_day(at))
    for consent in past.order_by("pk"):
        yield partial(end_consent, consent.pk, at=at)


def _facts(at: dt.datetime) -> Iterator[Callable[[], object]]:
    for task in _overdue("case", at):
        if task.kind == "needs_facts":
            yield partial(hand_to_a_person, task.subject, at=at)


def _missed_clocks(at: dt.datetime) -> Iterator[Callable[[], object]]:
    """The person's own clocks of a case that ran out lead to a second look, and to nothing else."""
    for task in _overdue("case", at):
        if task.clock in PERSONS_CLOCKS and CASE.can(task.kind, "open_second_look"):
            because = SecondLook.Because.MISSED_CLOCK
            yield partial(open_second_look, task.subject, because, doer=PROGRAM, at=at)


def _referrals(at: dt.datetime) -> Iterator[Callable[[], object]]:
    for task in _overdue("referral", at):
        if task.kind == "made":
            yield partial(run_out, task.subject, at=at)
    gone = Referral.objects.filter(state="accepted", hold__state=Hold.State.HELD, hold__expires_at__lte=at)
    for referral in gone:
        yield partial(run_out, referral.pk, at=at)
