"""Forms about what changed after a decision: answer a contested fact, take the case up again, leave it as it is."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from instead.office import clock
from instead.office.cases import contests, looking_again
from instead.office.cases.models import Contest
from instead.office.cases.opened import opened
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.errors import Refused
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
def answer_contest_view(request: HttpRequest, contest_id: uuid.UUID) -> HttpResponse:
    """Accept what counsel says of a fact, or keep it, with a reason."""
    user, case = opened(request, get_object_or_404(Contest, pk=contest_id).case_id)
    typed, because = request.POST.get("answer", ""), request.POST.get("because", "")

    def answer() -> Contest:
        if typed not in Contest.Answer.values:
            raise Refused("accept the fact or keep it")
        taken = Contest.Answer(typed)
        return contests.answer_contest(contest_id, taken, because, policy_in_force(), actor=user, at=clock.now())

    return attempt(request, answer, "Answered; counsel reads your reason.", reverse("case", args=[case.id]))


@login_required
@require_POST
def leave_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Leave the case as it is."""
    user, _ = opened(request, case_id)
    act = partial(looking_again.leave_as_it_is, case_id, request.POST.get("because", ""), actor=user, at=clock.now())
    return attempt(
        request, act, "The case stays as it is, with your reason on record.", reverse("case", args=[case_id])
    )
