"""The court calendar and the court's page of one case: for its prosecutor, its coordinator and its counsel."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Final

from django.contrib.auth.decorators import login_required
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from rules.predicates import Predicate

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.opened import opened
from instead.office.cases.permissions import may_coordinate, may_see_court_days, require
from instead.office.court import actions
from instead.office.court.calendar import calendar
from instead.office.court.models import Custody, Docket, Listing, Warrant
from instead.office.court.permissions import may_see_calendar
from instead.office.court.queries import court_part
from instead.office.errors import Refused
from instead.office.web import attempt, back_to, maybe_date, signed_in, typed_date, typed_moment

#: What a day in court is for. A choice and no free text: both sides of the wall read it.
PURPOSES: Final = (
    "preliminary arraignment",
    "preliminary hearing",
    "arraignment",
    "status",
    "motion",
    "trial",
    "withdrawal",
    "bench warrant hearing",
    "other",
)
#: From whom the office knows of a warrant or of custody; a choice for the same reason.
SOURCES: Final = ("the court's record", "police", "the jail", "counsel", "the person", "another office")


@login_required
@require_safe
def calendar_view(request: HttpRequest) -> HttpResponse:
    """Days in court of one's own cases, this week and next."""
    user = require(signed_in(request), may_see_calendar)
    typed = request.GET.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1
    by_courtroom = request.GET.get("by") == "courtroom"
    courtroom = request.GET.get("courtroom", "")[:40]
    found = calendar(user, clock.now(), by_courtroom=by_courtroom, courtroom=courtroom, page=page)
    more = {"by_courtroom": by_courtroom, "courtroom": courtroom}
    return render(request, "court/calendar.html", {"calendar": found, **_choices(user), **more})


@login_required
@require_safe
def case_court_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case in court: dockets and their clocks, days, warrants, custody."""
    user, case = opened(request, case_id, may_see_court_days)
    court = court_part(case, clock.now())
    return render(request, "court/case_court.html", {"case": case, "court": court, **_choices(user)})


def _choices(user: User) -> dict[str, object]:
    settled = [state for state in Listing.State if state != Listing.State.SCHEDULED]
    return {
        "prosecution": user.role == User.Role.PROSECUTOR,
        "coordination": user.role == User.Role.COORDINATOR,
        "settled": [(state.value, state.label) for state in settled],
        "purposes": PURPOSES,
        "sources": SOURCES,
        "kinds": Warrant.Kind.choices,
    }


def _done(request: HttpRequest, case: Case, act: Callable[[], object], said: str) -> HttpResponse:
    return attempt(request, act, said, back_to(request, reverse("case-court", args=[case.id])))


def _one_of(typed: str, known: type[TextChoices] | tuple[str, ...], what: str) -> str:
    values = known if isinstance(known, tuple) else known.values
    if typed not in values:
        raise Refused(f"{what}: choose one of {', '.join(values)}")
    return typed


@login_required
@require_POST
def add_docket_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Put a docket on record."""
    user, case = opened(request, case_id)

    def add() -> Docket:
        counts_from = maybe_date(request.POST.get("counts_from", ""), "the first day of the trial clock")
        number = request.POST.get("number", "")
        return actions.open_docket(case.id, number, counts_from=counts_from, doer=staff(user), at=clock.now())

    return _done(request, case, add, "The docket is on record.")


@login_required
@require_POST
def docket_clock_view(request: HttpRequest, docket_id: uuid.UUID) -> HttpResponse:
    """Say from which day a docket's trial clock counts."""
    user, case = opened(request, get_object_or_404(Docket, pk=docket_id).case_id)

    def say() -> Docket:
        first = maybe_date(request.POST.get("counts_from", ""), "the first day of the trial clock")
        down = maybe_date(request.POST.get("ordered_down_on", ""), "the day of the order")
        return actions.count_from(docket_id, first, ordered_down_on=down, doer=staff(user), at=clock.now())

    return _done(request, case, say, "The trial clock is reckoned from that day.")


