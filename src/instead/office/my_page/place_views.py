"""Choosing a place: look for one, book a day, ask for a place, say "I was there". What one looks for is not kept."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from instead.office.enrolments import actions, referring
from instead.office.enrolments.models import Appointment, Enrolment, Referral
from instead.office.enrolments.own_word import was_there
from instead.office.machines import ENROLMENT
from instead.office.my_page.booking import chosen_moment, days_to_choose, hours_to_choose
from instead.office.my_page.home import way_of
from instead.office.my_page.own import Visit, named, own, show
from instead.office.my_page.places import (
    AT_ONCE,
    Wanted,
    choices,
    hours_in_words,
    language_names,
    medication_names,
    point_of,
)
from instead.office.tasks.clocks import office_day
from instead.office.treatment.levels import MEDICATIONS
from instead.office.treatment.models import Service


@own
@require_http_methods(["GET", "HEAD", "POST"])
def places_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every place, what fits first. What is looked for is sent and not put into an address: it leaves no trace."""
    sent = request.POST
    spanish = visit.language if visit.language != "en" else ""
    wanted = Wanted(
        zip_code=sent.get("zip", "").strip()[:5],
        language=sent.get("language", spanish)[:2],
        medication=sent.get("medication", "") if sent.get("medication", "") in MEDICATIONS else "",
        now="yes" in (sent.get("now"), request.GET.get("now")),
    )
    page = _number(sent.get("page", "1"))
    found = choices(wanted, visit.at)
    shown = {
        "wanted": wanted,
        "choices": found[(page - 1) * AT_ONCE : page * AT_ONCE],
        "count": len(found),
        "page": page,
        "more": len(found) > page * AT_ONCE,
        "languages": language_names(),
        "medications": medication_names(),
        "zip_unknown": bool(wanted.zip_code) and point_of(wanted.zip_code) is None,
    }
    return show(request, visit, "places", shown)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def place_view(request: HttpRequest, visit: Visit, service_id: uuid.UUID) -> HttpResponse:
    """One place: its hours, and what can be done about it. Sending books a day or moves the one that is booked."""
    service = Service.objects.select_related("provider").filter(pk=service_id).first()
    if service is None:
        raise Http404
    way, wrong = way_of(visit.person), ""
    if request.method == "POST":
        moment, wrong = chosen_moment(service, request.POST.get("day", ""), request.POST.get("hour", ""), visit.at)
        if way is None or not _can_book(way):
            raise Http404
        if moment is not None:
            book = partial(actions.book, way.pk, service, moment, doer=visit.doer, at=visit.at)
            return visit.attempt(book, _("Booked. Day and place are below."), "my-page")
    return show(request, visit, "place", _place(visit, service, way, request, wrong), status=400 if wrong else 200)


def _place(
    visit: Visit, service: Service, way: Enrolment | None, request: HttpRequest, wrong: str
) -> dict[str, object]:
    open_ones = way.referrals.filter(state__in=("made", "accepted")) if way else Referral.objects.none()
    days, times = days_to_choose(service, visit.at), hours_to_choose(service)
    return {
        "service": service,
        "hours": hours_in_words(service.open_hours) or service.hours_text,
        "walk_in": hours_in_words(service.walk_in_open_hours) if service.walk_in else "",
        "can_book": way is not None and _can_book(way),
        "moving": way is not None and way.state == "booked",
        "can_ask": way is not None and _can_ask(way, service) and not open_ones.filter(service=service).exists(),
        "asked": open_ones.filter(service=service).first(),
        "signed_in_here": service.organization_id is not None,
        "days": days,
        "times": times,
        "day": request.POST.get("day", days[1][0] if len(days) > 1 else ""),
        "hour": request.POST.get("hour", "10:00"),
        "wrong": wrong,
    }


@own
@require_POST
def ask_view(_request: HttpRequest, visit: Visit, service_id: uuid.UUID) -> HttpResponse:
    """Ask a place to keep a place."""
    service = Service.objects.select_related("provider").filter(pk=service_id).first()
    way = way_of(visit.person)
    if service is None or way is None:
        raise Http404
    ask = partial(referring.refer, way.pk, service, doer=visit.doer, at=visit.at)
    return visit.attempt(ask, _("Asked. They answer within a day or two; you see it here."), "my-page")


@own
@require_POST
def other_place_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The person wants another place than the one that was asked."""
    referral = named(Referral.objects.filter(enrolment__person=visit.person), request.POST.get("asked", ""))
    choose = partial(referring.choose_otherwise, referral.pk, doer=visit.doer, at=visit.at)
    return visit.attempt(choose, _("Done. Choose another place whenever you like."), "my-places")


@own
@require_POST
def there_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """“I was there”: on the day of the appointment, or today."""
    way = _own_way(visit, request.POST.get("way", ""))
    try:
        on = dt.date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = office_day(visit.at)
    say = partial(was_there, way.pk, on, doer=visit.doer, at=visit.at)
    return visit.attempt(say, _("Noted: you were there. It counts when the place says so too."), "my-page")


@own
@require_POST
def come_back_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The person comes back, as often as it takes."""
    way = _own_way(visit, request.POST.get("way", ""))
    come = partial(actions.take, way.pk, "come_back", doer=visit.doer, at=visit.at)
    return visit.attempt(come, _("Good to have you back. Choose a place and a day."), "my-page")


@own
@require_http_methods(["GET", "HEAD", "POST"])
def leave_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Leave treatment, after reading what that means."""
    way = way_of(visit.person)
    if request.method == "POST":
        way = _own_way(visit, request.POST.get("way", ""))
        leave = partial(actions.take, way.pk, "leave", doer=visit.doer, at=visit.at)
        return visit.attempt(leave, _("You have left. You can come back any day."), "my-page")
    can_leave = way is not None and ENROLMENT.can(way.state, "leave")
    booked = way.appointments.filter(state=Appointment.State.BOOKED).exists() if way else False
    return show(request, visit, "leave", {"way": way, "can_leave": can_leave, "booked": booked})


def _own_way(visit: Visit, typed: str) -> Enrolment:
    return named(Enrolment.objects.filter(person=visit.person), typed)


def _can_book(way: Enrolment) -> bool:
    return ENROLMENT.can(way.state, "rebook" if way.state == "booked" else "book")


def _can_ask(way: Enrolment, service: Service) -> bool:
    return ENROLMENT.state(way.state).open and service.organization_id is not None


def _number(typed: str) -> int:
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
