"""Proof: what was told by consent arrives, and a prosecutor takes it or names the one thing still needed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from instead.office.accounts.doers import PROGRAM, Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_work_on_case, require
from instead.office.closing.models import Proof
from instead.office.consents.models import Disclosure
from instead.office.consents.wall import FourFacts, for_office
from instead.office.errors import Refused
from instead.office.machines import CASE
from instead.office.tasks.clocks import office_day
from instead.office.tasks.moves import locked, move


def receive_proof(case: Case, disclosure: Disclosure, *, doer: Doer, at: dt.datetime) -> Proof:
    """A disclosure of the four facts is filed as proof; part of a health-side action, inside its transaction."""
    if disclosure.kind != Disclosure.Kind.FOUR_FACTS:
        raise Refused("proof is the four facts; another condition goes its own way")
    proof = Proof.objects.create(case=case, disclosure=disclosure, filed_at=at, filed_as=doer.role)
    move(case, "file_proof", doer=doer, at=at, details={"proof": str(proof.id)})
    return proof


def remove_proof(case: Case, *, doer: Doer, at: dt.datetime) -> None:
    """A consent was taken back: proof that rests on it may no longer be used, and the case waits again. No failure."""
    if not CASE.can(case.state, "proof_removed"):
        return
    Proof.objects.filter(case=case, state__in=(Proof.State.FILED, Proof.State.ONE_MORE)).update(
        state=Proof.State.REMOVED, answered_at=at
    )
    allowed = doer.role in CASE.transition("proof_removed").actors
    move(case, "proof_removed", doer=doer if allowed else PROGRAM, at=at)


def ask_one_more(proof_id: uuid.UUID, thing: str, *, actor: User, at: dt.datetime) -> Proof:
    """One more thing is needed: which, in words that the person understands."""
    if not thing.strip():
        raise Refused("name the one thing that is still needed")
    with transaction.atomic():
        proof, case = _filed(proof_id, actor)
        _answer(proof, Proof.State.ONE_MORE, actor, at, one_more=thing.strip()[:300])
        move(case, "ask_one_more", doer=staff(actor), at=at, details={"proof": str(proof.id)})
    return proof


def verify(proof_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Proof:
    """The proof is good: the person has engaged in treatment."""
    with transaction.atomic():
        proof, case = _filed(proof_id, actor)
        if not proof.disclosure.consent.stands(at, office_day(at)):
            raise Refused("the consent that this proof rests on has run out; ask for a new one as the one more thing")
        told = for_office(proof.disclosure.kind, proof.disclosure.told)
        if not isinstance(told, FourFacts) or told.engaged is not True:
            raise Refused("the form does not say that the person has engaged; name that as the one thing still needed")
        _answer(proof, Proof.State.GOOD, actor, at)
        move(case, "verify", doer=staff(actor), at=at, details={"proof": str(proof.id)})
    return proof


def doubt(case_id: uuid.UUID, reason: str, *, actor: User, at: dt.datetime) -> Case:
    """The proof may be somebody else's: look at it again, with a reason, before the court is asked."""
    if not reason.strip():
        raise Refused("a doubt needs its reason")
    with transaction.atomic():
        case = locked(Case, case_id)
        require(actor, may_work_on_case, case)
        good = Proof.objects.filter(case=case, state=Proof.State.GOOD)
        good.update(state=Proof.State.FILED, answered_at=None, answered_by=None)
        move(case, "doubt_proof", doer=staff(actor), at=at, because=reason.strip())
    return case


def newest_proof(case: Case) -> Proof | None:
    """The proof filed last, if one may be used."""
    usable = Proof.objects.filter(case=case).exclude(state=Proof.State.REMOVED)
    return usable.select_related("disclosure").order_by("-filed_at", "-pk").first()


def _filed(proof_id: uuid.UUID, actor: User) -> tuple[Proof, Case]:
    proof = Proof.objects.select_related("disclosure__consent").get(pk=proof_id)
    case = locked(Case, proof.case_id)
    require(actor, may_work_on_case, case)
    proof.refresh_from_db()
    if proof.state != Proof.State.FILED:
        raise Refused(f"this proof is {proof.get_state_display()} by now; look at the case again")
    return proof, case


def _answer(proof: Proof, state: Proof.State, actor: User, at: dt.datetime, *, one_more: str = "") -> None:
    Proof.objects.filter(pk=proof.pk).update(state=state, answered_at=at, answered_by=actor, one_more=one_more)
    proof.refresh_from_db()
