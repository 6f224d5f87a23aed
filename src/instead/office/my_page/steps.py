"""What is asked of a person now, in plain words: by the state of the case, and of the way into treatment.

The words are for somebody who has little time and much to lose: short, no legal term without need, nothing that scares.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from instead.office.notices.day_words import day_in_words

#: Ways to act, by name: the page turns them into links and buttons.
READ, ANSWER, PLACES, MOVE, THERE, SEND, PAPER, HOURS, AGREED, BACK = (
    "read", "answer", "places", "move", "there", "send", "paper", "hours", "agreed", "back",
)  # fmt: skip
_NOTHING: Final = gettext_noop("You have nothing to do right now")


@dataclass(frozen=True, slots=True)
class Situation:
    """What the words need to know. ``due`` is the last day of the step that is asked, None while the clock stands."""

    case_state: str = ""
    way_state: str = ""
    today: dt.date = dt.date.min
    hour_passed: bool = False
    engaged_on: dt.date | None = None
    may_send: bool = False
    office_may_see: bool = False
    one_more: str = ""
    hours_asked: int = 0
    hours_done: int = 0
    because: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is asked (the heading), how, what follows, and the ways to act."""

    title: str
    text: tuple[str, ...] = ()
    after: str = ""
    acts: tuple[str, ...] = ()
    asked: bool = True
    stands: bool = field(default=False)


def _quiet(title: str, *text: str, after: str = "", acts: tuple[str, ...] = (), stands: bool = False) -> Step:
    """A step at which nothing is asked of the person."""
    return Step(title, text, after, acts, asked=False, stands=stands)


def step_of(now: Situation) -> Step:
    """The step that a person is at."""
    if now.case_state == "accepted" or not now.case_state:
        return way_step(now)
    return case_step(now)


def case_step(now: Situation) -> Step:
    """The step where it is the case that says what is next."""
    return _ends(now) or _opening(now) or _proof(now) or _other(now) or _quiet(_(_NOTHING))


def _opening(now: Situation) -> Step | None:
    if now.case_state in ("received", "needs_facts", "screened", "review", "offering"):
        return _quiet(
            _(_NOTHING),
            _("The prosecutor’s office is looking at your case."),
            after=_("If there is an offer of treatment instead, you get it in writing and talk with a lawyer first."),
        )
    if now.case_state == "offered":
        return Step(
            _("Talk with your lawyer"),
            (
                _("There is an offer: treatment instead of prosecution. You do not have to answer yet."),
                _("Your time to answer starts only when your lawyer has met you and has the police report."),
            ),
            _("Then you say yes or no. You can do it here, or your lawyer does it for you."),
            (READ,),
        )
    if now.case_state == "answering":
        return Step(
            _("Say yes or no to the offer"),
            (_("Answer with a clear head. If you have just used, or are sick from not using, wait until it is over."),),
            _("If you say yes, you choose a place and a day. If you say no, nothing gets worse because of it."),
            (ANSWER,),
        )
    return None


def _proof(now: Situation) -> Step | None:
    if now.case_state == "proof_filed":
        return _quiet(
            _("You have nothing to do: your proof is there"),
            _("The prosecutor’s office is looking at it."),
            after=_(
                "If it is good, the office asks the court to withdraw the charges. If one thing is missing, we say so."
            ),
            stands=True,
        )
    if now.case_state == "proof_incomplete":
        return Step(
            _("One more thing is needed"),
            (now.one_more,) if now.one_more else (),
            _("When it is there, the office looks again."),
            (SEND, PAPER) if now.may_send else (PAPER,),
        )
    if now.case_state == "verified":
        return _quiet(
            _("You have nothing to do: your proof is good"),
            _("The office asks the court to withdraw the charges, at the next court date at the latest."),
            stands=True,
        )
    if now.case_state.startswith("withdrawing"):
        return _quiet(
            _("You have nothing to do: the charges are being withdrawn"),
            _("The court has been asked. We look at the court’s record until it says so."),
            after=_("When the record says it, you get a letter for employers and landlords."),
            stands=True,
        )
    return None


def _other(now: Situation) -> Step | None:
    if now.case_state == "other_condition":
        return _quiet(
            _(_NOTHING),
            _("Something else takes the place of treatment. The office will say what: some hours of community "
              "service, or nothing more."),
            stands=True,
        )  # fmt: skip
    if now.case_state == "service":
        done = ngettext(
            "%(done)s of %(asked)s hour is done.", "%(done)s of %(asked)s hours are done.", now.hours_asked
        ) % {"done": now.hours_done, "asked": now.hours_asked}
        return Step(
            _("Do your hours of community service"),
            (done, *((now.one_more,) if now.one_more else ())),
            _("When all hours are done and sent in, the office asks the court to withdraw the charges."),
            (HOURS,),
        )
    if now.case_state == "service_filed":
        return _quiet(
            _("You have nothing to do: your hours are sent in"),
            _("The prosecutor’s office is looking at them."),
            stands=True,
        )
    if now.case_state == "second_look":
        return Step(
            _("Tell your lawyer what happened"),
            (
                *((now.because,) if now.because else ()),
                _("Nothing is taken away now. First your lawyer and the office both write down their reasons, and then "
                  "the office decides."),
            ),
            _("You may get more time. Or the offer ends, and the case goes on as if it had never been made."),
            stands=True,
        )  # fmt: skip
    return None


