"""What the database counts is what somebody would count who reads one case after the other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import astuple

import pytest
from django.db.models import Count

from instead.office.cases.models import Case
from instead.office.closing.models import SecondLook
from instead.office.machines import CASE
from instead.office.numbers import became
from instead.office.numbers.again import count_people, without_number
from instead.office.numbers.arrests import count_arrests
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.measures import measures
from instead.office.numbers.measures_ends import count_looks
from instead.office.numbers.offers_made import count_offers
from instead.office.numbers.rates import Rate
from support import recount
from support.lives import random_lives

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(params=(1, 2))
def world(request, tmp_path):
    people, at = random_lives(tmp_path, request.param)
    assert len(set(Case.objects.values_list("state", flat=True))) > 5
    return people.prosecutor.organization, at


def groups(found):
    """Groups as the recount writes them."""
    counts = Counter()
    for one in found:
        *key, count = astuple(one)
        counts[tuple(key)] += count
    return counts


def block(sections, name):
    return next(one for section in sections for one in section.blocks if one.id == name)


def numbers(value):
    return value.numerator if isinstance(value, Rate) else value


def test_every_group_is_counted_as_somebody_who_reads_every_case_would(world):
    office, at = world
    days = sorted(case.received_at.date() for case in Case.objects.all())
    middle = days[len(days) // 2]
    for chosen in ({}, {"first": middle}, {"last": middle}, {"first": middle, "last": middle + dt.timedelta(days=9)}):
        cohort = Cohort(office, **chosen)
        assert groups(count_arrests(cohort)) == recount.arrests(office, **chosen)
        for moment in (at, at + dt.timedelta(days=200)):
            assert groups(count_offers(cohort, moment)) == recount.offers(office, moment, **chosen)
    for later in (0, 183, 400, 800):
        moment = at + dt.timedelta(days=later)
        found = Counter()
        for one in count_people(Cohort(office), moment):
            found[(one.answer, one.reason, one.state, one.windows, one.meanwhile)] += one.count
        assert found == recount.people(office, moment)
    unnumbered = [
        case for case in recount.cases_of(office) if case.offers.count() and not case.person.police_photo_number
    ]
    assert without_number(Cohort(office)) == len(unnumbered)
    _the_blocks_say_the_same(office, at)


def _the_blocks_say_the_same(office, at):
    sections = measures(Cohort(office), at)
    cases = list(recount.cases_of(office))
    overview = [numbers(line.values[0]) for line in block(sections, "overview").lines]
    offered = [case for case in cases if case.offers.count()]
    yes = [case for case in offered if recount.newest_offer(case).answer == "yes"]
    eligible = [case for case in cases if recount.newest_decision(case).outcome == "divert"]
    engaged = [case for case in yes if case.state == "withdrawn_engaged"]
    assert overview[:5] == [len(cases), len(eligible), len(offered), len(yes), len(engaged)]
    never = block(sections, "never-offered").lines
    unoffered = [case for case in eligible if not case.offers.count()]
    assert numbers(never[0].values[0]) == len(unoffered) == sum(numbers(line.values[0]) for line in never[1:])
    overridden = [c for c in unoffered if (s := recount.standing(c)) and s.decision.outcome == "divert" != s.outcome]
    by_name = {line.name: numbers(line.values[0]) for line in never}
    assert by_name["a prosecutor chose no charge"] + by_name["a prosecutor chose prosecution"] == sum(
        case.state in ("declined", "prosecuted") for case in overridden
    )
    _ends_and_looks(sections, cases, office)
    _after_a_yes(sections, yes, at)
    _times(sections, cases, yes)


def _ends_and_looks(sections, cases, office):
    ends = {line.name: numbers(line.values[0]) for line in block(sections, "ends").lines}
    for state in CASE.ends:
        if state.name != "merged":
            assert ends[state.title] == sum(case.state == state.name for case in cases)
    assert ends["Still open"] == sum(CASE.state(case.state).open for case in cases)
    looks = Counter()
    for look in SecondLook.objects.filter(case__in=cases):
        words = {True: "the offer stands", False: "the offer ended", None: "not decided yet"}[look.kept]
        looks[look.get_because_display(), words] += 1
    assert count_looks(Cohort(office)) == looks


def _after_a_yes(sections, yes, at):
    """A withdrawal is what it is; whoever's consent is lost before is not known; only then an ended offer counts."""
    found = {line.name: numbers(line.values[0]) for line in block(sections, "after-yes").lines}
    counts = Counter()
    for case in yes:
        lost, _ = recount.consent_state(case, at)
        counts[_plainly(case, lost)] += 1
    assert {name: count for name, count in found.items() if count} == dict(counts)
    success = block(sections, "success").lines[0]
    kept, over = counts[became.ENGAGED], counts[became.ENGAGED] + counts[became.OFFER_ENDED]
    assert (success.values[0].numerator, success.values[0].denominator) == (kept, over)
    assert success.values[2] == counts[became.NOT_KNOWN_ANY_MORE]
    assert all(sum(_parts(line)) == len(yes) for line in block(sections, "success").lines)


def _parts(line):
    rate, under_way, lost, others = line.values
    return rate.denominator, under_way or 0, lost, others


def _plainly(case, lost):
    ends = {
        "withdrawn_engaged": became.ENGAGED,
        "withdrawn_service": became.SERVICE,
        "withdrawn_condition": became.CONDITION,
        "withdrawn_nothing_asked": became.NOTHING,
        "died": became.DIED,
    }
    if case.state in ends:
        return ends[case.state]
    if case.state.startswith("withdrawn_"):
        return became.WITHDRAWN_OTHER
    if case.state.startswith("moved_"):
        return became.OTHER_PROGRAM
    if case.state.startswith("withdrawing_") or case.state == "verified":
        return became.UNDER_WAY
    if lost:
        return became.NOT_KNOWN_ANY_MORE
    if CASE.state(case.state).open:
        return became.UNDER_WAY
    return became.OFFER_ENDED if case.state == "offer_ended" else became.OTHERWISE


def _times(sections, cases, yes):
    found = {line.name: line.values for line in block(sections, "times").lines}
    decided = [(recount.standing(case), case) for case in cases]
    hours = [(taken.at - case.received_at).total_seconds() // 3600 for taken, case in decided if taken]
    _is_span(found["a report came in → a prosecutor decided"], [one for one in hours if one >= 0])
    stays = [(case.ended_at - recount.newest_offer(case).answered_at).days for case in yes if case.ended_at]
    _is_span(found["the yes → the case was over (time in the programme)"], [one for one in stays if one >= 0])
    on_record = [
        (case.withdrawal.finished_at - case.withdrawal.asked_at).days
        for case in cases
        if recount.reason_of(case) and case.withdrawal.finished_at
    ]
    _is_span(found["withdrawal asked → on the court’s record"], on_record)


def _is_span(values, lengths):
    assert values[1] == len(lengths)
    assert [None if value == "" else value for value in values[2:5]] == list(recount.quartiles(lengths))


def test_the_groups_add_up_to_the_whole(world):
    office, at = world
    sections = measures(Cohort(office), at)
    for name in ("by-race", "by-sex", "by-age"):
        *groups_, whole = block(sections, name).lines
        for place, value in enumerate(whole.values):
            assert sum(numbers(line.values[place]) for line in groups_) == numbers(value)
    by_version = Case.objects.filter(decisions__number=1).values("decisions__policy_version").annotate(n=Count("pk"))
    assert sum(row["n"] for row in by_version) == Case.objects.count()
