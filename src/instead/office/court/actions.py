"""The verbs about the court: dockets, listings, warrants, custody, the waiver. Each is an event of its case."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Final

from django.db import IntegrityError, transaction

from instead.office.accounts.doers import Doer
from instead.office.accounts.models import User
from instead.office.cases.models import Case, LateEvent
from instead.office.cases.permissions import may_see_court_days, may_work_on_case, require
from instead.office.court.models import Custody, Docket, Listing, SpeedyTrialWaiver, Warrant
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.tasks.clocks import office_day
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.moves import locked
from instead.office.tasks.opening import close_tasks, open_beside, pause, redate, resume

#: A docket number as Pennsylvania's courts write it; 51 is Philadelphia.
NUMBER: Final = re.compile(r"(MC|CP)-\d{2}-(CR|SU)-\d{7}-\d{4}")
CUSTODY: Final = "custody"


def open_docket(case_id: uuid.UUID, number: str, *, counts_from: dt.date | None, doer: Doer, at: dt.datetime) -> Docket:
    """Put a docket of the case on record. Its court is told by its number."""
    number = number.strip().upper()
    if counts_from is not None and counts_from > office_day(at):
        raise Refused(f"{counts_from} has not come yet, so no trial clock counts from it")
    if not NUMBER.fullmatch(number):
        raise Refused(f"{number[:40]!r} is no docket number; expected one like MC-51-CR-0000001-2020")
    with transaction.atomic():
        case = locked(Case, case_id)
        _allow(doer, case, prosecution=True)
        held = Docket.objects.filter(number=number).first()
        if held is not None:
            raise Refused(f"{number} is on record already" + ("" if held.case_id == case.pk else ", in another case"))
        docket = Docket.objects.create(case=case, number=number, court=number[:2], counts_from=counts_from)
        record("docket opened", actor=doer.actor, at=at, subject=case.id, payload={"docket": number})
    return docket


def count_from(
    docket_id: uuid.UUID,
    counts_from: dt.date | None,
    *,
    ordered_down_on: dt.date | None = None,
    doer: Doer,
    at: dt.datetime,
) -> Docket:
    """Say from which day a docket's trial clock counts, and when it was ordered down to Municipal Court, if it was."""
    for day in (counts_from, ordered_down_on):
        if day is not None and day > office_day(at):
            raise Refused(f"{day} has not come yet, so no trial clock counts from it")
    with transaction.atomic():
        docket = Docket.objects.get(pk=docket_id)
        case = locked(Case, docket.case_id)
        _allow(doer, case, prosecution=True)
        if ordered_down_on is not None and docket.court != Docket.Court.MUNICIPAL:
            raise Refused("only a docket in Municipal Court can have been ordered down to it")
        if ordered_down_on is not None and (counts_from is None or ordered_down_on < counts_from):
            raise Refused("the order comes after the day from which the clock counts; give that day as well")
        Docket.objects.filter(pk=docket_id).update(counts_from=counts_from, ordered_down_on=ordered_down_on)
        docket.refresh_from_db()
        payload = {"docket": docket.number, "counts_from": counts_from, "ordered_down_on": ordered_down_on}
        record("trial clock counts from", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return docket


def list_hearing(
    docket_id: uuid.UUID, when: dt.datetime, *, courtroom: str = "", purpose: str = "", doer: Doer, at: dt.datetime
) -> Listing:
    """Put a day in court on the calendar; somebody answers for it until the person was there or is excused."""
    with transaction.atomic():
        docket = Docket.objects.get(pk=docket_id)
        case = locked(Case, docket.case_id)
        _allow(doer, case)
        try:
            with transaction.atomic():
                listing = Listing.objects.create(
                    docket=docket, at=when, courtroom=courtroom.strip()[:40], purpose=purpose.strip()[:80]
                )
        except IntegrityError as error:
            raise Refused("this docket is listed for that moment already") from error
        if case.health_id is not None:
            open_beside("listing", listing.id, case, at=at, organization_id=case.health_id)
        redate(case, at)
        payload = {"docket": docket.number, "listing": str(listing.id), "on": when}
        record("listing known", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return listing


def settle_listing(
    listing_id: uuid.UUID, state: Listing.State, *, way_there: str = "", doer: Doer, at: dt.datetime
) -> Listing:
    """Say what became of a day in court: excused, appeared, missed or cancelled. A missed one is not yet a warrant."""
    if state == Listing.State.SCHEDULED:
        raise Refused("say what became of the day: excused, appeared, missed or cancelled")
    with transaction.atomic():
        listing = Listing.objects.select_related("docket").get(pk=listing_id)
        case = locked(Case, listing.docket.case_id)
        _allow(doer, case)
        if state in (Listing.State.APPEARED, Listing.State.MISSED) and office_day(listing.at) > office_day(at):
            raise Refused("that day has not come yet")
        standing = Listing.objects.filter(pk=listing_id, state=Listing.State.SCHEDULED)
        planned = {"way_there": way_there[:200]} if way_there else {}
        if not standing.update(state=state, **planned):
            raise Refused("somebody has said already what became of this day; look again")
        listing.refresh_from_db()
        close_tasks(BESIDE, listing.id, doer=doer, at=at)
        redate(case, at)
        payload = {"listing": str(listing.id), "state": state.value}
        record("listing settled", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return listing


def plan_way_there(listing_id: uuid.UUID, way_there: str, *, doer: Doer, at: dt.datetime) -> Listing:
    """Write down how the person gets to a day in court. It stays open until somebody says what became of the day."""
    if not way_there.strip():
        raise Refused("say how the person gets there")
    with transaction.atomic():
        listing = Listing.objects.select_related("docket").get(pk=listing_id)
        case = locked(Case, listing.docket.case_id)
        _allow(doer, case)
        standing = Listing.objects.filter(pk=listing_id, state=Listing.State.SCHEDULED)
        if not standing.update(way_there=way_there.strip()[:200]):
            raise Refused("somebody has said already what became of this day; look again")
        listing.refresh_from_db()
        payload = {"listing": str(listing.id), "as": doer.role}
        record("way to court planned", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return listing


def learn_of_warrant(
    case_id: uuid.UUID,
    kind: Warrant.Kind,
    issued_on: dt.date,
    *,
    source: str,
    of_this_case: bool = True,
    doer: Doer,
    at: dt.datetime,
) -> Warrant | None:
    """Put a warrant on record, however late it is discovered; None where the same one is on record already."""
    with transaction.atomic():
        case = locked(Case, case_id)
        _allow(doer, case)
        about = f"{kind.value} {issued_on.isoformat()}"
        _, new = LateEvent.objects.get_or_create(
            case=case, kind=LateEvent.Kind.WARRANT, about=about, defaults={"source": source[:80], "at": at}
        )
        if not new:
            return None
        warrant = Warrant.objects.create(
            case=case, kind=kind, of_this_case=of_this_case, issued_on=issued_on, learned_at=at, source=source[:80]
        )
        open_beside("warrant", warrant.id, case, at=at, organization_id=case.office_id)
        payload = {"warrant": str(warrant.id), "kind": kind.value, "of_this_case": of_this_case}
        record("warrant known", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return warrant


def clear_warrant(warrant_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Warrant:
    """The warrant is lifted: somebody saw it on the court's record."""
    with transaction.atomic():
        warrant = Warrant.objects.get(pk=warrant_id)
        case = locked(Case, warrant.case_id)
        require(actor, may_work_on_case, case)
        if not Warrant.objects.filter(pk=warrant_id, cleared_at__isnull=True).update(cleared_at=at, cleared_by=actor):
            raise Refused("this warrant is cleared already")
        warrant.refresh_from_db()
        close_tasks(BESIDE, warrant.id, doer=Doer(actor.role, user=actor), at=at)
        record("warrant cleared", actor=actor, at=at, subject=case.id, payload={"warrant": str(warrant.id)})
    return warrant


def begin_custody(case_id: uuid.UUID, since: dt.date, *, source: str, doer: Doer, at: dt.datetime) -> Custody:
    """The person is held: the person's own clocks stand still from today on."""
    with transaction.atomic():
        case = locked(Case, case_id)
        _allow(doer, case)
        if since > office_day(at):
            raise Refused(f"{since} has not come yet")
        if Custody.objects.filter(case=case, until__isnull=True).exists():
            raise Refused("it is on record already that the person is held")
        custody = Custody.objects.create(case=case, since=since, source=source[:80])
        pause(case, CUSTODY, custody.id, at=at)
        record("custody began", actor=doer.actor, at=at, subject=case.id, payload={"custody": str(custody.id)})
    return custody


def end_custody(custody_id: uuid.UUID, until: dt.date, *, doer: Doer, at: dt.datetime) -> Custody:
    """The person is free again: the clocks run from tomorrow on."""
    with transaction.atomic():
        custody = Custody.objects.get(pk=custody_id)
        case = locked(Case, custody.case_id)
        _allow(doer, case)
        if not custody.since <= until <= office_day(at):
            raise Refused(f"the last day lies between {custody.since} and today")
        if not Custody.objects.filter(pk=custody_id, until__isnull=True).update(until=until):
            raise Refused("it is on record already that the person is free")
        custody.refresh_from_db()
        resume(case, CUSTODY, custody.id, at=at)
        record("custody ended", actor=doer.actor, at=at, subject=case.id, payload={"custody": str(custody.id)})
    return custody


def open_custody(case_id: uuid.UUID) -> Custody | None:
    """The custody that the person is in, if it is on record."""
    return Custody.objects.filter(case=case_id, until__isnull=True).first()


def waive_speedy_trial(case: Case, signed_on: dt.date, *, doer: Doer, at: dt.datetime) -> SpeedyTrialWaiver:
    """Record the signed waiver; part of the acceptance of an offer, inside its transaction. It ends on return."""
    if signed_on > office_day(at):
        raise Refused(f"a paper cannot be signed on {signed_on}, which has not come yet")
    return SpeedyTrialWaiver.objects.create(
        case=case, start=signed_on, signed_on=signed_on, recorded_at=at, recorded_as=doer.role
    )


def end_waivers(case: Case, on: dt.date) -> None:
    """The case returns: no waiver goes on after this day. Part of the action that ends the offer."""
    for waiver in SpeedyTrialWaiver.objects.filter(case=case, end__isnull=True):
        waiver.end = max(waiver.start, on)
        waiver.save(update_fields=["end"])


def put_listings_to(case: Case, at: dt.datetime) -> None:
    """From the offer on somebody of the health side answers for each day in court that is still to come."""
    for listing in Listing.objects.filter(docket__case=case, state=Listing.State.SCHEDULED, at__gte=at):
        open_beside("listing", listing.id, case, at=at, organization_id=case.health_id)


def open_warrants(case: Case) -> list[Warrant]:
    """The warrants of this very case that nobody has cleared."""
    return list(Warrant.objects.filter(case=case, of_this_case=True, cleared_at__isnull=True))


def _allow(doer: Doer, case: Case, *, prosecution: bool = False) -> None:
    if doer.role != "program":
        require(doer.user or _nobody(), may_work_on_case if prosecution else may_see_court_days, case)


def _nobody() -> User:
    return User(is_active=False)
