"""The offer on counsel's side: read it, meet the person, ask for an interpreter, and answer yes or no."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.cases.policy_in_force import library
from instead.office.consents.actions import Signed, standing
from instead.office.consents.models import Consent
from instead.office.errors import Refused
from instead.office.letterhead import as_language, as_pdf
from instead.office.letters.parts import CannotBeSaid
from instead.office.letters.render import words
from instead.office.offers import actions, interpreting
from instead.office.offers.counsel_offer import Form, forms_of, language_of_forms, offer_page
from instead.office.offers.counsel_queries import head_of
from instead.office.offers.counsel_web import attempt, form_page, form_view, own_case, own_offer
from instead.office.offers.offer_letter import offer_letter, sent
from instead.office.offers.terms import asks_treatment
from instead.office.tasks.clocks import office_day
from instead.office.web import typed_date

#: The forms in the order in which they are shown and read.
RECIPIENTS = [Consent.Recipient.OFFICE, Consent.Recipient.COORDINATOR, Consent.Recipient.COUNSEL]


@login_required
@require_GET
def offer_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The offer, to be read with the person."""
    _, case = own_case(request, case_id)
    page = offer_page(case, clock.now())
    if page is None:
        raise Http404("no offer was sent in this case")
    return render(request, "counsel/offer.html", {"page": page, "head": page.head, "here": "offer"})


@login_required
@require_GET
def letter_view(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The letter as the person reads it, word for word, in either language."""
    _, case, offer = own_offer(request, offer_id)
    language = as_language(request.GET.get("language") or offer.language)
    context: dict[str, object] = {"head": head_of(case, clock.now()), "here": "offer", "offer": offer}
    try:
        context["letter"] = words(offer_letter(case, sent(offer)), language, library=library())
    except CannotBeSaid as problem:
        context["no_letter"] = str(problem)
    return render(request, "counsel/letter.html", {**context, "language": language})


@login_required
@require_GET
def letter_file_view(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The letter as a PDF, in either language."""
    _, case, offer = own_offer(request, offer_id)
    language = request.GET.get("language") or offer.language
    return as_pdf(request, lambda: offer_letter(case, sent(offer)), language, _offer_of(case.pk))


@login_required
@require_POST
def met_view(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """Counsel has met the person. Without both confirmations the clock waits, and the page says so."""
    user, case, offer = own_offer(request, offer_id)
    meet = partial(
        actions.counsel_met,
        offer.pk,
        report_in_hand=request.POST.get("report") == "yes",
        clear_headed=request.POST.get("clear") == "yes",
        actor=user,
        at=clock.now(),
    )
    return attempt(request, meet, "On record. The answer’s clock runs from today.", _offer_of(case.pk))


@login_required
@form_view
def yes_view(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The person says yes: the forms in full, each free to sign or not, and the waiver with its date."""
    user, case, offer = own_offer(request, offer_id)
    page = offer_page(case, clock.now())
    if page is None or page.offer.pk != offer.pk or not page.can_answer:
        messages.error(request, "Not done: this offer cannot be answered now. Below is how it stands.")
        return redirect(_offer_of(case.pk))

    def accept() -> None:
        at = clock.now()
        waived = typed_date(request.POST.get("waiver", ""), "the waiver’s date")
        actions.accept(offer.pk, signed_forms(request.POST), waiver_signed_on=waived, doer=staff(user), at=at)

    language = language_of_forms(request.POST.get("language") or request.GET.get("language", ""), case)

    def context() -> dict[str, object]:
        at = clock.now()
        unsigned = [one for one in RECIPIENTS if standing(case, one, at) is None]
        forms = forms_of(case, unsigned, language, treatment=asks_treatment(offer.terms))
        return {
            "page": page,
            "head": page.head,
            "here": "offer",
            "forms": _as_typed(forms, request.POST),
            "signed": [one.label for one in RECIPIENTS if one not in unsigned],
            "language": language,
            "today": office_day(at),
        }

    said = "The yes is on record, with what was signed. The way into treatment begins."
    return form_page(request, "counsel/yes.html", context, accept, said, reverse("counsel-progress", args=[case.pk]))


@login_required
@require_POST
def no_view(request: HttpRequest, offer_id: uuid.UUID) -> HttpResponse:
    """The person says no. No reason is asked, and nothing is worse for it."""
    user, case, offer = own_offer(request, offer_id)
    refuse = partial(actions.refuse, offer.pk, doer=staff(user), at=clock.now())
    said = "The no is on record. Charges and bail are as if no offer had been made."
    return attempt(request, refuse, said, _offer_of(case.pk))


@login_required
@require_POST
def interpreter_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ask for an interpreter, or say that one is found."""
    user, case = own_case(request, case_id)
    at = clock.now()
    if request.POST.get("found") == "yes":
        found = partial(interpreting.interpreter_found, case.pk, actor=user, at=at)
        return attempt(request, found, "On record: an interpreter is found.", _offer_of(case.pk))
    ask = partial(interpreting.ask_interpreter, case.pk, request.POST.get("language", ""), actor=user, at=at)
    said = "Asked for. The coordinator finds an interpreter; it costs the person nothing."
    return attempt(request, ask, said, _offer_of(case.pk))


def signed_forms(sent: QueryDict) -> list[Signed]:
    """The forms that were signed, as they were sent; raises :class:`Refused` where a tick and a name disagree."""
    signed = []
    for recipient in RECIPIENTS:
        form = signed_form(sent, recipient)
        if form is not None:
            signed.append(form)
    return signed


def signed_form(sent: QueryDict, recipient: Consent.Recipient) -> Signed | None:
    """One form, or None where it was left unsigned."""
    ticked = sent.get(f"sign-{recipient}") == "yes"
    name = sent.get(f"name-{recipient}", "").strip()
    label = recipient.label
    if name and not ticked:
        raise Refused(
            f"a name stands on the form for the {label}, but its box is not ticked; tick it or clear the name"
        )
    if not ticked:
        return None
    if not name:
        raise Refused(f"the form for the {label} is ticked but not signed: write the name as the person signs it")
    if len(name) > 200:
        raise Refused(f"the name on the form for the {label} is too long; at most 200 letters can be kept")
    until = sent.get(f"until-{recipient}", "")
    return Signed(recipient, name, _until(until, label), sent.get("language", ""))


def _until(typed: str, label: str) -> dt.date | None:
    return typed_date(typed, f"the last day of the form for the {label}") if typed.strip() else None


def _as_typed(forms: list[Form], sent: QueryDict) -> list[dict[str, object]]:
    """Each form with what was typed on it, so that nothing has to be typed twice."""
    return [
        {
            "form": form,
            "ticked": sent.get(f"sign-{form.recipient}") == "yes",
            "name": sent.get(f"name-{form.recipient}", ""),
            "until": sent.get(f"until-{form.recipient}", ""),
        }
        for form in forms
    ]


def _offer_of(case_id: uuid.UUID) -> str:
    return reverse("counsel-offer", args=[case_id])
