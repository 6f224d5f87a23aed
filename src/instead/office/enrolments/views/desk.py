"""The desk at any hour: a walk-in in two minutes, a card, consent asked later and taken back at once."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.consents.actions import Signed
from instead.office.consents.forms_2_31 import elements
from instead.office.consents.models import Consent
from instead.office.consents.queries import consents_of_person
from instead.office.enrolments import at_desk, walk_ins
from instead.office.enrolments.desk_words import words_in
from instead.office.enrolments.models import Enrolment, Referral
from instead.office.enrolments.permissions import clinic, health_side
from instead.office.enrolments.views.common import attempt, doing, one_of, only, own_enrolment, own_service_of
from instead.office.errors import Refused
from instead.office.my_page.codes import person_of_code
from instead.office.people.models import Person
from instead.office.treatment.queries import own_services
from instead.office.web import typed_id

_UNKNOWN_CARD = "no card has this code, or it is no longer good; look at it again, or start without it"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in_view(request: HttpRequest) -> HttpResponse:
    """One page and one button: which door, a name if there is one, a card if there is one. Care first."""
    user = only(request, clinic)
    services = list(own_services(organization=user.organization_id))
    context: dict[str, object] = {"services": services, "once": uuid.uuid4(), "typed": request.POST}
    if request.method != "POST":
        return render(request, "enrolments/walk_in.html", context)
    try:
        enrolment = _welcome(request)
    except Refused as refused:
        context |= {"problem": f"Not started: {str(refused).rstrip('.')}.", "once": request.POST.get("once", "")}
        return render(request, "enrolments/walk_in.html", context, status=422)
    messages.success(request, "Started. Care first; everything else can wait.")
    return redirect("enrolment", enrolment.pk)


def _welcome(request: HttpRequest) -> Enrolment:
    user = only(request, clinic)
    doer, at = doing(user)
    code = request.POST.get("code", "").strip()
    person = _of_card(code, user, at) if code else None
    once = typed_id(request.POST.get("once", ""))
    key = uuid.uuid5(user.pk, str(once)) if once else None
    service = own_service_of(user, request.POST.get("service", ""))
    return walk_ins.welcome(service, name=request.POST.get("name", ""), person=person, key=key, doer=doer, at=at)


def _of_card(code: str, user: User, at: dt.datetime) -> Person:
    """Whose card has this code; refused where there is none, or after too many wrong ones from this desk."""
    person = person_of_code(code, at, place=str(user.pk))
    if person is None:
        raise Refused(_UNKNOWN_CARD)
    return person


@login_required
@require_POST
def join_view(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """The card says whose way this is: the walk-in is joined to its case."""
    user = only(request, clinic)
    enrolment = own_enrolment(user, enrolment_id)
    doer, at = doing(user)

    def join() -> str:
        code = request.POST.get("code", "").strip()
        person = _of_card(code, user, at) if code else enrolment.person
        case = walk_ins.case_to_join(person)
        if case is None:
            raise Refused("this card has no open offer, or more than one; the coordinator can tell which")
        walk_ins.join_case(enrolment_id, case, doer=doer, at=at)
        return "Joined. What was signed here counts for the case from now on."

    return attempt(request, join, reverse("enrolment", args=[enrolment_id]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent_view(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """The written forms of 42 CFR § 2.31 on the screen, one for each recipient, in the person's language."""
    user = only(request, health_side)
    enrolment = own_enrolment(user, enrolment_id)
    asked = request.POST.get("language") or request.GET.get("language") or enrolment.person.language
    language = asked if asked in Person.Language.values else "en"
    here = reverse("desk-consent", args=[enrolment_id])
    if request.method == "POST":
        doer, at = doing(user)

        def sign() -> str:
            recipient = one_of(Consent.Recipient, request.POST.get("recipient", ""), "which form is signed")
            paper = at_desk.ON_PAPER if request.POST.get("how") == "paper" else ""
            signed = Signed(recipient, f"{paper}{request.POST.get('signature', '').strip()}", language=language)
            at_desk.sign_at_desk(enrolment_id, signed, doer=doer, at=at)
            return f"Signed: the {recipient.label} may be told what the form says, and nothing else."

        return attempt(request, sign, f"{here}?language={language}")
    forms = [_form(enrolment, recipient, language) for recipient in at_desk.RECIPIENTS]
    context = {
        "enrolment": enrolment,
        "forms": forms,
        "language": language,
        "languages": Person.Language.choices,
        "words": words_in(language),
        "label": Referral.LABEL,
    }
    return render(request, "enrolments/consent.html", context)


def _form(enrolment: Enrolment, recipient: Consent.Recipient, language: str) -> dict[str, object]:
    """One form as it is shown; or why it cannot be, where nobody is there to be named in it."""
    standing = at_desk.standing_here(enrolment, recipient, clock.now())
    try:
        organization = at_desk.recipient_here(enrolment, recipient)
    except Refused as refused:
        return {"recipient": recipient.value, "standing": standing, "problem": str(refused)}
    title = words_in(language).titles[recipient]
    return {
        "recipient": recipient.value,
        "title": title,
        "standing": standing,
        "elements": elements(recipient, organization.name, language),
    }


@login_required
@require_POST
def take_back_view(request: HttpRequest, enrolment_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """A consent is taken back at the desk, at once."""
    user = only(request, health_side)
    own_enrolment(user, enrolment_id)
    doer, at = doing(user)

    def take_back() -> str:
        at_desk.take_back_here(enrolment_id, consent_id, doer=doer, at=at)
        return _TAKEN_BACK

    return attempt(request, take_back, reverse("enrolment", args=[enrolment_id]))


_TAKEN_BACK = "Taken back, at once. This is no failure: it only means that nothing more is told."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_view(request: HttpRequest) -> HttpResponse:
    """Somebody shows a card at a desk where they are not cared for: which consents stand, and take one back."""
    user = only(request, clinic)
    doer, at = doing(user)
    code = request.POST.get("code", "").strip()
    context: dict[str, object] = {"code": code}
    if request.method != "POST":
        return render(request, "enrolments/card.html", context)
    try:
        person = _of_card(code, user, at)
        wanted = typed_id(request.POST.get("take_back", ""))
        if wanted is not None:
            at_desk.take_back_by_card(person, wanted, doer=doer, at=at)
            messages.success(request, _TAKEN_BACK)
    except Refused as refused:
        context["problem"] = f"Not done: {str(refused).rstrip('.')}."
        return render(request, "enrolments/card.html", context, status=422)
    context |= {"person": person, "consents": consents_of_person(person, at)}
    return render(request, "enrolments/card.html", context)
