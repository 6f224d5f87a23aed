"""Every verb of the programme, to be tried by anybody at any time: what it does is for the verb to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from instead.office.accounts.doers import Doer
from instead.office.cases import actions as cases
from instead.office.cases.models import Case, Confirmation
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.screening import newest_decision
from instead.office.closing import other_ends, proof, second_look, service, withdrawing
from instead.office.closing.models import Proof, SecondLook, Withdrawal
from instead.office.consents import actions as consents
from instead.office.consents.models import Consent
from instead.office.court import actions as court
from instead.office.court.models import Custody, Docket, Listing, Warrant
from instead.office.enrolments import actions as enrolments
from instead.office.enrolments import at_desk, attendance, own_word, reaching, referring, telling, walk_ins
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Outreach, Referral
from instead.office.enrolments.unmarking import unmark
from instead.office.offers import actions as offers
from instead.office.offers.models import Offer
from instead.office.tasks import actions as tasks
from instead.office.tasks.clocks import office_day
from instead.office.tasks.models import Task
from instead.office.treatment.models import Service

DAY = dt.timedelta(days=1)


class Nothing(Exception):
    """There is nothing to try this verb on."""


@dataclass
class Try:
    """One attempt: who, on which case, when, and a number that chooses between possibilities."""

    case: Case
    doer: Doer
    at: dt.datetime
    n: int
    counsel: Any
    health: Any
    services: list[Service]

    @property
    def user(self):
        """Whoever signs in; the person whose case it is does not, and has no such verb."""
        if self.doer.user is None:
            raise Nothing
        return self.doer.user

    @property
    def today(self):
        return office_day(self.at)

    @property
    def service(self):
        return self.services[self.n % len(self.services)]

    def last(self, model, **where):
        found = model.objects.filter(**where).order_by("-pk").first()
        if found is None:
            raise Nothing
        return found

    def pick(self, options):
        options = list(options)
        return options[self.n % len(options)]

    @property
    def enrolment(self):
        found = Enrolment.objects.filter(case=self.case).order_by("-began_at", "-pk").first()
        if found is None:
            raise Nothing
        return found

    @property
    def referral(self):
        found = Referral.objects.filter(enrolment__case=self.case).order_by("-made_at", "-pk")
        if not found:
            raise Nothing
        return found[self.n % len(found)]

    @property
    def offer(self):
        return self.last(Offer, case=self.case)

    @property
    def docket(self):
        return self.last(Docket, case=self.case)


def _send(t):
    more = {"counsel": t.counsel, "health": t.health, "language": "en"}
    offers.send_offer(t.case.id, policy_in_force(), **more, actor=t.user, at=t.at)


def _accept(t):
    recipients = [list(Consent.Recipient), [Consent.Recipient.OFFICE], [Consent.Recipient.COUNSEL]][t.n % 3]
    forms = [consents.Signed(one, "Jane Doe") for one in recipients]
    offers.accept(t.offer.id, forms, waiver_signed_on=t.today, doer=t.doer, at=t.at)


def _sign(t):
    recipient = t.pick(Consent.Recipient)
    home = consents.recipient_of(t.case, recipient)
    consents.sign(t.case.person, t.case, consents.Signed(recipient, "J"), organization=home, doer=t.doer, at=t.at)


def _hear(t):
    court.list_hearing(t.docket.id, t.at + (1 + t.n) * DAY, doer=t.doer, at=t.at)


def _slip(t):
    """The wrong line is tapped, and taken back."""
    attendance.came(t.enrolment.id, t.today, seen=t.enrolment.state, doer=t.doer, at=t.at)
    unmark(t.enrolment.id, doer=t.doer, at=t.at)


def _hours(t):
    service.file_service(
        t.case.id, hours=4 + t.n, place="a kitchen", first_day=t.today, last_day=t.today, doer=t.doer, at=t.at
    )


def _custody_ends(t):
    court.end_custody(t.last(Custody, case=t.case).id, t.today, doer=t.doer, at=t.at)


def rarely(t):
    """An end that would stop most walks early is tried one time in eight."""
    if t.n != 7:
        raise Nothing


VERBS: dict[str, Callable[[Try], object]] = {
    "answer": lambda t: cases.answer_fact(t.case.id, "age", 17 + t.n, policy_in_force(), actor=t.user, at=t.at),
    "confirm": lambda t: cases.confirm(newest_decision(t.case).id, actor=t.user, at=t.at),
    "override": lambda t: cases.override(
        newest_decision(t.case).id,
        t.pick(("divert", "decline", "prosecute", "review")),
        "a reason",
        actor=t.user,
        at=t.at,
    ),
    "undo": lambda t: cases.undo(t.last(Confirmation, decision__case=t.case).pk, actor=t.user, at=t.at),
    "send": _send,
    "meet": lambda t: offers.counsel_met(t.offer.id, report_in_hand=t.n > 0, clear_headed=True, actor=t.user, at=t.at),
    "accept": _accept,
    "refuse": lambda t: offers.refuse(t.offer.id, doer=t.doer, at=t.at),
    "offer again": lambda t: offers.offer_again(t.case.id, "a reason", actor=t.user, at=t.at),
    "sign": _sign,
    "take back": lambda t: consents.take_back(t.last(Consent, case=t.case).id, doer=t.doer, at=t.at),
    "book": lambda t: enrolments.book(t.enrolment.id, t.service, t.at + (1 + t.n) * DAY, doer=t.doer, at=t.at),
    "mark": lambda t: enrolments.mark(t.enrolment.id, t.n % 2 == 0, t.today, doer=t.doer, at=t.at),
    "engage": lambda t: enrolments.engage(t.enrolment.id, t.today, doer=t.doer, at=t.at),
    "came": lambda t: attendance.came(t.enrolment.id, t.today, seen=t.enrolment.state, doer=t.doer, at=t.at),
    "did not come": lambda t: attendance.did_not_come(
        t.last(Appointment, enrolment__case=t.case).id, doer=t.doer, at=t.at
    ),
    "slip": _slip,
    "own word": lambda t: own_word.was_there(t.enrolment.id, t.today, doer=t.doer, at=t.at) and None,
    "confirm word": lambda t: attendance.confirm_word(
        t.last(Contact, enrolment__case=t.case, said_by_person=True).pk, doer=t.doer, at=t.at
    ),
    "sign at desk": lambda t: at_desk.sign_at_desk(
        t.enrolment.id, consents.Signed(t.pick(at_desk.RECIPIENTS), "J"), doer=t.doer, at=t.at
    ),
    "try to reach": lambda t: reaching.log_try(
        t.enrolment.id, t.pick(Outreach.Way), t.pick(Outreach.Result), doer=t.doer, at=t.at
    ),
    "excuse": lambda t: enrolments.excuse(t.enrolment.id, t.pick(Appointment.Excuse), doer=t.doer, at=t.at),
    "take": lambda t: enrolments.take(t.enrolment.id, t.pick(enrolments.PLAIN), doer=t.doer, at=t.at),
    "complete": lambda t: enrolments.complete(t.enrolment.id, t.today, doer=t.doer, at=t.at),
    "walk in": lambda t: walk_ins.welcome(t.service, person=t.case.person, doer=t.doer, at=t.at),
    "count arrival": lambda t: walk_ins.count_arrival(t.enrolment.id, doer=t.doer, at=t.at),
    "refer": lambda t: referring.refer(t.enrolment.id, t.service, doer=t.doer, at=t.at),
    "accept referral": lambda t: referring.accept(t.referral.id, doer=t.doer, at=t.at),
    "no to referral": lambda t: referring.answer_no(
        t.referral.id, t.pick(("answer_full", "answer_not_suitable", "lose_place")), doer=t.doer, at=t.at
    ),
    "undo answer": lambda t: referring.undo_answer(t.referral.id, doer=t.doer, at=t.at),
    "arrive": lambda t: referring.arrive(t.referral.id, doer=t.doer, at=t.at),
    "choose otherwise": lambda t: referring.choose_otherwise(t.referral.id, doer=t.doer, at=t.at),
    "take back referral": lambda t: referring.take_back(t.referral.id, "a slip", doer=t.doer, at=t.at),
    "file": lambda t: telling.file_proof(t.case.id, doer=t.doer, at=t.at),
    "other condition": lambda t: telling.say_another_condition(t.enrolment, doer=t.doer, at=t.at),
    "one more": lambda t: proof.ask_one_more(t.last(Proof, case=t.case).id, "a date", actor=t.user, at=t.at),
    "verify": lambda t: proof.verify(t.last(Proof, case=t.case).id, actor=t.user, at=t.at),
    "doubt": lambda t: proof.doubt(t.case.id, "a reason", actor=t.user, at=t.at),
    "start service": lambda t: service.start_service(t.case.id, actor=t.user, at=t.at),
    "hours": _hours,
    "more hours": lambda t: service.ask_more_service(t.case.id, "a date", actor=t.user, at=t.at),
    "back to treatment": lambda t: service.back_to_treatment(t.case.id, doer=t.doer, at=t.at),
    "docket": lambda t: court.open_docket(
        t.case.id, f"MC-51-CR-{t.n + 1:07d}-{2000 + t.case.number}", counts_from=None, doer=t.doer, at=t.at
    ),
    "hear": _hear,
    "plan the way": lambda t: court.plan_way_there(
        t.last(Listing, docket__case=t.case).id, "by bus", doer=t.doer, at=t.at
    ),
    "settle": lambda t: court.settle_listing(
        t.last(Listing, docket__case=t.case).id, t.pick(Listing.State), doer=t.doer, at=t.at
    ),
    "warrant": lambda t: court.learn_of_warrant(
        t.case.id, Warrant.Kind.BENCH, t.today, source="court", doer=t.doer, at=t.at
    ),
    "clear": lambda t: court.clear_warrant(t.last(Warrant, case=t.case).id, actor=t.user, at=t.at),
    "custody": lambda t: court.begin_custody(t.case.id, t.today, source="jail", doer=t.doer, at=t.at),
    "custody ends": _custody_ends,
    "ask court": lambda t: withdrawing.ask_court(
        t.case.id, t.pick(withdrawing.reasons_from(t.case.state) or Withdrawal.Reason), words="w", actor=t.user, at=t.at
    ),
    "confirm docket": lambda t: withdrawing.confirm_docket(t.docket.id, doer=t.doer, at=t.at),
    "finish": lambda t: withdrawing.finish(t.case.id, doer=t.doer, at=t.at),
    "second look": lambda t: second_look.open_second_look(
        t.case.id, SecondLook.Because.NEW_ARREST, doer=t.doer, at=t.at
    ),
    "reasons": lambda t: second_look.give_reasons(t.last(SecondLook, case=t.case).id, "reasons", actor=t.user, at=t.at),
    "keep": lambda t: second_look.keep_offer(
        t.last(SecondLook, case=t.case).id, new_date=t.today + t.n * DAY if t.n else None, actor=t.user, at=t.at
    ),
    "end": lambda t: second_look.end_offer(t.last(SecondLook, case=t.case).id, actor=t.user, at=t.at),
    "move": lambda t: rarely(t) or other_ends.move_to(t.case.id, other_ends.MOVES[0], actor=t.user, at=t.at),
    "death": lambda t: rarely(t) or other_ends.record_death(t.case.id, "the coroner", actor=t.user, at=t.at),
    "reopen": lambda t: other_ends.reopen(t.case.id, "a mistake", actor=t.user, at=t.at),
    "assign": lambda t: tasks.assign(
        t.last(Task, case=t.case, done_at=None).id, t.user if t.n else None, actor=t.user, at=t.at
    ),
}