def _ends(now: Situation) -> Step | None:
    if now.case_state.startswith("withdrawn_"):
        return _quiet(
            _("It is over: the charges are withdrawn"),
            _("The court’s record says “withdrawn”. You were not convicted."),
            after=_("You get a letter that says what an employer may see, and from when on not even that."),
        )
    if now.case_state.startswith("moved_"):
        return _quiet(
            _("Your case is in another program now"),
            _("What is asked there, your lawyer tells you. Nothing more is asked here."),
        )
    words = {
        "declined": (_("It is over: there is no charge"), _("The office has decided not to charge you.")),
        "prosecuted": (
            _("Talk with your lawyer"),
            _("This case goes its way in court. There is no offer in it now."),
        ),
        "refused": (
            _("You said no"),
            _("The case goes on as if there had been no offer. If you change your mind, tell your lawyer: an offer can "
              "be made again."),
        ),
        "offer_ended": (
            _("The offer ended"),
            _("The case goes on as if it had never been made. Care stays open to you. Talk with your lawyer: an offer "
              "can be made again."),
        ),
        "expunged": (_("It is over: the record is destroyed"), _("Nobody can look it up any more.")),
    }  # fmt: skip
    found = words.get(now.case_state)
    return _quiet(*found) if found else None


def way_step(now: Situation) -> Step:
    """The step on the way into treatment; where there is none, the office takes the next step."""
    return _before_care(now) or _in_care(now) or _quiet(_(_NOTHING), _("The office takes the next step and tells you."))


def _before_care(now: Situation) -> Step | None:
    if now.way_state == "to_book":
        return Step(
            _("Choose a place and a day"),
            (_("You choose where. At the first appointment you talk about what would help. We learn only the date."),),
            _("After that you choose where you want to be treated. That can be the same place."),
            (PLACES,),
        )
    if now.way_state == "booked":
        return _visit(now)
    if now.way_state == "missed":
        return Step(
            _("Choose a new day"),
            (
                _("An appointment was missed. That happens."),
                _("Was there a good reason: court, work, being sick, no ride, children? Call the coordinator. Then "
                  "it does not count."),
            ),
            "",
            (PLACES, THERE),
        )  # fmt: skip
    if now.way_state == "walked_in":
        return _quiet(
            _("You are being cared for"),
            _("Get well first. When you can, say whether anybody may be told that you came: then it counts as your "
              "first visit."),
            acts=(AGREED,),
            stands=True,
        )  # fmt: skip
    if now.way_state == "assessed":
        return Step(
            _("Go to your first visit for treatment"),
            (_("Choose the place. Medication counts as treatment."),),
            _("The place writes down that you came. That is your proof."),
            (PLACES, THERE),
        )
    if now.way_state == "waiting":
        return _quiet(
            _("You are waiting for a place"),
            _("We ask every day or two. You can also ask yourself."),
            acts=(PLACES,),
            stands=True,
        )
    return None


def _visit(now: Situation) -> Step:
    if now.hour_passed:
        return Step(
            _("Were you at your appointment?"),
            (
                _("The place has not told us yet."),
                _("If you could not come, call the coordinator. With a good reason it does not count."),
            ),
            "",
            (THERE,),
        )
    return Step(
        _("Go to your first appointment"),
        (_("Somebody asks you what would help. We learn only the date."),),
        _("After that you choose where you want to be treated. That can be the same place."),
        (MOVE, THERE),
    )


def _in_care(now: Situation) -> Step | None:
    if now.way_state == "away":
        return _quiet(
            _(_NOTHING),
            _("While you are in the hospital or locked up, your dates stand still."),
            stands=True,
        )
    if now.way_state in ("engaged", "attending", "completed"):
        return _proof_step(now)
    if now.way_state in ("left", "discharged"):
        return Step(
            _("You can come back any day"),
            (_("You left treatment. As often as it takes, you can start again."),),
            "",
            (BACK,),
        )
    if now.way_state == "not_needed":
        return _quiet(
            _(_NOTHING),
            _("The appointment showed that you do not need treatment. The office will say what comes next."),
        )
    return None


def _proof_step(now: Situation) -> Step:
    on = day_in_words(now.engaged_on, now.today) if now.engaged_on else ""
    seen = (_("Your place has marked your visit: %(day)s.") % {"day": on},) if on else ()
    if not now.case_state:
        return _quiet(_("Keep going"), *seen, acts=(THERE,))
    if not now.office_may_see:
        agree = _("To send it, you first have to agree that the prosecutor’s office may see four facts.")
        return Step(_("Send in your proof"), (*seen, agree), "", (AGREED, PAPER))
    return Step(
        _("Send in your proof"),
        seen,
        _("If it is good, the office asks the court to withdraw the charges. Keep going to your visits."),
        (SEND, PAPER, THERE) if now.may_send else (PAPER, THERE),
    )
