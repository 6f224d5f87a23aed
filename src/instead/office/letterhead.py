"""Who writes the office's letters, from the settings, and a letter as a file to keep."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from instead.office.accounts.models import User
from instead.office.cases.policy_in_force import library
from instead.office.letters.kinds import Letter
from instead.office.letters.parts import CannotBeSaid, Contact, Language, Said, Sender
from instead.office.letters.render import render


def sender(signer: User) -> Sender:
    """The office of the person who signs; raises :class:`CannotBeSaid` where the office's telephone is not set."""
    return Sender(
        name=signer.organization.name,
        address=settings.INSTEAD_ADDRESS,
        phone=_phone(),
        signer=signer.get_full_name() or signer.get_username(),
        signer_title=Said("Prosecutor", "Fiscal"),
    )


def desk() -> Contact:
    """Whom a person calls about any case."""
    name = Said("the program’s desk", "la oficina del programa")
    return Contact(name=name, phone=_phone(), hours=Said(settings.INSTEAD_PHONE_HOURS))


def _phone() -> str:
    if not settings.INSTEAD_PHONE:
        raise CannotBeSaid("the office’s telephone is not set (INSTEAD_PHONE), and a letter says whom to call")
    return str(settings.INSTEAD_PHONE)


def as_language(code: str) -> Language:
    """The language of a letter by the code that a person or an offer has."""
    return "es" if code == "es" else "en"


def as_pdf(request: HttpRequest, letter: Callable[[], Letter], language: str, back: str) -> HttpResponse:
    """A letter to download; where it cannot be written, the page ``back`` with the reason."""
    try:
        written = letter()
    except CannotBeSaid as problem:
        messages.error(request, f"Not done: {problem}.")
        return redirect(back)
    return pdf(written, language)


def pdf(letter: Letter, language: str) -> HttpResponse:
    """A letter as a file. Its name says what kind of letter it is, and nothing of the person."""
    answer = HttpResponse(render(letter, as_language(language), library=library()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{letter.kind}.pdf"'
    return answer
