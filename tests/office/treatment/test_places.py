"""The verbs about places: the right role, a wrong role, a stranger of the same role, nobody; and what each changes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from instead.office.ledger.models import Entry
from instead.office.treatment import actions
from instead.office.treatment.errors import AlreadyHeld, HoldOver, NoPlace, NumberChanged, Refused
from instead.office.treatment.models import Capacity, Hold, Service
from instead.office.treatment.queries import open_holds, own_services

HOUR = dt.timedelta(hours=1)


def held(network, **more) -> Hold:
    given = {"for_enrolment": uuid.uuid4(), "expires_at": network.soon, "at": network.at} | more
    return actions.hold_place(network["coordinator"], network.service, **given)


def counts(network) -> tuple[int, int, int]:
    now = Capacity.objects.get(service=network.service)
    return now.places, now.taken, now.over_by


def report(network, places: int) -> Capacity:
    return actions.report_capacity(network["staff"], network.service, places=places, at=network.at)


VERBS: dict[str, tuple[Callable[..., object], set[str]]] = {
    "report": (lambda n, u, _: actions.report_capacity(u, n.service, places=3, at=n.at), {"staff"}),
    "confirm": (lambda n, u, _: actions.confirm_capacity(u, n.service, places=2, at=n.at), {"staff"}),
    "full": (lambda n, u, _: actions.mark_full(u, n.service, at=n.at), {"staff"}),
    "hold": (
        lambda n, u, _: actions.hold_place(u, n.service, for_enrolment=uuid.uuid4(), expires_at=n.soon, at=n.at),
        {"coordinator", "coordinator elsewhere"},
    ),
    "take": (lambda n, u, h: actions.take_place(u, h, at=n.at), {"coordinator", "staff"}),
    "release": (lambda n, u, h: actions.release_place(u, h, at=n.at), {"coordinator", "staff"}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_done_by_its_roles_and_refused_to_everybody_else(network, verb):
    do, allowed = VERBS[verb]
    for name in [*network.people, "nobody", "left"]:
        point = transaction.savepoint()
        report(network, 2)
        hold = held(network)
        user = network.people.get(name, AnonymousUser())
        if name == "left":
            user = network[sorted(allowed)[0]]
            user.is_active = False
        before, entries = counts(network), Entry.objects.count()
        if name in allowed:
            do(network, user, hold)
            assert Entry.objects.count() == entries + 1
        else:
            with pytest.raises(PermissionDenied):
                do(network, user, hold)
            assert (counts(network), Entry.objects.count()) == (before, entries)
        transaction.savepoint_rollback(point)
        network["staff"].is_active = network["coordinator"].is_active = True


def test_nobody_reports_for_a_provider_that_does_not_work_with_the_office(network):
    network.service.provider.organization = None
    with pytest.raises(PermissionDenied):
        report(network, 1)


def test_entries_hold_ids_and_counts_and_nothing_about_anybody(network):
    report(network, 1)
    who = uuid.uuid4()
    hold = held(network, for_enrolment=who)
    entry = Entry.objects.get(subject=hold.pk)
    assert entry.payload.value() == {"places": 1, "service": str(network.service.pk), "taken": 1}
    assert entry.actor_id == network["coordinator"].pk
    assert not any(str(who) in one.payload.content for one in Entry.objects.all())


def test_a_place_unknown_is_not_held_and_the_answer_says_what_to_do(network):
    with pytest.raises(NoPlace, match="Nobody has said"):
        held(network)
    assert not Hold.objects.exists() and not Entry.objects.exists()


def test_the_last_place_is_held_once_then_taken_then_given_back_once(network):
    report(network, 1)
    hold = held(network)
    with pytest.raises(NoPlace, match="last place"):
        held(network)
    actions.take_place(network["coordinator"], hold, at=network.at)
    with pytest.raises(HoldOver, match="taken by now"):
        actions.take_place(network["coordinator"], hold, at=network.at)
    assert actions.expire_holds(network.soon + HOUR) == [] and counts(network) == (1, 1, 0)
    stale = Hold.objects.get(pk=hold.pk)
    actions.release_place(network["staff"], hold, at=network.at)
    with pytest.raises(HoldOver, match="released by now"):
        actions.release_place(network["coordinator"], stale, at=network.at)
    assert counts(network) == (1, 0, 0)


def test_an_expired_hold_gives_its_place_back_once_and_cannot_be_taken(network):
    report(network, 1)
    hold = held(network)
    with pytest.raises(HoldOver, match="run out"):
        actions.take_place(network["coordinator"], hold, at=hold.expires_at)
    assert actions.expire_holds(hold.expires_at - HOUR) == []
    assert [one.pk for one in actions.expire_holds(hold.expires_at)] == [hold.pk]
    assert actions.expire_holds(hold.expires_at) == [] and counts(network) == (1, 0, 0)
    entry = Entry.objects.get(kind="hold expired")
    assert entry.actor_id is None and entry.subject == hold.pk
    with pytest.raises(HoldOver, match="expired by now"):
        actions.release_place(network["coordinator"], hold, at=network.at)


def test_a_hold_past_its_time_does_not_keep_the_last_place_from_the_next(network):
    report(network, 1)
    first = held(network)
    second = held(network, at=network.soon, expires_at=network.soon + HOUR)
    assert Hold.objects.get(pk=first.pk).state == "expired" and second.state == "held"
    assert counts(network) == (1, 1, 0)


def test_the_same_enrolment_pressed_twice_holds_one_place(network):
    report(network, 5)
    who = uuid.uuid4()
    hold = held(network, for_enrolment=who)
    with pytest.raises(AlreadyHeld):
        held(network, for_enrolment=who)
    assert counts(network) == (5, 1, 0)
    actions.release_place(network["coordinator"], hold, at=network.at)
    held(network, for_enrolment=who)
    assert counts(network) == (5, 1, 0)


def test_a_number_below_what_is_taken_is_kept_and_nobody_is_thrown_out(network):
    report(network, 3)
    holds = [held(network) for _ in range(3)]
    assert report(network, 1).over_by == 2 and counts(network) == (1, 3, 2)
    assert Hold.objects.filter(state="held").count() == 3
    actions.mark_full(network["staff"], network.service, at=network.at)
    assert counts(network) == (1, 3, 2), "full does not raise a number that was said"
    for left, expected in zip(holds, [(1, 2, 1), (1, 1, 0), (1, 0, 0)], strict=True):
        with pytest.raises(NoPlace):
            held(network)
        actions.release_place(network["coordinator"], left, at=network.at)
        assert counts(network) == expected
    held(network)


def test_full_is_one_tap_before_and_after_a_number(network):
    actions.mark_full(network["staff"], network.service, at=network.at)
    assert counts(network) == (0, 0, 0)
    report(network, 4)
    held(network)
    actions.mark_full(network["staff"], network.service, at=network.at)
    assert counts(network) == (1, 1, 0)


def test_still_so_many_renews_the_time_and_fails_when_the_number_moved(network):
    report(network, 4)
    later = network.at + HOUR
    assert actions.confirm_capacity(network["staff"], network.service, places=4, at=later).reported_at == later
    with pytest.raises(NumberChanged):
        actions.confirm_capacity(network["staff"], network.service, places=5, at=later + HOUR)
    assert Capacity.objects.get().reported_at == later
    assert list(Entry.objects.order_by("number").values_list("kind", flat=True)) == [
        "capacity reported",
        "capacity confirmed",
    ]


@pytest.mark.parametrize("places", [-1, 100_001])
def test_a_number_that_is_no_number_of_places_is_refused(network, places):
    with pytest.raises(Refused, match="between 0 and 100,000"):
        report(network, places)


def test_a_hold_must_end_after_it_begins(network):
    report(network, 1)
    with pytest.raises(Refused, match="end after"):
        held(network, expires_at=network.at)


@pytest.mark.parametrize("change", [{"taken": 2}, {"taken": 2, "over_by": 2}, {"taken": 0, "over_by": 1}])
def test_the_database_refuses_more_taken_than_places(network, change):
    report(network, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.filter(service=network.service).update(**change)


def test_the_database_refuses_a_level_that_is_not_of_the_edition(network):
    Service.objects.filter(pk=network.service.pk).update(level_edition="4", level="3.7")
    for change in ({"level": "3.3"}, {"level_edition": "3"}, {"level": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(pk=network.service.pk).update(**change)


def test_lists_show_what_is_ones_own(network):
    report(network, 2)
    hold = held(network)
    mine, theirs = network["coordinator"], network["coordinator elsewhere"]
    assert list(open_holds(organization=mine.organization_id)) == [hold]
    assert not open_holds(organization=theirs.organization_id).exists()
    assert list(own_services(organization=network["staff"].organization_id)) == [network.service]
    assert not own_services(organization=network["staff elsewhere"].organization_id).exists()
