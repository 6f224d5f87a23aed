"""The letter that closes a case: what was withdrawn, and what an employer may see until when. It never says why."""

from __future__ import annotations

import datetime as dt

from instead.office.accounts.models import Organization
from instead.office.cases.models import Case
from instead.office.closing.courtroom_list import COURTS
from instead.office.closing.models import Withdrawal
from instead.office.court.models import Docket
from instead.office.letterhead import desk, sender
from instead.office.letters.closing import Withdrawn, WithdrawnDocket
from instead.office.letters.parts import CannotBeSaid, Charge, Contact, Said
from instead.office.tasks.clocks import office_day


def closed_letter(case: Case, at: dt.datetime) -> Withdrawn:
    """The letter; raises :class:`CannotBeSaid` until the withdrawal is finished on the court's record."""
    withdrawal = Withdrawal.objects.filter(case=case).select_related("asked_by__organization").first()
    if withdrawal is None or withdrawal.finished_at is None or case.ended_at is None:
        raise CannotBeSaid("the court’s record does not say yet that everything is withdrawn")
    described = {charge.sequence: charge.description for charge in case.charges.all()}
    return Withdrawn(
        sender=sender(withdrawal.asked_by),
        written_on=office_day(at),
        person=str(case.person),
        dockets=tuple(_docket(docket, withdrawal, described) for docket in case.dockets.all()),
        checked_on=office_day(withdrawal.finished_at),
        contact=desk(),
        free_lawyer=_lawyer(case.counsel.organization) if case.counsel else None,
    )


def _docket(docket: Docket, withdrawal: Withdrawal, described: dict[int, str]) -> WithdrawnDocket:
    if docket.withdrawn_on_record_at is None:
        raise CannotBeSaid(f"{docket.number} does not read withdrawn yet")
    lines = [line for line in withdrawal.lines if line["docket"] == docket.number]
    charges = tuple(Charge(description=described.get(line["sequence"], ""), citation=line["charge"]) for line in lines)
    return WithdrawnDocket(
        number=docket.number,
        court=COURTS[Docket.Court(docket.court)],
        charges=charges,
        withdrawn_on=office_day(docket.withdrawn_on_record_at),
    )


def _lawyer(home: Organization) -> Contact | None:
    """Whom to ask for free, where a number is on record."""
    return Contact(name=Said(home.name), phone=home.phone) if home.phone else None
