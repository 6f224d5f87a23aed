"""The verbs of the offer: send it, meet the person, say yes or no, make it again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from instead.office.accounts.doers import Doer, staff
from instead.office.accounts.models import Organization, User
from instead.office.accounts.organizations import the_health_body
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_defend, may_work_on_case, require
from instead.office.cases.screening import newest_decision
from instead.office.consents.actions import Signed, recipient_of, sign, standing
from instead.office.consents.models import Consent
from instead.office.court.actions import put_listings_to, waive_speedy_trial
from instead.office.errors import Refused
from instead.office.offers.interpreting import met_without_search, need_interpreter
from instead.office.offers.models import Offer
from instead.office.offers.permissions import may_answer
from instead.office.offers.signals import offer_accepted
from instead.office.offers.terms import IMMUNITY, asks_treatment, settled_track, terms_of
from instead.office.people.models import Person
from instead.office.tasks.clocks import office_day
from instead.office.tasks.moves import locked, move
from instead.policy.model import Policy


def send_offer(
    case_id: uuid.UUID,
    policy: Policy,
    *,
    counsel: User,
    language: str,
    interpreter: str = "",
    track: str = "",
    health: Organization | None = None,
    actor: User,
    at: dt.datetime,
) -> Offer:
    """Send the offer to the person and to counsel, in the person's language, with the written use immunity.

    ``health`` is the body that coordinates; it need not be named where there is only one.
    """
    if counsel.role != User.Role.DEFENSE_COUNSEL or not counsel.is_active:
        raise Refused("an offer goes out with counsel: name somebody who defends")
    if language not in Person.Language.values:
        raise Refused(f"a letter is written in English (en) or Spanish (es), not {language!r}")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        decision = newest_decision(case)
        terms = terms_of(settled_track(case, decision, policy, track), office_day(at))
        chosen = settled_track(case, decision, policy, track).id
        case.counsel, case.clocks = counsel, terms["clocks"]
        case.health = case.health or health or the_health_body()
        case.save(update_fields=["counsel", "clocks", "health"])
        Person.objects.filter(pk=case.person_id).update(language=language, interpreter=interpreter[:60])
        offer = Offer.objects.create(
            case=case,
            number=case.offers.count() + 1,
            policy=policy.id,
            policy_version=policy.version,
            track=chosen,
            terms=terms,
            language=language,
            interpreter=interpreter[:60],
            immunity=IMMUNITY,
            counsel=counsel,
            sent_at=at,
            sent_by=actor,
            before={
                "charges": [[charge.citation, charge.grade] for charge in case.charges.all()],
                "dockets": [docket.number for docket in case.dockets.all()],
            },
        )
        details = {"offer": str(offer.id), "track": chosen, "immunity": IMMUNITY, "counsel": str(counsel.pk)}
        move(case, "send_offer", doer=staff(actor), at=at, details=details)
        put_listings_to(case, at)
        if offer.interpreter:
            need_interpreter(case, at)
    return offer


def counsel_met(
    offer_id: uuid.UUID, *, report_in_hand: bool, clear_headed: bool, actor: User, at: dt.datetime
) -> Offer:
    """Counsel has met the person: the answer's clock starts, but only with the report in hand and a clear head."""
    with transaction.atomic():
        offer, case = _standing(offer_id)
        require(actor, may_defend, case)
        if not report_in_hand:
            raise Refused("the answer's clock starts only once the report was in hand; ask the office for it")
        if not clear_headed:
            raise Refused("nobody answers while intoxicated or in withdrawal; meet again, the clock waits")
        Offer.objects.filter(pk=offer.pk).update(met_at=at, met_by=actor)
        offer.refresh_from_db()
        met_without_search(case, doer=staff(actor), at=at)
        move(case, "counsel_met", doer=staff(actor), at=at, details={"offer": str(offer.id)})
    return offer


def accept(
    offer_id: uuid.UUID, consents: Iterable[Signed], *, waiver_signed_on: dt.date, doer: Doer, at: dt.datetime
) -> Offer:
    """The person says yes: the consents are signed and the speedy-trial waiver is, and the way into treatment begins.

    Where treatment is asked, a consent that lets the office see the four facts is needed. The others are free.
    """
    forms = list(consents)
    with transaction.atomic():
        offer, case = _standing(offer_id)
        may_answer(doer, case)
        office = Consent.Recipient.OFFICE
        has_office = standing(case, office, at) is not None or any(form.recipient == office for form in forms)
        if asks_treatment(offer.terms) and not has_office:
            raise Refused("a yes needs a signed consent that lets the office see the four facts, and no more")
        for form in forms:
            sign(case.person, case, form, organization=recipient_of(case, form.recipient), doer=doer, at=at)
        waive_speedy_trial(case, waiver_signed_on, doer=doer, at=at)
        _answer(offer, Offer.Answer.YES, doer, at)
        details = {"offer": str(offer.id), "waived_from": waiver_signed_on}
        move(case, "accept", doer=doer, at=at, details=details)
        offer_accepted.send(Offer, offer=offer, case=case, doer=doer, at=at)
    return offer


def refuse(offer_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Offer:
    """The person says no. Charges and bail are as if no offer had been made, and no reason is asked."""
    with transaction.atomic():
        offer, case = _standing(offer_id)
        may_answer(doer, case)
        _answer(offer, Offer.Answer.NO, doer, at)
        move(case, "refuse", doer=doer, at=at, details={"offer": str(offer.id)})
    return offer


def offer_again(case_id: uuid.UUID, reason: str, *, actor: User, at: dt.datetime) -> Case:
    """Make the offer once more after a no or an ended offer, with a reason."""
    if not reason.strip():
        raise Refused("offering again needs a reason")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        move(case, "offer_again", doer=staff(actor), at=at, because=reason.strip())
    return case


def current_offer(case: Case) -> Offer | None:
    """The offer that is out, or was last."""
    return case.offers.order_by("-number").first()


def _standing(offer_id: uuid.UUID) -> tuple[Offer, Case]:
    """The offer and its case, locked, when it is the newest one and nobody has answered it."""
    offer = Offer.objects.get(pk=offer_id)
    case = locked(Case, offer.case_id)
    newest = current_offer(case)
    if newest is None or newest.pk != offer.pk:
        raise Refused("another offer has taken the place of this one; look at the case again")
    if newest.answer:
        raise Refused("this offer is answered already")
    return newest, case


def _answer(offer: Offer, answer: Offer.Answer, doer: Doer, at: dt.datetime) -> None:
    if offer.met_at is None:
        raise Refused("an offer is answered after counsel has met the person")
    Offer.objects.filter(pk=offer.pk).update(answer=answer, answered_at=at, answered_as=doer.role)
    offer.refresh_from_db()
