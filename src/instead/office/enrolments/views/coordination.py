"""The coordinator's people, one person's page, and the places to choose from."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.doers import Doer
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, require
from instead.office.closing import second_look, service
from instead.office.closing.models import SecondLook
from instead.office.consents import actions as consents
from instead.office.court import actions as court
from instead.office.court.models import Listing
from instead.office.enrolments import referring
from instead.office.enrolments.models import Appointment, Outreach, Referral
from instead.office.enrolments.permissions import coordination, may_lead
from instead.office.enrolments.queries.coordination import coordinated
from instead.office.enrolments.queries.health_case import health_case
from instead.office.enrolments.queries.places import Wish, places_page
from instead.office.enrolments.telling import newest_enrolment, say_another_condition
from instead.office.enrolments.views.common import Verb, any_service, attempt, doing, one_of, only, verb_of
from instead.office.errors import Refused
from instead.office.offers.interpreting import interpreter_found
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.web import typed_date, typed_id

Form = Mapping[str, str]
#: Why a coordinator may ask for a second look. A consent taken back is never among them.
LOOKS = (SecondLook.Because.MISSED_CLOCK, SecondLook.Because.MISSED_APPOINTMENTS, SecondLook.Because.NEW_ARREST)


@login_required
@require_GET
def people_view(request: HttpRequest) -> HttpResponse:
    """Everybody whom one's own body coordinates, the nearest deadline first."""
    user = only(request, coordination)
    typed, name = request.GET.get("page", "1"), request.GET.get("name", "")
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
    people = coordinated(user.organization, clock.now(), page=max(1, page), name=name)
    return render(request, "enrolments/people.html", {"people": people, "name": name})


@login_required
@require_GET
def health_case_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One person: the offer, the way into treatment by consent, court, papers, hours."""
    own_case(only(request, coordination), case_id)
    context = {
        "page": health_case(case_id, clock.now()),
        "excuses": Appointment.Excuse.choices,
        "looks": [(one.value, one.label) for one in LOOKS],
        "languages": Person.Language.choices,
        "try_ways": Outreach.Way.choices,
        "try_results": Outreach.Result.choices,
        "label": Referral.LABEL,
    }
    return render(request, "enrolments/health_case.html", context)


@login_required
@require_GET
def places_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Every place there is, with reasons; the person and the coordinator choose. By consent alone."""
    case = own_case(only(request, coordination), case_id)
    wish = Wish.of(request.GET, case.person)
    return render(request, "enrolments/places.html", {"page": places_page(case, wish, clock.now())})


def own_case(user: User, case_id: uuid.UUID) -> Case:
    """A case that this coordinator's body coordinates; not found, or not theirs."""
    case = get_object_or_404(Case.objects.select_related("person"), pk=case_id)
    require(user, may_coordinate, case)
    return case


@login_required
@require_POST
def health_case_do_view(request: HttpRequest, case_id: uuid.UUID, verb: str) -> HttpResponse:
    """One step of a case that is the coordinator's to take."""
    user = only(request, coordination)
    do = verb_of(_CASE_VERBS, verb)
    own_case(user, case_id)
    doer, at = doing(user)
    return attempt(request, partial(do, request.POST, case_id, doer, at), reverse("health-case", args=[case_id]))


