"""What I agreed to, what was told about me, how I am reached."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from instead.office.cases.models import Case
from instead.office.consents.actions import standing, take_back
from instead.office.consents.models import Consent
from instead.office.my_page.contact_details import Reached, change_contact
from instead.office.my_page.forms import RECIPIENTS, Paper, papers, plain, signed
from instead.office.my_page.models import Card, Link, OpenPage
from instead.office.my_page.own import Visit, named, own, show
from instead.office.my_page.told import papers_of, places_that_know, recipient_words, told_about
from instead.office.notices.actions import choose_ways
from instead.office.notices.models import Channel, Wish
from instead.office.notices.phone_numbers import read_number, shown_number
from instead.office.offers.actions import current_offer
from instead.office.offers.counsel_offer import form_lines
from instead.office.offers.signing_later import can_sign_later, sign_later
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day

#: The boxes of the ways to be reminded.
_WAYS = {Channel.TEXT: "by_text", Channel.EMAIL: "by_email", Channel.LETTER: "by_letter"}
_ELEMENTS = ("discloser", "description", "purpose", "how_to_revoke", "revocable_from", "expires_event")


@own
@require_http_methods(["GET", "HEAD", "POST"])
def agreed_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every consent, word for word, with a button that takes it back at once; and those that could be given."""
    wrong = ""
    if request.method == "POST" and "back" in request.POST:
        return _take_back(request, visit)
    if request.method == "POST":
        case = _case(visit, request.POST.get("case", ""))
        forms = signed(_open_recipients(case, visit), visit.language, request.POST)
        if len(forms) == 1:
            sign = partial(sign_later, case.pk, forms[0], doer=visit.doer, at=visit.at)
            return visit.attempt(sign, _("Signed. You can take it back at any time."), "my-agreed")
        wrong = _("To agree, write your name under the form.")
    consents = Consent.objects.filter(person=visit.person).select_related("recipient_organization", "case")
    shown = {
        "consents": [_shown(one, visit) for one in consents.order_by("-signed_at")],
        "open": _could_be_given(visit, request),
        "wrong": wrong,
        "today": office_day(visit.at),
    }
    return show(request, visit, "agreed", shown, status=400 if wrong else 200)


def _take_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    consent = named(Consent.objects.filter(person=visit.person), request.POST.get("back", ""))
    words = _("Taken back, from now on. Nothing more is told because of it. This is never held against you.")
    return visit.attempt(partial(take_back, consent.pk, doer=visit.doer, at=visit.at), words, "my-agreed")


def _shown(consent: Consent, visit: Visit) -> dict[str, object]:
    said = {name: getattr(consent, name) for name in _ELEMENTS}
    return {
        "consent": consent,
        "whom": recipient_words(consent.recipient),
        "lines": form_lines(said, consent.language),
        "stands": consent.stands(visit.at, office_day(visit.at)),
        "means": _means(consent.recipient),
    }


def _means(recipient: str) -> str:
    """What it means to take one back."""
    return {
        "office": _("If you take it back, the office learns nothing more, and proof that it has not answered yet no "
                    "longer counts. To close the case this way, you can agree again later."),
        "coordinator": _("If you take it back, the coordinator sees no places and visits any more and books nothing "
                         "for you. You can still book here by yourself."),
        "counsel": _("If you take it back, your lawyer knows only what you say."),
    }[recipient]  # fmt: skip


def _could_be_given(visit: Visit, request: HttpRequest) -> list[tuple[Case, list[Paper]]]:
    found = []
    for case in Case.objects.filter(person=visit.person, ended_at=None).select_related(
        "counsel__organization", "office"
    ):
        missing = _open_recipients(case, visit)
        if missing:
            found.append((case, papers(case, missing, visit.language, request.POST, needs_office=False)))
    return found


def _open_recipients(case: Case, visit: Visit) -> list[Consent.Recipient]:
    if not can_sign_later(case, current_offer(case)):
        return []
    there = {"office": case.office_id, "coordinator": case.health_id, "counsel": case.counsel_id}
    return [one for one in RECIPIENTS if there[one.value] and standing(case, one, visit.at) is None]


def _case(visit: Visit, typed: str) -> Case:
    return named(Case.objects.filter(person=visit.person), typed)


@own
@require_safe
def told_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that was told about me."""
    typed = request.GET.get("page", "1")
    page = max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
    told, more = told_about(visit.person, page)
    today = office_day(visit.at)
    shown = {"told": told, "more": more, "page": page, "today": today}
    if page == 1:
        shown |= {"places": places_that_know(visit.person), "papers": papers_of(visit.person, today)}
    return show(request, visit, "told", shown)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def me_view(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How I am reached and reminded, in which language, and where my page is open."""
    person, wish = visit.person, Wish.objects.filter(person=visit.person).first()
    typed = _as_kept(person, wish)
    wrong: list[str] = []
    if request.method == "POST":
        typed = _as_typed(request)
        wrong = typed.wrong()
        if not wrong:
            return visit.attempt(partial(_keep, visit, typed), _("Saved."), "my-page")
    pages = OpenPage.objects.filter(person=person).order_by("-opened_at")[:5]
    shown = {
        "typed": typed,
        "phone": typed.phone if wrong else shown_number(typed.phone),
        "wrong": wrong,
        "pages": pages,
        "link": Link.objects.filter(person=person).first(),
        "card": Card.objects.filter(person=person, replaced_at=None).first(),
        "today": office_day(visit.at),
    }
    return show(request, visit, "me", shown, status=400 if wrong else 200)


def _keep(visit: Visit, typed: Reached) -> None:
    change_contact(visit.person, typed, doer=visit.doer, at=visit.at)
    choose_ways(visit.person, typed.ways, doer=visit.doer, at=visit.at)


def _as_kept(person: Person, wish: Wish | None) -> Reached:
    return Reached(person.phone, person.email, person.address, person.language, wish.channels if wish else ())


def _as_typed(request: HttpRequest) -> Reached:
    sent = request.POST
    phone = plain(sent.get("phone", ""))[:40]
    return Reached(
        phone=read_number(phone) or phone,
        email=plain(sent.get("email", "")),
        address=plain(sent.get("address", "")),
        language=sent.get("language", ""),
        ways=tuple(way for way in Channel if sent.get(_WAYS[way]) == "yes"),
    )
