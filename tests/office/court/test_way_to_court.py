"""How somebody gets to court is planned before the day; the day stays open until it is said what became of it."""

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff
from instead.office.court import actions as court
from instead.office.court.models import Listing
from instead.office.errors import Refused
from instead.office.tasks.models import Task
from support.journey import DAY, Journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(tmp_path):
    journey = Journey(tmp_path).accepted()
    office = staff(journey.people.prosecutor)
    found = court.list_hearing(journey.docket().id, journey.at + 3 * DAY, doer=office, at=journey.at)
    return journey, found


def test_the_way_is_planned_and_the_day_stays_open(listing):
    journey, day = listing
    doer = staff(journey.people.coordinator)
    court.plan_way_there(day.id, "Ms. Reyes drives", doer=doer, at=journey.at)
    assert Task.objects.filter(kind="listing", done_at=None).count() == 1
    journey.later(4)
    settled = court.settle_listing(day.id, Listing.State.APPEARED, doer=doer, at=journey.at)
    assert settled.way_there == "Ms. Reyes drives" and not Task.objects.filter(kind="listing", done_at=None)
    with pytest.raises(Refused, match="already"):
        court.plan_way_there(day.id, "by bus", doer=doer, at=journey.at)


def test_an_empty_way_and_a_clinic_are_refused(listing):
    journey, day = listing
    with pytest.raises(Refused, match="how the person gets there"):
        court.plan_way_there(day.id, "  ", doer=staff(journey.people.coordinator), at=journey.at)
    with pytest.raises(PermissionDenied):
        court.plan_way_there(day.id, "by bus", doer=staff(journey.people.provider), at=journey.at)
