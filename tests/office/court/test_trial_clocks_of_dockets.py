"""Each docket's trial clock as a page shows it: the days of its rule, the waiver, and the run date on return."""

import datetime as dt

import pytest

from instead.office.accounts.doers import staff
from instead.office.court import actions as court
from instead.office.court.trial_clocks import docket_clock
from instead.office.errors import Refused
from support.journey import DAY, Journey

pytestmark = pytest.mark.django_db
MC, CP = "MC-51-CR-0000001-2019", "CP-51-CR-0000002-2019"
FIRST = dt.date(2019, 5, 4)


@pytest.fixture
def journey(tmp_path):
    return Journey(tmp_path)


def clock(journey, docket):
    docket.refresh_from_db()
    return docket_clock(docket, list(journey.case.waivers.all()), journey.at)


def opened(journey, number, counts_from=FIRST):
    doer = staff(journey.people.prosecutor)
    return court.open_docket(journey.case.id, number, counts_from=counts_from, doer=doer, at=journey.at)


def test_municipal_court_has_180_days_and_common_pleas_365(journey):
    mc, cp = opened(journey, MC), opened(journey, CP)
    journey.later(10)
    assert (clock(journey, mc).rule, clock(journey, mc).days) == ("Pa.R.Crim.P. 1013", 180)
    assert (clock(journey, cp).rule, clock(journey, cp).days) == ("Pa.R.Crim.P. 600", 365)
    assert clock(journey, mc).used == 10 and clock(journey, mc).left == 170
    assert clock(journey, mc).run_date == FIRST + 180 * DAY == clock(journey, mc).on_return


def test_nobody_knows_the_run_date_of_a_docket_without_a_first_day(journey):
    found = clock(journey, opened(journey, MC, None))
    assert not found.known and found.run_date is None and not found.held and not found.passed


def test_a_waiver_holds_the_clock_until_the_case_returns(journey):
    docket = opened(journey, MC)
    journey.later(10).accepted().later(30)
    found = clock(journey, docket)
    assert found.held and found.used == 10
    assert found.on_return == FIRST + 210 * DAY and found.left == 170


def test_a_run_date_that_has_passed_is_said(journey):
    docket = opened(journey, MC)
    journey.later(181)
    assert clock(journey, docket).passed and clock(journey, docket).left == -1


def test_a_docket_ordered_down_has_the_later_date(journey):
    docket = opened(journey, MC)
    journey.later(170)
    court.count_from(
        docket.id, FIRST, ordered_down_on=journey.today, doer=staff(journey.people.prosecutor), at=journey.at
    )
    found = clock(journey, docket)
    assert (found.days, found.counts_from, found.run_date) == (60, journey.today, journey.today + 60 * DAY)


def test_the_first_day_is_said_later_and_written_in_the_ledger(journey):
    docket = opened(journey, CP, None)
    doer = staff(journey.people.prosecutor)
    court.count_from(docket.id, FIRST, doer=doer, at=journey.at)
    assert clock(journey, docket).known


@pytest.mark.parametrize(
    ("number", "first", "down", "said"),
    [
        (MC, FIRST + 9 * DAY, None, "has not come yet"),
        (CP, FIRST, FIRST, "only a docket in Municipal Court"),
        (MC, None, FIRST, "give that day as well"),
        (MC, FIRST, FIRST - DAY, "give that day as well"),
    ],
)
def test_a_day_that_cannot_be_is_refused(journey, number, first, down, said):
    docket = opened(journey, number)
    with pytest.raises(Refused, match=said):
        court.count_from(docket.id, first, ordered_down_on=down, doer=staff(journey.people.prosecutor), at=journey.at)


def test_a_docket_does_not_count_from_a_day_to_come(journey):
    with pytest.raises(Refused, match="has not come yet"):
        opened(journey, MC, journey.today + DAY)
