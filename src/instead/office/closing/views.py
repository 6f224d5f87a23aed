"""What a prosecutor does about proof, service, the second look and other ends: each is one form on the case's page."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.opened import opened
from instead.office.closing import other_ends, proof, second_look, service
from instead.office.closing.models import Proof, SecondLook
from instead.office.closing.queries import reasons_to_look
from instead.office.errors import Refused
from instead.office.web import attempt, maybe_date


def _page(case: Case) -> str:
    return reverse("case", args=[case.id])


@login_required
@require_POST
def verify_view(request: HttpRequest, proof_id: uuid.UUID) -> HttpResponse:
    """The proof is good."""
    user, case = opened(request, get_object_or_404(Proof, pk=proof_id).case_id)
    act = partial(proof.verify, proof_id, actor=user, at=clock.now())
    return attempt(request, act, "The proof is good. Next: ask the court to withdraw the charges.", _page(case))


@login_required
@require_POST
def one_more_view(request: HttpRequest, proof_id: uuid.UUID) -> HttpResponse:
    """One more thing is needed."""
    user, case = opened(request, get_object_or_404(Proof, pk=proof_id).case_id)
    act = partial(proof.ask_one_more, proof_id, request.POST.get("thing", ""), actor=user, at=clock.now())
    return attempt(request, act, "Asked. The person and counsel are told which one thing is needed.", _page(case))


@login_required
@require_POST
def doubt_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The proof may be somebody else's."""
    user, case = opened(request, case_id)
    act = partial(proof.doubt, case_id, request.POST.get("reason", ""), actor=user, at=clock.now())
    return attempt(request, act, "The proof is to be looked at again; your reason is on record.", _page(case))


@login_required
@require_POST
def start_service_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ask the hours that the offer names."""
    user, case = opened(request, case_id)
    act = partial(service.start_service, case_id, actor=user, at=clock.now())
    return attempt(request, act, "The hours of service are asked.", _page(case))


@login_required
@require_POST
def more_service_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Something about the hours is still needed."""
    user, case = opened(request, case_id)
    act = partial(service.ask_more_service, case_id, request.POST.get("thing", ""), actor=user, at=clock.now())
    return attempt(request, act, "Asked. The person and counsel are told what is still needed.", _page(case))


@login_required
@require_POST
def open_look_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Open a second look, for a reason that holds now."""
    user, case = opened(request, case_id)
    act = partial(_open_look, case, request.POST.get("because", ""), user)
    return attempt(
        request, act, "A second look is open. Nothing is taken away before both sides had their say.", _page(case)
    )


def _open_look(case: Case, typed: str, user: User) -> SecondLook:
    at = clock.now()
    holding = {reason.value: reason for reason in reasons_to_look(case, at)}
    if typed not in holding:
        known = ", ".join(f"“{reason.label}”" for reason in holding.values()) or "none"
        raise Refused(f"this is no reason for a second look here and now; what is: {known}")
    return second_look.open_second_look(case.id, holding[typed], doer=staff(user), at=at)


@login_required
@require_POST
def reasons_view(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """Write the office's reasons."""
    user, case = opened(request, get_object_or_404(SecondLook, pk=look_id).case_id)
    act = partial(second_look.give_reasons, look_id, request.POST.get("reasons", ""), actor=user, at=clock.now())
    return attempt(request, act, "The office's reasons are on record.", _page(case))


@login_required
@require_POST
def keep_view(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """The offer stands, with more time where a date is given."""
    user, case = opened(request, get_object_or_404(SecondLook, pk=look_id).case_id)

    def keep() -> SecondLook:
        until = maybe_date(request.POST.get("new_date", ""), "the new date")
        return second_look.keep_offer(look_id, new_date=until, actor=user, at=clock.now())

    return attempt(request, keep, "The offer stands.", _page(case))


@login_required
@require_POST
def end_view(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """The offer ends."""
    user, case = opened(request, get_object_or_404(SecondLook, pk=look_id).case_id)
    act = partial(second_look.end_offer, look_id, actor=user, at=clock.now())
    return attempt(request, act, "The offer has ended. The case goes on as if it had never been made.", _page(case))


@login_required
@require_POST
def move_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Another programme has taken the case."""
    user, case = opened(request, case_id)
    act = partial(other_ends.move_to, case_id, request.POST.get("program", ""), actor=user, at=clock.now())
    return attempt(request, act, "The case has moved to the other programme.", _page(case))


@login_required
@require_POST
def death_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The person has died."""
    user, case = opened(request, case_id)
    act = partial(other_ends.record_death, case_id, request.POST.get("source", ""), actor=user, at=clock.now())
    return attempt(request, act, "On record. Tell the court on every docket.", _page(case))


@login_required
@require_POST
def reopen_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The end was a mistake."""
    user, case = opened(request, case_id)
    act = partial(other_ends.reopen, case_id, request.POST.get("reason", ""), actor=user, at=clock.now())
    return attempt(request, act, "The case is open again.", _page(case))
