"""The withdrawal: ask the court, find it on the court's record, and the two lists that keep it from getting lost."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.cases.models import Case
from instead.office.cases.opened import opened
from instead.office.cases.permissions import may_defend, may_see_queue, may_work_on_case, require
from instead.office.closing import withdrawing
from instead.office.closing.closed_letter import closed_letter
from instead.office.closing.courtroom_list import courtroom_list
from instead.office.closing.models import Withdrawal
from instead.office.closing.withdrawal_lists import MOST, not_on_record, sheets
from instead.office.court.models import Docket
from instead.office.errors import Refused
from instead.office.letterhead import as_pdf
from instead.office.tasks.clocks import office_day
from instead.office.web import attempt, back_to, signed_in


@login_required
@require_POST
def ask_court_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ask the court to withdraw, for the reason that was chosen."""
    user, _ = opened(request, case_id)
    typed = request.POST.get("reason", "")
    words = request.POST.get("words", "")

    def ask() -> Case:
        if typed not in Withdrawal.Reason.values:
            raise Refused("choose the reason for which the charges are withdrawn")
        return withdrawing.ask_court(case_id, Withdrawal.Reason(typed), words=words, actor=user, at=clock.now())

    said = "The court is asked. It is not finished until each docket reads withdrawn on the court's record."
    return attempt(request, ask, said, reverse("case", args=[case_id]))


@login_required
@require_POST
def ask_docket_view(request: HttpRequest, docket_id: uuid.UUID) -> HttpResponse:
    """Ask the court for a docket that came to light later."""
    docket = get_object_or_404(Docket, pk=docket_id)
    user, case = opened(request, docket.case_id)
    act = partial(withdrawing.ask_docket, docket_id, actor=user, at=clock.now())
    said = f"{docket.number}: the court is asked for it as well."
    return attempt(request, act, said, back_to(request, reverse("case", args=[case.id])))


@login_required
@require_POST
def on_record_view(request: HttpRequest, docket_id: uuid.UUID) -> HttpResponse:
    """The court's record of one docket reads withdrawn."""
    docket = get_object_or_404(Docket, pk=docket_id)
    user, case = opened(request, docket.case_id)
    act = partial(withdrawing.confirm_docket, docket_id, doer=staff(user), at=clock.now())
    said = f"{docket.number}: on the court's record as withdrawn."
    return attempt(request, act, said, back_to(request, reverse("case", args=[case.id])))


@login_required
@require_POST
def finish_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Finish a withdrawal from which the last hindrance is gone."""
    user, _ = opened(request, case_id)
    act = partial(withdrawing.finish, case_id, doer=staff(user), at=clock.now())
    return attempt(request, act, "The withdrawal is finished.", back_to(request, reverse("case", args=[case_id])))


@login_required
@require_safe
def closed_letter_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The letter of a closed case, for the office and for counsel; in the person's language, or ``?language=en``."""
    case = get_object_or_404(Case.objects.select_related("person", "counsel__organization"), pk=case_id)
    user = require(request.user, may_work_on_case | may_defend, case)
    back = reverse("counsel-case" if may_defend.test(user, case) else "case", args=[case.pk])
    language = request.GET.get("language", case.person.language)
    return as_pdf(request, partial(closed_letter, case, clock.now()), language, back)


@login_required
@require_safe
def courtroom_view(request: HttpRequest) -> HttpResponse:
    """What is withdrawn, by courtroom and listing: to print and take along."""
    user = require(signed_in(request), may_see_queue)
    return render(request, "closing/courtroom.html", {"sheets": sheets(user.organization, clock.now())})


@login_required
@require_safe
def sheet_view(request: HttpRequest, listing_id: uuid.UUID) -> HttpResponse:
    """One sheet for the courtroom as a PDF."""
    user = require(signed_in(request), may_see_queue)
    found = [sheet for sheet in sheets(user.organization, clock.now()) if sheet.listing_id == listing_id]
    if not found:
        raise Http404("no such sheet")
    return as_pdf(request, partial(courtroom_list, found[0], user, office_day(clock.now())), "en", reverse("courtroom"))


@login_required
@require_safe
def not_on_record_view(request: HttpRequest) -> HttpResponse:
    """Asked, and not on the court's record yet: the oldest first."""
    user = require(signed_in(request), may_see_queue)
    found = not_on_record(user.organization, clock.now())
    shown = {"waiting": found[:MOST], "more": len(found) > MOST, "most": MOST}
    return render(request, "closing/not_on_record.html", shown)
