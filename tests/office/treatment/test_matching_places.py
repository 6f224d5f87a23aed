"""Proposals: hard needs, then places, then distance; why, and what is not known. Unknown is never "no"."""

from __future__ import annotations

import datetime as dt

import pytest

from instead.office.treatment.addresses import Place
from instead.office.treatment.hours import AROUND_THE_CLOCK, Hours
from instead.office.treatment.models import Capacity, Provider, Service
from instead.office.treatment.queries import Fit, Freshness, Need, open_places, places_of, propose

AT = dt.datetime(2020, 3, 4, 15, 0, tzinfo=dt.UTC)  # a Wednesday, 10 a.m. in Philadelphia
STALE = dt.timedelta(hours=24)
HERE = Place(39.99, -75.12)
DAYTIME = Hours.of((day, 8 * 60, 17 * 60) for day in range(5)).as_json()
pytestmark = pytest.mark.django_db


def a_place(name: str, places: int | None = None, taken: int = 0, hours_ago: int = 1, **more: object) -> Service:
    provider = Provider.objects.create(name=name, source="office")
    service = Service.objects.create(provider=provider, title="Outpatient", **more)
    if places is not None:
        said = {"taken": taken, "over_by": max(0, taken - places), "reported_at": AT - dt.timedelta(hours=hours_ago)}
        Capacity.objects.create(service=service, places=places, **said)
    return service


def proposed(need: Need, at: dt.datetime = AT) -> list:
    return propose(need, at=at, stale_after=STALE)


def names(found: list) -> list[str]:
    return [one.service.provider.name for one in found]


def texts(points: tuple) -> list[str]:
    return [one.text for one in points]


@pytest.mark.parametrize(
    ("service", "freshness", "text"),
    [
        ({}, Freshness.UNKNOWN, "Nobody has said how many places there are."),
        ({"places": 5, "taken": 2}, Freshness.FRESH, "3 of 5 places free, said 1 hour ago."),
        ({"places": 5, "taken": 5}, Freshness.FRESH, "Full, said 1 hour ago."),
        ({"places": 1, "taken": 3, "hours_ago": 0}, Freshness.FRESH, "Full, over by 2, said just now."),
        ({"places": 5, "hours_ago": 24}, Freshness.FRESH, "5 of 5 places free, said 1 day ago."),
        ({"places": 5, "hours_ago": 49}, Freshness.STALE, "5 of 5 places free, said 2 days ago; call to be sure."),
    ],
)
def test_places_say_how_old_the_number_is(service, freshness, text):
    found = places_of(a_place("A", **service), at=AT, stale_after=STALE)
    assert (found.freshness, found.text) == (freshness, text)


def test_open_places_are_the_freshest_first_without_the_full_and_the_unknown():
    a_place("stale", 3, hours_ago=90), a_place("full", 1, 1), a_place("unknown"), a_place("over", 1, 2)
    a_place("older", 3, hours_ago=5), a_place("newest", 3, hours_ago=2)
    assert names(open_places(at=AT, stale_after=STALE)) == ["newest", "older", "stale"]


def test_needs_come_before_places_and_places_before_distance():
    far, near = {"latitude": 40.2, "longitude": -75.2}, {"latitude": 39.991, "longitude": -75.121}
    a_place("no Spanish", 9, languages=["en"], languages_complete=True, **near)
    a_place("perhaps Spanish", 9, languages=["en"], **near)
    a_place("full", 1, 1, languages=["es"], **near)
    a_place("unknown number", languages=["es"], **near)
    a_place("stale, far", 9, hours_ago=90, languages=["es"], **far)
    a_place("far", 9, languages=["es"], **far)
    a_place("nowhere", 9, languages=["es"])
    a_place("near", 9, languages=["es"], **near)
    found = proposed(Need(languages=("es",), near=HERE))
    assert names(found) == [
        "near", "far", "nowhere", "unknown number", "stale, far", "full", "perhaps Spanish", "no Spanish"
    ]  # fmt: skip
    assert texts(found[0].reasons) == ["Spanish is spoken.", "0.1 miles away as the crow flies."]
    assert texts(found[2].not_known) == ["How far it is, is not known."]
    assert texts(found[-2].not_known) == ["Whether Spanish is spoken is not known."]
    assert texts(found[-1].against) == ["Spanish is not spoken."] and found[-1].fit is Fit.NO


@pytest.mark.parametrize(
    ("offered", "fit", "text"),
    [
        (True, Fit.YES, "Methadone is offered."),
        (False, Fit.NO, "Methadone is not offered."),
        (None, Fit.UNKNOWN, "Whether methadone is offered is not known."),
    ],
)
def test_medication_is_yes_no_or_not_known(offered, fit, text):
    a_place("A", methadone=offered)
    (found,) = proposed(Need(medication="methadone"))
    assert found.fit is fit and text in texts(found.reasons + found.against + found.not_known)


def test_a_walk_in_at_two_in_the_morning():
    a_place("night", walk_in=True, hours=AROUND_THE_CLOCK.as_json())
    a_place("day", walk_in=True, hours=DAYTIME)
    a_place("text", walk_in=True, hours=AROUND_THE_CLOCK.as_json(), walk_in_text="7a-5:30p")
    a_place("unsaid", hours=AROUND_THE_CLOCK.as_json())
    a_place("appointment", walk_in=False)
    night = dt.datetime(2020, 3, 5, 7, 0, tzinfo=dt.UTC)  # 2 a.m. in Philadelphia
    found = {one.service.provider.name: one for one in proposed(Need(walk_in_now=True), night)}
    assert next(iter(found)) == "night" and texts(found["night"].reasons) == ["Open to walk in now: around the clock."]
    assert found["day"].against[0].text.startswith("Closed to walk-ins now: Monday to Friday 8 a.m. to 5 p.m.")
    assert texts(found["text"].not_known) == ["Walk-in hours are not known; the list says “7a-5:30p”."]
    assert texts(found["unsaid"].not_known) == ["Whether one may walk in is not known."]
    assert texts(found["appointment"].against) == ["An appointment is needed."]


def test_hours_unknown_are_said_and_the_place_stays():
    a_place("unknown", hours_text="ask"), a_place("closed", hours=DAYTIME), a_place("open", hours=DAYTIME)
    Service.objects.filter(provider__name="closed").update(hours=[[6, 0, 60]])
    found = proposed(Need(open_at=AT))
    assert names(found) == ["open", "unknown", "closed"]
    assert texts(found[1].not_known) == ["Hours are not known; the list says “ask”."]


def test_who_a_place_is_for_is_said_as_something_to_ask():
    a_place("women", only_for="women"), a_place("all")
    found = proposed(Need())
    assert names(found) == ["all", "women"]
    assert texts(found[1].not_known) == ["Only for: women. Ask whether that is so here."]


def test_a_need_that_nobody_can_meet_is_a_mistake():
    with pytest.raises(ValueError, match="no medication"):
        Need(medication="aspirin")


def test_proposing_asks_the_database_once(django_assert_num_queries):
    for number in range(30):
        a_place(f"P{number}", number % 3 or None, languages=["es"])
    with django_assert_num_queries(1):
        assert len(proposed(Need(languages=("es",), medication="methadone", walk_in_now=True, near=HERE))) == 30