def _refer(form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    place = any_service(form.get("service", ""))
    enrolment = newest_enrolment(case_id)
    if enrolment is None:
        raise Refused("nobody has enrolled in this case yet")
    referring.refer(enrolment.pk, place, doer=doer, at=at)
    return f"{place.provider} is asked. They answer in their inbox."


def _other_condition(_form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    enrolment = newest_enrolment(case_id)
    if enrolment is None or not say_another_condition(enrolment, doer=doer, at=at):
        raise Refused("the office may be told “another condition” only by a consent that stands, and where it fits")
    return "The office knows “another condition”, and no word of why."


def _start_service(_form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    service.start_service(case_id, actor=_user(doer), at=at)
    return "The hours of service are asked."


def _back_to_treatment(_form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    service.back_to_treatment(case_id, doer=doer, at=at)
    return "Back to treatment, as the person wished."


def _file_hours(form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    hours = form.get("hours", "").strip()
    if not (hours.isascii() and hours.isdigit() and len(hours) <= 4):
        raise Refused("hours are a whole number from 1 to 1,000")
    service.file_service(
        case_id,
        hours=int(hours),
        place=form.get("place", ""),
        first_day=typed_date(form.get("first_day", ""), "first day"),
        last_day=typed_date(form.get("last_day", ""), "last day"),
        doer=doer,
        at=at,
    )
    return "Filed. The office looks at the hours."


def _second_look(form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    because = one_of(SecondLook.Because, form.get("because", ""), "the reason from the list")
    if because not in LOOKS:
        raise Refused("choose the reason from the list")
    second_look.open_second_look(case_id, because, doer=doer, at=at)
    return "A second look is open. Nothing is taken away before both sides have written."


def _begin_custody(form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    since = typed_date(form.get("since", ""), "since")
    court.begin_custody(case_id, since, source=form.get("source", "")[:80] or "coordinator", doer=doer, at=at)
    return "Noted: in custody. The person’s clocks stand still."


def _end_custody(form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    custody = court.open_custody(case_id)
    if custody is None:
        raise Refused("it is on record already that the person is free")
    court.end_custody(
        custody.pk, typed_date(form.get("until", "") or office_day(at).isoformat(), "until"), doer=doer, at=at
    )
    return "Noted: free. The clocks run from tomorrow on."


def _interpreter_found(_form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    interpreter_found(case_id, actor=_user(doer), at=at)
    return "Noted: an interpreter is found. Tell counsel who it is."


def _take_back_consent(form: Form, case_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    wanted = typed_id(form.get("consent", ""))
    case = Case.objects.get(pk=case_id)
    if wanted is None or not case.consents.filter(pk=wanted).exists():
        raise Refused("the person has signed no such consent")
    consents.take_back(wanted, doer=doer, at=at)
    return "Taken back, at once. This is no failure: it only means that nothing more is told."


def _user(doer: Doer) -> User:
    if doer.user is None:
        raise Refused("somebody has to be signed in")
    return doer.user


_CASE_VERBS: Mapping[str, Verb] = {
    "refer": _refer,
    "other-condition": _other_condition,
    "start-service": _start_service,
    "back-to-treatment": _back_to_treatment,
    "file-hours": _file_hours,
    "second-look": _second_look,
    "custody": _begin_custody,
    "free": _end_custody,
    "interpreter-found": _interpreter_found,
    "take-back-consent": _take_back_consent,
}


@login_required
@require_POST
def listing_do_view(request: HttpRequest, listing_id: uuid.UUID, verb: str) -> HttpResponse:
    """A day in court: how the person gets there, excused, was there, did not come, called off."""
    user = only(request, coordination)
    do = verb_of(_LISTING_VERBS, verb)
    listing = get_object_or_404(Listing.objects.select_related("docket__case"), pk=listing_id)
    require(user, may_coordinate, listing.docket.case)
    doer, at = doing(user)
    back = f"{reverse('health-case', args=[listing.docket.case_id])}#court"
    return attempt(request, partial(do, request.POST, listing_id, doer, at), back)


def _plan(form: Form, listing_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    court.plan_way_there(listing_id, form.get("way_there", ""), doer=doer, at=at)
    return "Kept. The day stays on your list until it is over."


def _settle(state: Listing.State, said: str, _form: Form, listing_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    court.settle_listing(listing_id, state, doer=doer, at=at)
    return said


_LISTING_VERBS: Mapping[str, Verb] = {
    "plan": _plan,
    "excused": partial(_settle, Listing.State.EXCUSED, "Excused by the court."),
    "there": partial(_settle, Listing.State.APPEARED, "Was there."),
    "missed": partial(_settle, Listing.State.MISSED, "Noted. Ask at once whether a warrant was issued."),
    "cancelled": partial(_settle, Listing.State.CANCELLED, "The day was called off."),
}


@login_required
@require_POST
def referral_end_view(request: HttpRequest, referral_id: uuid.UUID, verb: str) -> HttpResponse:
    """The question to a provider is taken back, or the person has chosen otherwise."""
    user = only(request, coordination)
    do = verb_of(_REFERRAL_VERBS, verb)
    referral = get_object_or_404(Referral.objects.select_related("enrolment__case"), pk=referral_id)
    require(user, may_lead, referral.enrolment)
    doer, at = doing(user)
    back = reverse("enrolment", args=[referral.enrolment_id])
    return attempt(request, partial(do, request.POST, referral_id, doer, at), back)


def _take_back(_form: Form, referral_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    referring.take_back(referral_id, "taken back by the coordinator", doer=doer, at=at)
    return "Taken back. Nobody waits there any more."


def _otherwise(_form: Form, referral_id: uuid.UUID, doer: Doer, at: dt.datetime) -> str:
    referring.choose_otherwise(referral_id, doer=doer, at=at)
    return "Noted: the person wants another place. Nothing is lost by it."


_REFERRAL_VERBS: Mapping[str, Verb] = {"take-back": _take_back, "otherwise": _otherwise}
