"""The months behind a demonstration: every case is carried by the same verbs that people use, at past moments.

Who says yes, who comes and who completes is drawn from a seed, by shares near those of programmes like this one
(docs/sources.md). The verbs themselves decide what is possible; whatever they refuse is counted.
"""

from __future__ import annotations

import datetime as dt
import heapq
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Final

from instead.office.accounts.doers import staff, the_person
from instead.office.accounts.models import User
from instead.office.cases import actions as cases
from instead.office.cases.models import Case
from instead.office.cases.screening import newest_decision
from instead.office.closing import second_look
from instead.office.closing.models import SecondLook
from instead.office.consents.actions import Signed
from instead.office.consents.models import Consent
from instead.office.court import actions as court
from instead.office.demonstration.way import book
from instead.office.errors import Refused
from instead.office.offers import actions as offers
from instead.office.tasks.clocks import office_day
from instead.office.timers import tick
from instead.office.treatment.models import Service
from instead.policy.model import Policy

_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
#: Shares out of a hundred. CLEAR in Brooklyn: 65 opted in, 85 of a hundred of those completed; Oregon's deflection:
#: 723 of 1,180 enrolled. Between the two lies this city.
_SAYS_YES: Final = 65
_CONSENT_TO_ALL: Final = 85
_OVERRIDDEN: Final = 4
_FACT_LEARNED: Final = 60

Step = Callable[[dt.datetime], None]


