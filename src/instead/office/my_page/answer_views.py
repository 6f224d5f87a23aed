"""The offer: read it, say yes with the forms in full, or say no."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from instead.office.cases.models import Case
from instead.office.consents.actions import standing
from instead.office.consents.models import Consent
from instead.office.machines import CASE
from instead.office.my_page.forms import RECIPIENTS, papers, plain, signed
from instead.office.my_page.own import Visit, named, own, show
from instead.office.offers import actions
from instead.office.offers.models import Offer
from instead.office.offers.terms import asks_service, asks_treatment
from instead.office.tasks.clocks import number_of, office_day
from instead.office.tasks.models import Task


@own
@require_safe
def offer_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The offer in plain words, with what it asks and what it does not."""
    offer = _offer(visit, request.GET.get("for", ""))
    return show(request, visit, "offer", _shown(visit, offer))


@own
@require_http_methods(["GET", "HEAD", "POST"])
def yes_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say yes: sign the forms, each for itself, and the paper about the time for the trial."""
    offer = _offer(visit, request.POST.get("offer", "") or request.GET.get("for", ""))
    shown = _shown(visit, offer)
    if not shown["can_answer"]:
        return redirect(f"{reverse('my-offer')}?for={offer.pk}")
    recipients = [one for one in _recipients(offer.case) if standing(offer.case, one, visit.at) is None]
    if request.method == "POST":
        forms, wrong = signed(recipients, visit.language, request.POST), _wrong(request, visit, offer, recipients)
        if not wrong:
            accept = partial(
                actions.accept, offer.pk, forms, waiver_signed_on=office_day(visit.at), doer=visit.doer, at=visit.at
            )
            return visit.attempt(accept, _("You said yes. Your lawyer and the office see it now."), "my-page")
        shown["wrong"] = wrong
    needs_office = asks_treatment(offer.terms)
    shown["papers"] = papers(offer.case, recipients, visit.language, request.POST, needs_office=needs_office)
    shown["waiver"] = request.POST.get("waiver", "")[:200]
    return show(request, visit, "yes", shown, status=400 if "wrong" in shown else 200)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def no_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say no, after being asked once more. No reason is asked."""
    offer = _offer(visit, request.POST.get("offer", "") or request.GET.get("for", ""))
    if request.method == "POST":
        refuse = partial(actions.refuse, offer.pk, doer=visit.doer, at=visit.at)
        return visit.attempt(refuse, _("You said no. Nothing gets worse because of it."), "my-page")
    return show(request, visit, "no", _shown(visit, offer))


def _offer(visit: Visit, typed: str) -> Offer:
    """The offer that is named, or the newest one; never somebody else's."""
    offers = Offer.objects.filter(case__person=visit.person).select_related(
        "case__counsel__organization", "case__office"
    )
    if typed:
        return named(offers, typed)
    newest = offers.order_by("-sent_at").first()
    if newest is None:
        raise Http404
    return newest


def _shown(visit: Visit, offer: Offer) -> dict[str, object]:
    case = offer.case
    due = Task.objects.filter(machine="case", subject=case.pk, kind="answering", done_at=None)
    newest = actions.current_offer(case)
    answerable = CASE.can(case.state, "accept") and not offer.answer and newest is not None and newest.pk == offer.pk
    terms = offer.terms
    return {
        "offer": offer,
        "case": case,
        "title": terms["title_es"] if visit.language == "es" and terms.get("title_es") else terms["title"],
        "treatment": asks_treatment(terms),
        "service": asks_service(terms),
        "hours": terms.get("hours") or 0,
        "days": terms["clocks"],
        "can_answer": answerable,
        "due": due.values_list("due_on", flat=True).first(),
        "today": office_day(visit.at),
        "trial_days": number_of("trial_days_municipal_court", visit.at),
        "trial_days_felony": number_of("trial_days_common_pleas", visit.at),
    }


def _recipients(case: Case) -> list[Consent.Recipient]:
    there = {
        Consent.Recipient.OFFICE: case.office is not None,
        Consent.Recipient.COORDINATOR: case.health_id is not None,
        Consent.Recipient.COUNSEL: case.counsel is not None,
    }
    return [one for one in RECIPIENTS if there[one]]


def _wrong(request: HttpRequest, visit: Visit, offer: Offer, recipients: list[Consent.Recipient]) -> list[str]:
    """What is missing for a yes."""
    found = []
    names = {form.recipient for form in signed(recipients, visit.language, request.POST)}
    office = Consent.Recipient.OFFICE
    if asks_treatment(offer.terms) and office in recipients and office not in names:
        found.append(
            _("Sign the form for the prosecutor’s office: write your name under it. It shows four facts and no more.")
        )
    if not plain(request.POST.get("waiver", "")):
        found.append(_("Sign the paper about the time for the trial: write your name under it."))
    return found
