"""How it goes on counsel's side: the facts by consent, hours of service, the second look, and the consents."""

from __future__ import annotations

import uuid
from functools import partial
from hashlib import sha256

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.closing import second_look, service
from instead.office.closing.models import SecondLook
from instead.office.consents.actions import take_back
from instead.office.consents.models import Consent
from instead.office.errors import Refused
from instead.office.offers.counsel_answers import signed_form
from instead.office.offers.counsel_offer import language_of_forms
from instead.office.offers.counsel_progress import consents_page, of_treatment, progress_page
from instead.office.offers.counsel_queries import head_of
from instead.office.offers.counsel_web import attempt, form_page, form_view, own_case, the_counsel
from instead.office.offers.signing_later import sign_later
from instead.office.web import typed_date


@login_required
@require_GET
def progress_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What may be known, what was filed, and what is still asked."""
    _, case = own_case(request, case_id)
    page = progress_page(case, clock.now())
    return render(request, "counsel/progress.html", {"page": page, "head": page.head, "here": "progress"})


@login_required
@form_view
def hours_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """File hours of service that were done."""
    user, case = own_case(request, case_id)
    sent = request.POST

    def file() -> None:
        service.file_service(
            case.pk,
            hours=_whole(sent.get("hours", "")),
            place=sent.get("place", ""),
            first_day=typed_date(sent.get("first_day", ""), "the first day"),
            last_day=typed_date(sent.get("last_day", ""), "the last day"),
            doer=staff(user),
            at=clock.now(),
        )

    def context() -> dict[str, object]:
        page = progress_page(case, clock.now())
        return {"page": page, "head": page.head, "here": "progress"}

    said = "The hours are filed. The office looks at them."
    return form_page(request, "counsel/hours.html", context, file, said, _progress_of(case.pk))


def _whole(typed: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Refused(f"hours are a whole number such as 12, not {text[:20]!r}")
    return int(text)


@login_required
@require_POST
def back_to_treatment_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The person wants treatment after all, and says so through counsel."""
    user, case = own_case(request, case_id)
    back = partial(service.back_to_treatment, case.pk, doer=staff(user), at=clock.now())
    return attempt(request, back, "On record: your client wants treatment after all.", _progress_of(case.pk))


@login_required
@form_view
def second_look_view(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """Before anything is taken away: the office's reasons, and your side's."""
    the_counsel(request)
    look = SecondLook.objects.filter(pk=look_id).first()
    if look is None:
        raise Http404("no such second look")
    user, case = own_case(request, look.case_id)

    def write() -> None:
        now_written = SecondLook.objects.values_list("defense_reasons", flat=True).get(pk=look.pk)
        if request.POST.get("seen", "") != mark_of(now_written):
            raise Refused("a colleague has written meanwhile; read that first. Your own words are still below")
        second_look.give_reasons(look.pk, request.POST.get("reasons", ""), actor=user, at=clock.now())

    def context() -> dict[str, object]:
        at = clock.now()
        look.refresh_from_db()
        told = look.because != SecondLook.Because.MISSED_APPOINTMENTS or of_treatment(case, at).consent
        return {
            "look": look,
            "why": look.get_because_display() if told else "",
            "seen": mark_of(look.defense_reasons),
            "head": head_of(case, at),
            "here": "progress",
        }

    said = "Your side’s reasons are on record. You can change them until the office decides."
    return form_page(request, "counsel/second_look.html", context, write, said, _progress_of(case.pk))


def mark_of(text: str) -> str:
    """A short mark of a text, by which a form tells whether the text has changed since it was read."""
    return sha256(text.encode()).hexdigest()[:16]


@login_required
@require_GET
def consents_view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Who may be told what, word for word; taking back; signing what was left unsigned."""
    _, case = own_case(request, case_id)
    language = language_of_forms(request.GET.get("language", ""), case)
    page = consents_page(case, language, clock.now())
    context = {"page": page, "head": page.head, "here": "consents", "language": language}
    return render(request, "counsel/consents.html", context)


@login_required
@require_POST
def sign_view(request: HttpRequest, case_id: uuid.UUID, recipient: str) -> HttpResponse:
    """The person signs one form now."""
    user, case = own_case(request, case_id)
    if recipient not in Consent.Recipient.values:
        raise Http404("no such form")

    def sign() -> None:
        signed = signed_form(request.POST, Consent.Recipient(recipient))
        if signed is None:
            raise Refused("the form is not signed: tick its box and write the name as the person signs it")
        sign_later(case.pk, signed, doer=staff(user), at=clock.now())

    return attempt(request, sign, "Signed, and on record.", _consents_of(case.pk))


@login_required
@require_POST
def take_back_view(request: HttpRequest, consent_id: uuid.UUID) -> HttpResponse:
    """Take a consent back for the client: at once, and no failure."""
    the_counsel(request)
    consent = Consent.objects.filter(pk=consent_id, case__isnull=False).first()
    if consent is None or consent.case_id is None:
        raise Http404("no such consent")
    user, case = own_case(request, consent.case_id)
    back = partial(take_back, consent.pk, doer=staff(user), at=clock.now())
    said = "Taken back. Nothing more is told from now on. This is no failure."
    return attempt(request, back, said, _consents_of(case.pk))


def _progress_of(case_id: uuid.UUID) -> str:
    return reverse("counsel-progress", args=[case_id])


def _consents_of(case_id: uuid.UUID) -> str:
    return reverse("counsel-consents", args=[case_id])