@dataclass
class Life:
    """Steps in the order of their moments, over every case; ``until`` is where the demonstration begins."""

    policy: Policy
    services: list[Service]
    until: dt.datetime
    dice: Random
    prosecutors: list[User]
    coordinators: list[User]
    counsel: list[User]
    refused: Counter[str] = field(default_factory=Counter)
    done: int = 0
    _queue: list[tuple[dt.datetime, int, Step]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def plan(self, at: dt.datetime, step: Step) -> None:
        """Do a step at a moment, unless that is still to come when the demonstration begins."""
        if at < self.until:
            heapq.heappush(self._queue, (at, next(self._order), step))

    def run(self) -> None:
        """Every planned step in order, with a round of the timers each day."""
        last = None
        while self._queue:
            at, _, step = heapq.heappop(self._queue)
            if last is not None and office_day(at) != last:
                tick(at)
            last = office_day(at)
            try:
                step(at)
                self.done += 1
            except Refused as reason:
                self.refused[str(reason)] += 1

    def after(self, at: dt.datetime, least: int, most: int) -> dt.datetime:
        """Some hours later, at an hour at which people work."""
        later = at + self.dice.randint(least, most) * _HOUR
        return later.replace(hour=self.dice.randint(13, 21), minute=self.dice.randint(0, 59)) if most > 12 else later

    def chance(self, of_a_hundred: int) -> bool:
        return self.dice.randrange(100) < of_a_hundred


def live(life: Life, case: Case, at: dt.datetime) -> None:
    """Plan what becomes of a case that came in."""
    prosecutor = life.dice.choice(life.prosecutors)
    life.plan(life.after(at, 1, 5), lambda now: _decide(life, case.pk, prosecutor, now))


def _decide(life: Life, case_id: uuid.UUID, prosecutor: User, now: dt.datetime) -> None:
    case = Case.objects.get(pk=case_id)
    decision = newest_decision(case)
    if decision.outcome == "needs_facts" and case.state != "review":
        _learn(life, case, prosecutor, now)
    elif case.state == "review" or (decision.outcome != "prosecute" and life.chance(_OVERRIDDEN)):
        others = [one for one in ("divert", "prosecute", "decline") if one != decision.outcome]
        outcome = life.dice.choice(others)
        cases.override(decision.id, outcome, life.dice.choice(_REASONS), actor=prosecutor, at=now)
        if outcome == "divert":
            _begin_offer(life, case, prosecutor, now)
    else:
        cases.confirm(decision.id, actor=prosecutor, at=now)
        if decision.outcome == "divert":
            _begin_offer(life, case, prosecutor, now)
        elif decision.outcome == "review":
            life.plan(life.after(now, 20, 60), lambda later: _decide(life, case.pk, prosecutor, later))


_REASONS: Final = (
    "The report and the photographs do not agree.",
    "The person is known to the office's treatment court.",
    "The amount and the place do not fit.",
    "Counsel showed that nothing was sold.",
)


def _learn(life: Life, case: Case, prosecutor: User, now: dt.datetime) -> None:
    """Police answer the first missing fact, or nobody does and the clock hands the case to a person."""
    missing = newest_decision(case).missing
    if missing and life.chance(_FACT_LEARNED):
        fact = life.policy.vocabulary[missing[0]]
        value = False if fact.kind == "yes_no" else 30 if fact.name == "age" else None
        cases.answer_fact(case.pk, fact.name, value, life.policy, actor=prosecutor, at=now)
        life.plan(life.after(now, 1, 3), lambda later: _decide(life, case.pk, prosecutor, later))
    else:
        life.plan(life.after(now, 72, 96), lambda later: _decide(life, case.pk, prosecutor, later))


def _begin_offer(life: Life, case: Case, prosecutor: User, now: dt.datetime) -> None:
    counsel = life.dice.choice(life.counsel)
    language = "es" if life.chance(18) else "en"

    def send(at: dt.datetime) -> None:
        number = f"MC-51-CR-{100_000 + next(_dockets):07d}-{office_day(at).year}"
        doer = staff(prosecutor)
        docket = court.open_docket(case.pk, number, counts_from=office_day(at), doer=doer, at=at)
        day = at + life.dice.randint(24, 60) * _DAY
        court.list_hearing(
            docket.pk, day.replace(hour=14, minute=0), courtroom=life.dice.choice(_ROOMS), doer=doer, at=at
        )
        offers.send_offer(case.pk, life.policy, counsel=counsel, language=language, actor=prosecutor, at=at)
        life.plan(life.after(at, 24, 96), lambda later: _meet(life, case.pk, counsel, later))

    life.plan(life.after(now, 2, 8), send)


_ROOMS: Final = ("303", "403", "503", "603", "703")
_dockets: Final = count(1)


def _meet(life: Life, case_id: uuid.UUID, counsel: User, now: dt.datetime) -> None:
    offer = offers.current_offer(Case.objects.get(pk=case_id))
    assert offer is not None
    offers.counsel_met(offer.pk, report_in_hand=True, clear_headed=True, actor=counsel, at=now)
    if life.chance(92):  # the others are still thinking, or cannot be found
        life.plan(life.after(now, 24, 120), lambda later: _answer(life, case_id, counsel, later))


def _answer(life: Life, case_id: uuid.UUID, counsel: User, now: dt.datetime) -> None:
    case = Case.objects.get(pk=case_id)
    offer = offers.current_offer(case)
    assert offer is not None
    doer = the_person(case.person) if life.chance(30) else staff(counsel)
    if not life.chance(_SAYS_YES):
        offers.refuse(offer.pk, doer=doer, at=now)
        return
    everybody = life.chance(_CONSENT_TO_ALL)
    recipients = tuple(Consent.Recipient) if everybody else (Consent.Recipient.OFFICE,)
    forms = [Signed(one, str(case.person)) for one in recipients]
    offers.accept(offer.pk, forms, waiver_signed_on=office_day(now), doer=doer, at=now)
    life.plan(life.after(now, 3, 30), lambda later: book(life, case_id, doer if not everybody else None, later))


def look_again(life: Life, at: dt.datetime) -> None:
    """Second looks that have waited for a week are decided: both sides have written, and most offers stand."""
    for look in SecondLook.objects.filter(decided_at=None, opened_at__lt=at - 7 * _DAY).select_related("case"):
        prosecutor = life.dice.choice(life.prosecutors)
        second_look.give_reasons(look.pk, "A date has passed.", actor=prosecutor, at=at)
        assert look.case.counsel is not None
        second_look.give_reasons(look.pk, "The person was ill.", actor=look.case.counsel, at=at)
        if life.chance(60):
            second_look.keep_offer(look.pk, new_date=office_day(at + 14 * _DAY), actor=prosecutor, at=at)
        else:
            second_look.end_offer(look.pk, actor=prosecutor, at=at)
