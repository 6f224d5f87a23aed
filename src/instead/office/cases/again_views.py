"""Two forms about a changed outcome: take the case up again, or leave it as it is."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from instead.office import clock
from instead.office.cases import looking_again
from instead.office.cases.opened import opened
from instead.office.web import attempt


@login_required
@require_POST
def take_up_again_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Screen the case anew, because what is known now is milder."""
    user, _ = opened(request, case_id)
    act = partial(looking_again.take_up_again, case_id, actor=user, at=clock.now())
    return attempt(
        request, act, "The case is open again; decide it by what is known now.", reverse("case", args=[case_id])
    )


@login_required
@require_POST
def leave_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Leave the case as it is."""
    user, _ = opened(request, case_id)
    act = partial(looking_again.leave_as_it_is, case_id, request.POST.get("because", ""), actor=user, at=clock.now())
    return attempt(
        request, act, "The case stays as it is, with your reason on record.", reverse("case", args=[case_id])
    )
