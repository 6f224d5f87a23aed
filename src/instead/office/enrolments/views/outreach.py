"""The peers' list: whom to reach, how, and how the last tries went."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from instead.office import clock
from instead.office.enrolments.models import Appointment, Outreach, Referral
from instead.office.enrolments.permissions import clinic
from instead.office.enrolments.queries.outreach import outreach_list
from instead.office.enrolments.views.common import only
from instead.office.treatment.queries import own_services


@login_required
@require_GET
def outreach_view(request: HttpRequest) -> HttpResponse:
    """Who missed, walked in or waits at one's own provider. The forms on it are the steps of ``enrolment-do``."""
    user = only(request, clinic)
    context = {
        "lines": outreach_list(user),
        "services": list(own_services(organization=user.organization_id)),
        "excuses": Appointment.Excuse.choices,
        "ways": Outreach.Way.choices,
        "results": Outreach.Result.choices,
        "label": Referral.LABEL,
        "today": clock.today(),
    }
    return render(request, "enrolments/outreach.html", context)
