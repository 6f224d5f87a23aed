"""One person as the clinic sees them, and every step on the way into treatment that a button takes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.doers import Doer
from instead.office.accounts.models import User
from instead.office.accounts.permissions import is_coordinator
from instead.office.enrolments import actions, reaching, telling
from instead.office.enrolments.models import Appointment, Enrolment, Outreach, Referral
from instead.office.enrolments.permissions import health_side
from instead.office.enrolments.queries.care import care_page
from instead.office.enrolments.views.common import (
    Verb,
    any_service,
    attempt,
    day_and_hour,
    doing,
    one_of,
    only,
    own_enrolment,
    own_service_of,
    verb_of,
)
from instead.office.errors import Refused
from instead.office.people.models import Person
from instead.office.web import typed_date

Form = Mapping[str, str]


@login_required
@require_GET
def enrolment_view(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """One person: for the clinic here, for the coordinator on the page of the case."""
    user = only(request, health_side)
    enrolment = own_enrolment(user, enrolment_id)
    if is_coordinator.test(user):
        if enrolment.case_id is None:
            raise Http404("no case yet")
        return redirect("health-case", enrolment.case_id)
    context = {
        "page": care_page(enrolment_id, user, clock.now()),
        "label": Referral.LABEL,
        "today": clock.today(),
        "languages": Person.Language.choices,
        "excuses": Appointment.Excuse.choices,
        "try_ways": Outreach.Way.choices,
        "try_results": Outreach.Result.choices,
    }
    return render(request, "enrolments/care.html", context)


@login_required
@require_POST
def enrolment_do_view(request: HttpRequest, enrolment_id: uuid.UUID, verb: str) -> HttpResponse:
    """One step of one person, by whoever cares for them or coordinates."""
    user = only(request, health_side)
    do = verb_of(_VERBS, verb)
    own_enrolment(user, enrolment_id)
    doer, at = doing(user)
    return attempt(request, partial(do, request.POST, enrolment_id, doer, at), _back(request, user, enrolment_id))


def _back(request: HttpRequest, user: User, enrolment_id: uuid.UUID) -> str:
    if request.POST.get("back") == "outreach" and not is_coordinator.test(user):
        return f"{reverse('outreach')}#p-{enrolment_id}"
    return reverse("enrolment", args=[enrolment_id])


def _book(form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    typed = form.get("service", "")
    service = any_service(typed) if doer.role == "coordinator" else own_service_of(_user(doer), typed)
    when = day_and_hour(form, "appointment")
    actions.book(enrolment_id, service, when, doer=doer, at=at)
    return f"Booked: {timezone.localtime(when):%A, %B %-d, %-I:%M %p}."


def _user(doer: Doer) -> User:
    if doer.user is None:
        raise Refused("somebody has to be signed in")
    return doer.user


def _excuse(form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    reason = one_of(Appointment.Excuse, form.get("reason", ""), "the reason from the list")
    actions.excuse(enrolment_id, reason, doer=doer, at=at)
    return "Excused. It counts as no miss; book again."


def _dated(
    verb: Callable[..., Enrolment], said: str, form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime
) -> str:
    verb(enrolment_id, typed_date(form.get("on", ""), "day"), doer=doer, at=at)
    return said


def _missed(_form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    actions.miss(enrolment_id, doer=doer, at=at)
    return "Marked: did not come. Reach the person and book again."


def _take(transition: str, said: str, _form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    actions.take(enrolment_id, transition, doer=doer, at=at)
    return said


def _died(form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    if form.get("sure") != "yes":
        raise Refused("tick that an official source says so")
    actions.take(enrolment_id, "record_death", doer=doer, at=at)
    return "Recorded."


def _lives(form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    because = form.get("because", "").strip()
    if not because:
        raise Refused("write the reason")
    actions.take(enrolment_id, "undo_death", because=because[:300], doer=doer, at=at)
    return "Corrected."


def _file_proof(_form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    case_id = Enrolment.objects.values_list("case_id", flat=True).get(pk=enrolment_id)
    if case_id is None:
        raise Refused("no case is joined, so there is nobody to file it with")
    telling.file_proof(case_id, doer=doer, at=at)
    return "Filed: the four facts, and nothing else."


def _details(form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    born = form.get("born", "").strip()
    details = reaching.Details(
        phone=form.get("phone", ""),
        language=form.get("language", ""),
        interpreter=form.get("interpreter", ""),
        name=form.get("name", ""),
        born=typed_date(born, "date of birth") if born else None,
    )
    reaching.learn_details(enrolment_id, details, doer=doer, at=at)
    return "Kept."


def _tried(form: Form, enrolment_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    way = one_of(Outreach.Way, form.get("way", ""), "how you tried")
    result = one_of(Outreach.Result, form.get("result", ""), "how it went")
    tried = reaching.log_try(enrolment_id, way, result, doer=doer, at=at)
    return f"Kept: {tried}."


_VERBS: Mapping[str, Verb] = {
    "book": _book,
    "excuse": _excuse,
    "missed": _missed,
    "assessed": partial(_dated, actions.assess, "The assessment is marked: its date, and nothing else."),
    "was-there": partial(_dated, actions.undo_miss, "The miss is taken back; the assessment is marked."),
    "engaged": partial(_dated, actions.engage, "The contact is marked."),
    "completed": partial(_dated, actions.complete, "Treatment completed."),
    "waits": partial(_take, "wait_for_place", "Waits for a place. The person’s clock stands still."),
    "place-found": partial(_take, "place_found", "A place is there. The clock runs again."),
    "not-needed": partial(_take, "find_not_needed", "Noted. The office learns “another condition” and not why."),
    "away": partial(_take, "go_away", "Noted. The person’s clock stands still."),
    "back-to-booking": partial(_take, "back_to_booking", "Back. The clock runs again; book an appointment."),
    "back-to-assessed": partial(_take, "back_to_assessed", "Back. The clock runs again; find a place."),
    "back-to-care": partial(_take, "back_to_care", "Back in care."),
    "discharged": partial(_take, "discharge", "Discharged. The person can come back at any time."),
    "left": partial(_take, "leave", "Noted. The person can come back at any time."),
    "came-back": partial(_take, "come_back", "Welcome back. Book an appointment."),
    "ordinary-way": partial(_take, "ordinary_way", "Noted. Care goes on; book an appointment."),
    "died": _died,
    "lives": _lives,
    "file-proof": _file_proof,
    "details": _details,
    "tried": _tried,
}
