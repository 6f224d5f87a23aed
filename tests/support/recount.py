"""The measures once more, slowly and in plain Python: one case after the other, by reading what is stored of it.

It shares no code with ``office/numbers`` and asks the database for nothing but rows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from instead.office.cases.models import Case

PHILADELPHIA = ZoneInfo("America/New_York")
WINTER = dt.timezone(dt.timedelta(hours=-5))
RACES = {"W": "White", "white": "White", "B": "Black", "H": "Latino", "A": "Asian", "U": "not known", "": "not known"}
SEXES = {"M": "male", "F": "female", "": "not known"}
DEALING = ("delivery_charged", "intent_to_deliver_charged", "drug_death_charged")


def cases_of(office, first=None, last=None):
    """The arrests of an office that came in between two days; a merged report is no arrest."""
    for case in Case.objects.filter(office=office):
        day = case.received_at.astimezone(PHILADELPHIA).date()
        if case.state != "merged" and (first is None or day >= first) and (last is None or day <= last):
            yield case


def group_of(case):
    """Race, sex and age band."""
    person = case.person
    return RACES.get(person.race, "another"), SEXES.get(person.sex, "another"), _age(person.born, case.arrested_at)


def _age(born, arrested_at):
    if born is None or arrested_at is None:
        return "not known"
    day = arrested_at.astimezone(WINTER).date()
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if not 0 <= years < 110:
        return "not known"
    for first, last in ((18, 24), (25, 34), (35, 44), (45, 54)):
        if first <= years <= last:
            return f"{first} to {last}"
    return "under 18" if years < 18 else "55 and over"


def newest_decision(case):
    return max(case.decisions.all(), key=lambda one: one.number)


def standing(case):
    """The decision of a prosecutor that stands, if there is one."""
    found = [
        one
        for decision in case.decisions.all()
        for one in decision.confirmations.all()
        if one.undone_at is None and not one.followed
    ]
    return max(found, key=lambda one: one.pk) if found else None


def arrests(office, **days):
    """(race, sex, age, policy, said, taken, state, offered) of every arrest."""
    found = Counter()
    for case in cases_of(office, **days):
        taken = standing(case)
        said = (taken.decision.outcome, taken.outcome) if taken else ("", "")
        offered = case.offers.count() > 0
        found[(*group_of(case), newest_decision(case).outcome, *said, case.state, offered)] += 1
    return found


def newest_offer(case):
    return max(case.offers.all(), key=lambda one: one.number, default=None)


def consent_state(case, at):
    """Whether every consent for the office is lost, and what was told by those that are not."""
    until = (case.ended_at or at).astimezone(PHILADELPHIA).date()
    signed = [one for one in case.consents.all() if one.recipient == "office"]
    good = [one for one in signed if one.revoked_at is None and (one.expires_on is None or one.expires_on >= until)]
    told = [one.told for consent in good for one in consent.disclosures.all() if one.kind == "four_facts"]
    return bool(signed) and not good, told


def offers(office, at, **days):
    """(race, sex, age, version, answer, state, reason, lost, engaged, completed) of every case with an offer."""
    found = Counter()
    for case in cases_of(office, **days):
        offer = newest_offer(case)
        if offer is None:
            continue
        lost, told = consent_state(case, at)
        yes = offer.answer == "yes"
        words = [_word([one[fact] for one in told]) if yes else "" for fact in ("engaged", "completed")]
        line = (offer.policy_version, offer.answer, case.state, reason_of(case), lost and yes, *words)
        found[(*group_of(case), *line)] += 1
    return found


def reason_of(case):
    withdrawal = getattr(case, "withdrawal", None)
    return withdrawal.reason if withdrawal else ""


def _word(told):
    return "yes" if True in told else "no" if False in told else ""


def people(office, at):
    """(answer, reason, state, windows, meanwhile) of everybody with an offer and a photo number, once each."""
    every = list(cases_of(office))
    first = {}
    for case in every:
        number = case.person.police_photo_number
        offer = min(case.offers.all(), key=lambda one: one.number, default=None)
        if number and offer and (number not in first or (offer.sent_at, offer.pk) < first[number][0]):
            first[number] = ((offer.sent_at, offer.pk), offer, case)
    found = Counter()
    for number, (_, offer, case) in first.items():
        later = [(one.arrested_at or one.received_at, _kind(one)) for one in every if _is(one, number)]
        windows = tuple(_window(offer, later, days, at) for days in (182, 365, 730))
        until = case.ended_at or at
        meanwhile = [kind for when, kind in later if offer.answer and offer.answered_at < when <= until]
        last = _gravest(meanwhile) if offer.answer == "yes" else ""
        found[(offer.answer, reason_of(case), case.state, windows, last)] += 1
    return found


def _is(case, number):
    return case.person.police_photo_number == number


def _window(offer, later, days, at):
    if at - offer.sent_at < dt.timedelta(days=days):
        return ""
    return _gravest([kind for when, kind in later if dt.timedelta() < when - offer.sent_at < dt.timedelta(days=days)])


def _kind(case):
    values = [newest_decision(case).facts.get(fact) for fact in DEALING]
    if 1 in values:
        return 3
    return 1 if values == [0, 0, 0] else 2


def _gravest(kinds):
    words = (
        "not arrested again",
        "arrested again, not for dealing",
        "arrested again, not known for what",
        "arrested again for dealing",
    )
    return words[max(kinds, default=0)]


def quartiles(lengths):
    """The length at a quarter, a half and three quarters of the way, by nearest rank."""
    ordered = sorted(lengths)
    return tuple(ordered[-(-len(ordered) * part // 4) - 1] for part in (1, 2, 3)) if ordered else (None, None, None)
