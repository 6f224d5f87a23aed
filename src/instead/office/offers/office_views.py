"""The office's side of the offer: choose, look at what goes out, send it; and make it again."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.opened import opened
from instead.office.cases.policy_in_force import library, policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.errors import Refused
from instead.office.letterhead import as_language, as_pdf
from instead.office.letters.parts import CannotBeSaid
from instead.office.letters.render import words
from instead.office.machines import CASE
from instead.office.offers import actions
from instead.office.offers.models import Offer
from instead.office.offers.offer_letter import draft, offer_letter, sent
from instead.office.offers.preview import Chosen, Preview, chosen, counsel_named, preview
from instead.office.offers.queries import defenders, tracks_to_choose
from instead.office.people.models import Person
from instead.office.web import attempt, signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Choose and look (GET), then send exactly what was looked at (POST)."""
    user, case = opened(request, case_id)
    if request.method == "POST":
        choice, seen = chosen(request.POST.dict(), case), request.POST.get("decision", "")
        act = partial(_send, case, choice, seen, user)
        said = "The offer is out. Counsel meets the person next; the answer's clock starts then."
        return attempt(request, act, said, reverse("case", args=[case_id]))
    if not CASE.can(case.state, "send_offer"):
        return redirect("case", case_id=case_id)
    return render(request, "offers/send.html", _page(case, request))


def _page(case: Case, request: HttpRequest) -> dict[str, object]:
    policy, homes = policy_in_force(), defenders()
    everybody = [one for home in homes for one in home.people]
    choice = chosen(request.GET.dict(), case, everybody[0] if len(everybody) == 1 else None)
    page: dict[str, object] = {
        "case": case,
        "choice": choice,
        "defenders": homes,
        "tracks": tracks_to_choose(newest_decision(case).track, policy),
        "languages": Person.Language.choices,
    }
    try:
        shown = preview(case, choice, policy, clock.now())
    except Refused as refused:
        return page | {"missing": str(refused) if "counsel" in request.GET else ""}
    return page | {"preview": shown, **_letter(case, shown, signed_in(request))}


def _letter(case: Case, shown: Preview, user: User) -> dict[str, object]:
    """The letter word for word, or why it cannot be written here."""
    try:
        letter = offer_letter(case, draft(shown, user, clock.now()))
        return {"letter": words(letter, as_language(shown.language), library=library())}
    except CannotBeSaid as problem:
        return {"no_letter": str(problem)}


@login_required
@require_safe
def letter_view(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The letter of an offer that is out, as a PDF."""
    offer = get_object_or_404(Offer.objects.select_related("counsel", "sent_by"), pk=offer_id)
    _, case = opened(request, offer.case_id)
    letter = partial(offer_letter, case, sent(offer))
    return as_pdf(request, letter, offer.language, reverse("case", args=[case.id]))


def _send(case: Case, choice: Chosen, seen: str, user: User) -> Offer:
    if str(newest_decision(case).id) != seen:
        raise Refused("another decision has taken the place of the one you saw; look at what goes out once more")
    return actions.send_offer(
        case.id,
        policy_in_force(),
        counsel=counsel_named(choice.counsel),
        language=choice.language,
        interpreter=choice.interpreter,
        track=choice.track,
        actor=user,
        at=clock.now(),
    )


@login_required
@require_POST
def offer_again_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Make the offer once more, with a reason."""
    user, _ = opened(request, case_id)
    act = partial(actions.offer_again, case_id, request.POST.get("reason", ""), actor=user, at=clock.now())
    return attempt(request, act, "The offer can be sent once more.", reverse("case", args=[case_id]))
