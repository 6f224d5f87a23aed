"""How the ways into treatment go, for the body that coordinates them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from instead.office.enrolments.measures import Ways, care
from instead.office.enrolments.permissions import coordination
from instead.office.enrolments.views.common import only
from instead.office.errors import Refused
from instead.office.numbers.showing import as_csv, shown
from instead.office.web import maybe_date


@login_required
@require_GET
def health_numbers_view(request: HttpRequest) -> HttpResponse:
    """Success, provision, compliance and time, of one's own body alone; as a page or as CSV (``?file``)."""
    user = only(request, coordination)
    try:
        first = maybe_date(request.GET.get("first", ""), "first day")
        last = maybe_date(request.GET.get("last", ""), "last day")
    except Refused as refused:
        messages.error(request, f"{refused}. Everything is counted.".capitalize())
        first = last = None
    ways = Ways(user.organization, first, last)
    sections = care(ways)
    if "file" in request.GET:
        answer = HttpResponse(as_csv(sections), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="numbers-of-care.csv"'
        return answer
    context = {"ways": ways, "sections": [(one, [shown(block) for block in one.blocks]) for one in sections]}
    return render(request, "enrolments/numbers.html", context)
