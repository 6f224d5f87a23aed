"""Today's list: one tap a line, or the whole day as a file."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.doers import Doer
from instead.office.cases.permissions import require
from instead.office.enrolments import attendance, attendance_file
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Referral
from instead.office.enrolments.permissions import clinic_staff, may_mark
from instead.office.enrolments.queries.attendance import DAYS_BACK, day_list
from instead.office.enrolments.unmarking import unmark
from instead.office.enrolments.views.common import Verb, attempt, doing, download, only, uploaded, verb_of
from instead.office.errors import Refused
from instead.office.web import typed_date


@login_required
@require_GET
def attendance_view(request: HttpRequest) -> HttpResponse:
    """Everybody expected or in care on a day."""
    user = only(request, clinic_staff)
    listed = day_list(user, _day(request.GET.get("day", "")), clock.now())
    return render(request, "enrolments/attendance.html", {"list": listed, "label": Referral.LABEL})


@login_required
@require_GET
def attendance_file_view(request: HttpRequest) -> HttpResponse:
    """The list of a day as a file."""
    user = only(request, clinic_staff)
    listed = day_list(user, _day(request.GET.get("day", "")), clock.now())
    name = f"list-{listed.day.isoformat()}.csv"
    return download(attendance_file.write(listed.lines), name, "text/csv; charset=utf-8")


@login_required
@require_POST
def attendance_upload_view(request: HttpRequest) -> HttpResponse:
    """The file comes back: good rows are marked, the others set aside with row and reason."""
    user = only(request, clinic_staff)
    try:
        content = uploaded(request, "file", attendance_file.MOST_BYTES)
        account = attendance_file.apply(content, actor=user, at=clock.now())
    except Refused as refused:
        messages.error(request, f"Not done: {str(refused).rstrip('.')}.")
        return redirect("attendance")
    return render(request, "enrolments/attendance_account.html", {"account": account})


def _day(typed: str) -> dt.date:
    """The day asked for, where it can be marked; else today."""
    today = clock.today()
    try:
        day = typed_date(typed, "day") if typed else today
    except Refused:
        return today
    return day if 0 <= (today - day).days <= DAYS_BACK else today


@login_required
@require_POST
def came_view(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Somebody came on a day."""
    user = only(request, clinic_staff)
    enrolment = get_object_or_404(Enrolment.objects.select_related("service__provider"), pk=enrolment_id)
    require(user, may_mark, enrolment)
    doer, at = doing(user)

    def mark() -> str:
        on = typed_date(request.POST.get("on", ""), "day")
        new = attendance.came(enrolment_id, on, seen=request.POST.get("seen", ""), doer=doer, at=at)
        return "Marked: came." if new else "That was marked already."

    return attempt(request, mark, _back(request, enrolment_id))


@login_required
@require_POST
def did_not_come_view(request: HttpRequest, appointment_id: uuid.UUID) -> HttpResponse:
    """Somebody did not come to an appointment."""
    user = only(request, clinic_staff)
    found = get_object_or_404(Appointment, pk=appointment_id)
    doer, at = doing(user)

    def mark() -> str:
        new = attendance.did_not_come(appointment_id, doer=doer, at=at)
        return "Marked: did not come." if new else "That was marked already."

    return attempt(request, mark, _back(request, found.enrolment_id))


@login_required
@require_POST
def unmark_view(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """A slip of the thumb is taken back."""
    user = only(request, clinic_staff)
    enrolment = get_object_or_404(Enrolment.objects.select_related("service__provider"), pk=enrolment_id)
    require(user, may_mark, enrolment)
    doer, at = doing(user)

    def take_back() -> str:
        unmark(enrolment_id, doer=doer, at=at)
        return "Taken back. The line is as it was."

    return attempt(request, take_back, _back(request, enrolment_id))


@login_required
@require_POST
def own_word_view(request: HttpRequest, contact_id: uuid.UUID, verb: str) -> HttpResponse:
    """What the person said of themselves: seen, or not in the records."""
    user = only(request, clinic_staff)
    do = verb_of(_WORDS, verb)
    contact = get_object_or_404(Contact, pk=contact_id)
    doer, at = doing(user)
    return attempt(request, partial(do, request.POST, contact_id, doer, at), _back(request, contact.enrolment_id))


def _seen(_form: Mapping[str, str], contact_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    attendance.confirm_word(contact_id, doer=doer, at=at)
    return "Confirmed and marked."


def _not_seen(_form: Mapping[str, str], contact_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    attendance.not_seen(contact_id, doer=doer, at=at)
    return "Answered. Nothing else follows from it: it is no miss."


_WORDS: Mapping[str, Verb] = {"seen": _seen, "not-seen": _not_seen}


def _back(request: HttpRequest, enrolment_id: uuid.UUID) -> str:
    """The list of the same day, at the same line."""
    day = _day(request.POST.get("day", ""))
    return f"{reverse('attendance')}?day={day.isoformat()}#l-{enrolment_id}"
