"""What leaves the health side for the office, each by consent: proof, another condition, missed appointments."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from instead.office.accounts.doers import PROGRAM, Doer
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_defend, require
from instead.office.closing.models import Proof, SecondLook
from instead.office.closing.proof import receive_proof
from instead.office.closing.second_look import open_second_look
from instead.office.consents.actions import standing, tell
from instead.office.consents.models import Consent, Disclosure
from instead.office.consents.wall import FourFacts, OtherCondition
from instead.office.enrolments.facts import four_facts
from instead.office.enrolments.models import Appointment, Enrolment
from instead.office.enrolments.permissions import allow
from instead.office.errors import Refused
from instead.office.machines import CASE
from instead.office.tasks.clocks import number_of
from instead.office.tasks.moves import locked, move

_OFFICE = Consent.Recipient.OFFICE


def file_proof(case_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Proof:
    """File the attendance form: the four facts as the provider has marked them, told to the office by consent."""
    enrolment = newest_enrolment(case_id)
    if enrolment is None:
        raise Refused("nobody has enrolled in this case yet; a provider's attendance form is what counts as proof")
    if doer.role in ("provider_staff", "coordinator"):
        allow(doer, enrolment)
    return file_facts(case_id, four_facts(enrolment), doer=doer, at=at)


def file_facts(case_id: uuid.UUID, facts: FourFacts, *, doer: Doer, at: dt.datetime) -> Proof:
    """File four facts, from the provider's marks or taken from a paper on the health side, as proof."""
    with transaction.atomic():
        case = locked(Case, case_id)
        if not CASE.can(case.state, "file_proof"):
            raise Refused(f"proof cannot be filed while the case is at “{CASE.state(case.state).title}”")
        disclosure = tell(case, _OFFICE, facts, doer=doer, at=at)
        _tell_counsel(case, facts, at)
        return receive_proof(case, disclosure, doer=doer, at=at)


def tell_counsel(case_id: uuid.UUID, *, doer: Doer, at: dt.datetime) -> Disclosure:
    """Counsel asks how it stands, and is told by the person's consent for counsel: four facts, or another condition."""
    with transaction.atomic():
        case = locked(Case, case_id)
        require(doer.user or User(is_active=False), may_defend, case)
        enrolment = newest_enrolment(case_id)
        if standing(case, Consent.Recipient.COUNSEL, at) is not None and enrolment is None:
            raise Refused("there is nothing to tell yet: nobody has enrolled in this case")
        told = OtherCondition() if enrolment is None or enrolment.state == "not_needed" else four_facts(enrolment)
        return tell(case, Consent.Recipient.COUNSEL, told, doer=doer, at=at)


def say_another_condition(enrolment: Enrolment, *, doer: Doer, at: dt.datetime) -> bool:
    """Tell the office "another condition", and no word of why, if there is consent; gives whether it was told."""
    case = enrolment.case
    if case is None or not CASE.can(case.state, "ask_other_condition"):
        return False
    with transaction.atomic():
        allow(doer, enrolment)
        case = locked(Case, case.pk)
        if enrolment.state != "not_needed" or standing(case, _OFFICE, at) is None:
            return False
        by = doer if doer.role == "coordinator" else PROGRAM
        tell(case, _OFFICE, OtherCondition(), doer=by, at=at)
        move(case, "ask_other_condition", doer=by, at=at)
    return True


def after_misses(enrolment: Enrolment, *, at: dt.datetime) -> SecondLook | None:
    """As many missed appointments as the policy names lead to a second look, if the office may be told of them."""
    case = enrolment.case
    if case is None or not CASE.can(case.state, "open_second_look"):
        return None
    misses = enrolment.appointments.filter(state=Appointment.State.MISSED).count()
    if misses < number_of("missed_appointments", at, case.clocks) or standing(case, _OFFICE, at) is None:
        return None
    with transaction.atomic():
        tell(case, _OFFICE, four_facts(enrolment), doer=PROGRAM, at=at)
        return open_second_look(case.pk, SecondLook.Because.MISSED_APPOINTMENTS, doer=PROGRAM, at=at)


def newest_enrolment(case_id: uuid.UUID) -> Enrolment | None:
    """The enrolment of a case, the newest where there were several."""
    return Enrolment.objects.filter(case=case_id).order_by("-began_at", "-pk").first()


def _tell_counsel(case: Case, facts: FourFacts, at: dt.datetime) -> None:
    """Counsel learns the same four facts, where the person has agreed to that."""
    if standing(case, Consent.Recipient.COUNSEL, at) is not None:
        tell(case, Consent.Recipient.COUNSEL, facts, doer=PROGRAM, at=at)
