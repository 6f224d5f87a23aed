"""The verbs of consent: sign, take back, tell. Taking back works at once and is never by itself a failure."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.accounts.models import Organization
from instead.office.cases.models import Case
from instead.office.consents.forms_2_31 import PAPER, elements
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.permissions import may_take_consent, may_tell
from instead.office.consents.signals import consent_signed
from instead.office.consents.wall import CEILING, NOTICE, Tellable, as_json, kind_of
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.tasks.moves import locked


class NoConsent(Refused):
    """Nothing may be told: there is no standing consent for this recipient."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A form as it was signed: for which recipient, with which signature, until when at the latest.

    ``language`` is the one the form was shown in; empty: the language that letters to the person are written in.
    """

    recipient: Consent.Recipient
    signature: str
    expires_on: dt.date | None = None
    language: str = ""


def sign(
    person: Person,
    case: Case | None,
    signed: Signed,
    *,
    organization: Organization,
    doer: Doer,
    at: dt.datetime,
) -> Consent:
    """Put a signed consent on record, with every element of § 2.31. ``organization`` is the recipient named in it."""
    may_take_consent(doer, person, case)
    if not signed.signature.strip():
        raise Refused("a consent needs a signature: the name as the person writes it")
    if signed.expires_on is not None and signed.expires_on < office_day(at):
        raise Refused(f"a consent cannot end before it begins; {signed.expires_on} has passed")
    language = signed.language or person.language
    if language not in Person.Language.values:
        raise Refused(f"there is no form in {language!r}; a consent is signed in English (en) or Spanish (es)")
    with transaction.atomic():
        if case is not None:
            case = locked(Case, case.pk)
            if standing(case, signed.recipient, at) is not None:
                raise Refused(f"there is a consent for the {signed.recipient.label} already")
            end_expired(case, at)
        consent = Consent.objects.create(
            person=person,
            case=case,
            recipient=signed.recipient,
            recipient_organization=organization,
            paper=PAPER,
            language=language,
            signature=signed.signature.strip()[:200],
            signed_at=at,
            expires_on=signed.expires_on,
            **elements(signed.recipient, organization.name, language),
        )
        payload = {"consent": str(consent.id), "recipient": signed.recipient.value, "paper": PAPER, "as": doer.role}
        record("consent signed", actor=doer.actor, at=at, subject=case.id if case else person.id, payload=payload)
        consent_signed.send(Consent, consent=consent, case=case, doer=doer, at=at)
    return consent


def carry_to_case(person: Person, case: Case, *, doer: Doer, at: dt.datetime) -> int:
    """What somebody signed before the case was known belongs to it from now on; gives how many. Part of joining.

    Only consents for this case's own office and health-side body are carried; another one stays what it was.
    """
    end_expired(case, at)
    named = {Consent.Recipient.OFFICE: case.office_id, Consent.Recipient.COORDINATOR: case.health_id}
    loose = Consent.objects.filter(person=person, case__isnull=True, revoked_at__isnull=True, ended_at__isnull=True)
    carried = 0
    for consent in loose:
        recipient = Consent.Recipient(consent.recipient)
        stands = consent.stands(at, office_day(at)) and standing(case, recipient, at) is None
        if not stands or named.get(recipient) != consent.recipient_organization_id:
            continue
        consent.case, consent.person = case, case.person
        consent.save(update_fields=["case", "person"])
        payload = {"consent": str(consent.id), "recipient": recipient.value}
        record("consent carried to a case", actor=doer.actor, at=at, subject=case.id, payload=payload)
        consent_signed.send(Consent, consent=consent, case=case, doer=doer, at=at)
        carried += 1
    return carried


def take_back(consent_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Consent:
    """Take a consent back, at once. Proof that rested on it may no longer be used; nothing else follows from it."""
    from instead.office.closing.proof import remove_proof  # what rests on a consent stands above it

    with transaction.atomic():
        consent = Consent.objects.select_related("person").get(pk=consent_id)
        case = locked(Case, consent.case_id) if consent.case_id else None
        may_take_consent(doer, consent.person, case)
        standing_now = Consent.objects.filter(pk=consent.pk, revoked_at__isnull=True, ended_at__isnull=True)
        if not standing_now.update(revoked_at=at, revoked_as=doer.role):
            raise Refused("this consent is taken back already, or has ended")
        consent.refresh_from_db()
        if case is not None and consent.recipient == Consent.Recipient.OFFICE:
            remove_proof(case, doer=doer, at=at)
        payload = {"consent": str(consent.id), "recipient": consent.recipient, "as": doer.role}
        record(
            "consent taken back",
            actor=doer.actor,
            at=at,
            subject=case.id if case else consent.person_id,
            payload=payload,
        )
    return consent


def tell(case: Case, recipient: Consent.Recipient, told: Tellable, *, doer: Doer, at: dt.datetime) -> Disclosure:
    """Tell one recipient something, by a standing consent, and log it with the notice. Raises :class:`NoConsent`."""
    may_tell(doer, case)
    kind = kind_of(told)
    if kind not in CEILING[recipient]:
        raise Refused(f"the {recipient.label} may not be told this")
    with transaction.atomic():
        case = locked(Case, case.pk)
        consent = standing(case, recipient, at)
        if consent is None:
            raise NoConsent(f"the person has not agreed that the {recipient.label} is told, or has taken it back")
        disclosure = Disclosure.objects.create(
            consent=consent,
            case=case,
            kind=kind,
            told=as_json(told),
            notice=NOTICE,
            at=at,
            by=doer.user,
            as_role=doer.role,
        )
        payload = {
            "disclosure": str(disclosure.id),
            "consent": str(consent.id),
            "recipient": recipient.value,
            "kind": kind.value,
            "notice": NOTICE,
        }
        record("disclosure", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return disclosure


def recipient_of(case: Case, recipient: Consent.Recipient) -> Organization:
    """The organization that a form of this case names as its recipient; raises :class:`Refused` where there is none."""
    of = {
        Consent.Recipient.OFFICE: case.office,
        Consent.Recipient.COORDINATOR: case.health,
        Consent.Recipient.COUNSEL: case.counsel.organization if case.counsel else None,
    }[recipient]
    if of is None:
        raise Refused(f"there is no {recipient.label} in this case yet")
    return of


def standing(case: Case, recipient: str, at: dt.datetime) -> Consent | None:
    """The consent by which a recipient may be told something at this moment, if there is one."""
    found = Consent.objects.filter(case=case, recipient=recipient, revoked_at__isnull=True, ended_at__isnull=True)
    today = office_day(at)
    return next((consent for consent in found if consent.stands(at, today)), None)


def end_expired(case: Case, at: dt.datetime) -> int:
    """Say of consents past their date that they have ended; gives how many. They did not stand any more anyway."""
    past = Consent.objects.filter(
        case=case, revoked_at__isnull=True, ended_at__isnull=True, expires_on__lt=office_day(at)
    )
    return past.update(ended_at=at)


def run_out(consent_id: uuid.UUID, *, at: dt.datetime) -> None:
    """A timer's verb: a consent is past its date. Proof that rested on it may no longer be used; this is no failure."""
    from instead.office.closing.proof import remove_proof  # what rests on a consent stands above it

    with transaction.atomic():
        consent = Consent.objects.get(pk=consent_id)
        case = locked(Case, consent.case_id) if consent.case_id else None
        past = Consent.objects.filter(pk=consent.pk, revoked_at=None, ended_at=None, expires_on__lt=office_day(at))
        if not past.update(ended_at=at):
            raise Refused("this consent stands, or has ended already")
        if case is not None and consent.recipient == Consent.Recipient.OFFICE:
            remove_proof(case, doer=PROGRAM, at=at)
        payload = {"consent": str(consent.id), "recipient": consent.recipient}
        record("consent ran out", actor=None, at=at, subject=case.id if case else consent.person_id, payload=payload)


def end_with_case(case: Case, *, at: dt.datetime) -> int:
    """Final disposition: every consent of the case ends (§ 2.35: no later than that). Part of the closing action."""
    open_ones = Consent.objects.filter(case=case, revoked_at__isnull=True, ended_at__isnull=True)
    return open_ones.update(ended_at=at)