@login_required
@require_POST
def add_listing_view(request: HttpRequest, docket_id: uuid.UUID) -> HttpResponse:
    """Put a day in court on the calendar."""
    user, case = opened(request, get_object_or_404(Docket, pk=docket_id).case_id, may_see_court_days)

    def add() -> Listing:
        when = typed_moment(request.POST.get("when", ""), "the day in court")
        purpose = _one_of(request.POST.get("purpose", ""), PURPOSES, "what the day is for")
        room = request.POST.get("courtroom", "")
        doer = staff(user)
        return actions.list_hearing(docket_id, when, courtroom=room, purpose=purpose, doer=doer, at=clock.now())

    return _done(request, case, add, "The day in court is on the calendar.")


@login_required
@require_POST
def way_view(request: HttpRequest, listing_id: uuid.UUID) -> HttpResponse:
    """Say how the person gets to court: for the health side, whose words stay there."""
    user, case = _of_listing(request, listing_id, may_coordinate)

    def plan() -> Listing:
        return actions.plan_way_there(listing_id, request.POST.get("way", ""), doer=staff(user), at=clock.now())

    return _done(request, case, plan, "On record how the person gets there.")


@login_required
@require_POST
def settle_view(request: HttpRequest, listing_id: uuid.UUID) -> HttpResponse:
    """Say what became of a day in court."""
    user, case = _of_listing(request, listing_id, may_see_court_days)

    def settle() -> Listing:
        state = _one_of(request.POST.get("state", ""), Listing.State, "what became of the day")
        return actions.settle_listing(listing_id, Listing.State(state), doer=staff(user), at=clock.now())

    return _done(request, case, settle, "On record what became of that day.")


def _of_listing(request: HttpRequest, listing_id: uuid.UUID, may: Predicate) -> tuple[User, Case]:
    listing = get_object_or_404(Listing.objects.select_related("docket"), pk=listing_id)
    return opened(request, listing.docket.case_id, may)


@login_required
@require_POST
def add_warrant_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Put a warrant or detainer on record."""
    user, case = opened(request, case_id, may_see_court_days)

    def add() -> Warrant:
        kind = Warrant.Kind(_one_of(request.POST.get("kind", ""), Warrant.Kind, "the kind of warrant"))
        source = _one_of(request.POST.get("source", ""), SOURCES, "from whom")
        issued = typed_date(request.POST.get("issued_on", ""), "the day it was issued")
        mine = request.POST.get("other_case") != "1"
        doer = staff(user)
        made = actions.learn_of_warrant(
            case.id, kind, issued, source=source, of_this_case=mine, doer=doer, at=clock.now()
        )
        if made is None:
            raise Refused("this warrant is on record already")
        return made

    return _done(request, case, add, "The warrant is on record, and somebody has to have it lifted or explained.")


@login_required
@require_POST
def clear_warrant_view(request: HttpRequest, warrant_id: uuid.UUID) -> HttpResponse:
    """The warrant is lifted."""
    user, case = opened(request, get_object_or_404(Warrant, pk=warrant_id).case_id)
    clear = partial(actions.clear_warrant, warrant_id, actor=user, at=clock.now())
    return _done(request, case, clear, "The warrant is cleared.")


@login_required
@require_POST
def begin_custody_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The person is held."""
    user, case = opened(request, case_id, may_see_court_days)

    def begin() -> Custody:
        since = typed_date(request.POST.get("since", ""), "the first day in custody")
        source = _one_of(request.POST.get("source", ""), SOURCES, "from whom")
        return actions.begin_custody(case.id, since, source=source, doer=staff(user), at=clock.now())

    return _done(request, case, begin, "On record. The person's own clocks stand still meanwhile.")


@login_required
@require_POST
def end_custody_view(request: HttpRequest, custody_id: uuid.UUID) -> HttpResponse:
    """The person is free again."""
    user, case = opened(request, get_object_or_404(Custody, pk=custody_id).case_id, may_see_court_days)

    def end() -> Custody:
        until = typed_date(request.POST.get("until", ""), "the last day in custody")
        return actions.end_custody(custody_id, until, doer=staff(user), at=clock.now())

    return _done(request, case, end, "On record. The person's own clocks run again from tomorrow on.")
