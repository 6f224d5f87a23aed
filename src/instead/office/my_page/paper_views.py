"""Proof: send what the place has marked, send a paper, send in hours of service."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instead.office.cases.models import Case
from instead.office.closing.closed_letter import closed_letter
from instead.office.closing.service import file_service, hours_done
from instead.office.enrolments.documents import MOST_BYTES, upload
from instead.office.enrolments.telling import file_proof
from instead.office.letterhead import pdf
from instead.office.letters.parts import CannotBeSaid
from instead.office.machines import CASE
from instead.office.my_page.forms import typed_hours, uploaded
from instead.office.my_page.own import Visit, named, own, show
from instead.office.offers.actions import current_offer
from instead.office.tasks.clocks import office_day

#: What a form may weigh besides the file.
_AROUND: Final = 100_000


@own
@require_POST
def send_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send the four facts that the place has marked, as proof."""
    case = _own_case(visit, request.POST.get("case", ""))
    send = partial(file_proof, case.pk, doer=visit.doer, at=visit.at)
    return visit.attempt(send, _("Sent. The prosecutor’s office looks at it now."), "my-page")


@own
@require_safe
def closed_view(_request: HttpRequest, visit: Visit, case_id: uuid.UUID) -> HttpResponse:
    """The letter of a case that is over, to show to police, an employer or a landlord."""
    case = _own_case(visit, str(case_id))
    try:
        letter = closed_letter(case, visit.at)
    except CannotBeSaid:
        visit.say(_("The letter cannot be written here yet. Call the office, and ask for it."))
        return redirect("my-page")
    return pdf(letter, visit.language)


@csrf_exempt
@own
@require_http_methods(["GET", "HEAD", "POST"])
def paper_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send a paper. What is far too large is not even read, which is why the form's own check comes second."""
    if request.method == "POST" and _length(request) > MOST_BYTES + _AROUND:
        wrong = _("This file is too big. It may have up to 10 MB. Take the picture again, smaller.")
        return show(request, visit, "paper", {"case": _open_case(visit), "wrong": wrong}, status=413)
    return _paper(request, visit)


@csrf_protect
def _paper(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method != "POST":
        return show(request, visit, "paper", {"case": _open_case(visit)})
    case = _own_case(visit, request.POST.get("case", ""))
    content, wrong = uploaded([file for name in ("picture", "file") for file in request.FILES.getlist(name)])
    if wrong:
        return show(request, visit, "paper", {"case": case, "wrong": wrong}, status=400)
    take = partial(upload, case.pk, content, doer=visit.doer, at=visit.at)
    return visit.attempt(take, _("Your paper has arrived. Only the coordinator can open it."), "my-page")


@own
@require_http_methods(["GET", "HEAD", "POST"])
def hours_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send in hours of community service."""
    typed = request.POST.get("case", "") or request.GET.get("for", "")
    case = _own_case(visit, typed) if typed else _open_case(visit, "file_service")
    if case is None or not CASE.can(case.state, "file_service"):
        raise Http404
    offer, today, wrong = current_offer(case), office_day(visit.at), ""
    if request.method == "POST":
        found = typed_hours(request.POST, today)
        if not isinstance(found, str):
            file = partial(
                file_service,
                case.pk,
                hours=found.hours,
                place=found.place,
                first_day=found.first_day,
                last_day=found.last_day,
                doer=visit.doer,
                at=visit.at,
            )
            return visit.attempt(
                file, _("Your hours are sent in. The prosecutor’s office looks at them now."), "my-page"
            )
        wrong = found
    asked = offer.terms.get("hours") if offer else None
    shown = {
        "case": case,
        "asked": asked,
        "done": hours_done(case),
        "today": today,
        "sent": request.POST,
        "wrong": wrong,
    }
    return show(request, visit, "hours", shown, status=400 if wrong else 200)


def _own_case(visit: Visit, typed: str) -> Case:
    return named(Case.objects.filter(person=visit.person), typed)


def _open_case(visit: Visit, way: str = "") -> Case | None:
    """The newest open case whose offer was accepted, or in which a way can be taken."""
    cases = Case.objects.filter(person=visit.person, ended_at=None).order_by("-received_at")
    return next((one for one in cases if (CASE.can(one.state, way) if way else _takes_papers(one))), None)


def _takes_papers(case: Case) -> bool:
    offer = current_offer(case)
    return offer is not None and offer.answer == "yes"


def _length(request: HttpRequest) -> int:
    written = request.META.get("CONTENT_LENGTH") or "0"
    return int(written) if written.isdigit() else 0
