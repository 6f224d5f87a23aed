"""A consent that is signed after the yes: one that was left unsigned then, or that was taken back."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from instead.office.accounts.doers import Doer
from instead.office.cases.models import Case
from instead.office.consents.actions import Signed, recipient_of, sign
from instead.office.consents.models import Consent
from instead.office.errors import Refused
from instead.office.machines import CASE
from instead.office.offers.actions import current_offer
from instead.office.offers.models import Offer
from instead.office.offers.permissions import may_answer
from instead.office.tasks.moves import locked


def can_sign_later(case: Case, offer: Offer | None) -> bool:
    """Whether a form may still be signed: the offer was taken, and the case is not over (§ 2.35)."""
    return offer is not None and offer.answer == Offer.Answer.YES and CASE.state(case.state).open


def sign_later(case_id: uuid.UUID, signed: Signed, *, doer: Doer, at: dt.datetime) -> Consent:
    """Sign one form by itself, for the recipient that it names."""
    with transaction.atomic():
        case = locked(Case, case_id)
        may_answer(doer, case)
        if not can_sign_later(case, current_offer(case)):
            raise Refused("a form is signed with the yes or after it, and not once the case is over")
        return sign(case.person, case, signed, organization=recipient_of(case, signed.recipient), doer=doer, at=at)
