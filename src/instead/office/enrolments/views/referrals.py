"""The referral inbox of a provider: on the page, as a file, on paper; each with its label."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.doers import Doer
from instead.office.accounts.permissions import is_coordinator
from instead.office.cases.permissions import require
from instead.office.enrolments import referring
from instead.office.enrolments.attendance_file import write_rows
from instead.office.enrolments.models import Referral
from instead.office.enrolments.permissions import clinic_staff, health_side, may_answer_referral, may_lead
from instead.office.enrolments.queries.inbox import better_places, inbox, own_referrals
from instead.office.enrolments.views.common import Verb, any_service, attempt, doing, download, only, verb_of
from instead.office.errors import Refused
from instead.office.machines import REFERRAL

#: For how long a place may be held by hand, in hours.
HOLDS = (4, 12, 24, 48, 72)


@login_required
@require_GET
def referrals_view(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, whom a place is held for, and what was answered lately."""
    user = only(request, clinic_staff)
    context = {"inbox": inbox(user, clock.now()), "label": Referral.LABEL}
    return render(request, "enrolments/referrals.html", context)


@login_required
@require_GET
def referral_view(request: HttpRequest, referral_id: uuid.UUID) -> HttpResponse:
    """One referral: for the provider with every answer; for the coordinator it is on the page of the person."""
    user = only(request, health_side)
    query = Referral.objects.select_related("enrolment__person", "service__provider")
    referral = get_object_or_404(query, pk=referral_id)
    if is_coordinator.test(user):
        require(user, may_lead, referral.enrolment)
        return redirect("enrolment", referral.enrolment_id)
    require(user, may_answer_referral, referral)
    words = REFERRAL.state(referral.state).title
    context = {"referral": referral, "words": words, "better": better_places(), "holds": HOLDS, "label": Referral.LABEL}
    return render(request, "enrolments/referral.html", context)


_COLUMNS = ("label", "asked", "state", "held until", "service", "name", "born", "phone", "language", "interpreter")


@login_required
@require_GET
def referrals_file_view(request: HttpRequest) -> HttpResponse:
    """The open referrals as a file, the label in every row."""
    user = only(request, clinic_staff)
    found = own_referrals(user).filter(state__in=("made", "accepted"))
    return download(write_rows(_COLUMNS, (_row(one) for one in found)), "referrals.csv", "text/csv; charset=utf-8")


def _row(referral: Referral) -> tuple[str, ...]:
    person, hold = referral.enrolment.person, referral.hold
    held = referral.state == "accepted" and hold is not None
    return (
        Referral.LABEL,
        f"{timezone.localtime(referral.made_at):%Y-%m-%d %H:%M}",
        REFERRAL.state(referral.state).title,
        f"{timezone.localtime(hold.expires_at):%Y-%m-%d %H:%M}" if held and hold else "",
        referral.service.title,
        str(person),
        person.born.isoformat() if person.born else "",
        person.phone,
        person.get_language_display(),
        person.interpreter,
    )


@login_required
@require_POST
def referral_do_view(request: HttpRequest, referral_id: uuid.UUID, verb: str) -> HttpResponse:
    """One tap: accept, full, not suitable, the place is gone, arrived, undo."""
    user = only(request, clinic_staff)
    do = verb_of(_VERBS, verb)
    get_object_or_404(Referral, pk=referral_id)
    doer, at = doing(user)
    back = f"{reverse('referrals')}#r-{referral_id}"
    return attempt(request, partial(do, request.POST, referral_id, doer, at), back)


def _accept(form: Mapping[str, str], referral_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    hours = form.get("hours", "")
    if hours and hours not in map(str, HOLDS):
        raise Refused(f"a place is held for {', '.join(map(str, HOLDS))} hours")
    until = at + dt.timedelta(hours=int(hours)) if hours else None
    referral = referring.accept(referral_id, doer=doer, at=at, until=until)
    ends = timezone.localtime(referral.hold.expires_at) if referral.hold else None
    return f"Accepted. The place is held until {ends:%A, %B %-d, %-I:%M %p}." if ends else "Accepted."


def _answer(
    transition: str, said: str, form: Mapping[str, str], referral_id: uuid.UUID, doer: Doer, at: dt.datetime
) -> str:
    better = any_service(form["better"]) if form.get("better") else None
    referring.answer_no(referral_id, transition, better=better, doer=doer, at=at)
    return said


def _undo(_form: Mapping[str, str], referral_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    referring.undo_answer(referral_id, doer=doer, at=at)
    return "Taken back. The referral waits for your answer again."


def _arrive(_form: Mapping[str, str], referral_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    referring.arrive(referral_id, doer=doer, at=at)
    return "Arrived. Mark the visit on today’s list."


_VERBS: Mapping[str, Verb] = {
    "accept": _accept,
    "full": partial(_answer, "answer_full", "Answered: full. The coordinator asks elsewhere."),
    "not-suitable": partial(_answer, "answer_not_suitable", "Answered: not the right place."),
    "lost": partial(_answer, "lose_place", "The place is given back, and the coordinator is told."),
    "undo": _undo,
    "arrived": _arrive,
}
