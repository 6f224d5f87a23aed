"""The one module of this room that looks at both sides of the wall: it puts together what is published.

The office's own tables and totals of treatment stand side by side only in what the public sees: after every small count
is hidden, and every count from which one could be worked out. Nothing here returns a number that was not looked at in
that way, and no page of the office asks the health side for another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from instead.office.accounts.models import Organization
from instead.office.enrolments import measures as care
from instead.office.enrolments.models import Appointment
from instead.office.machines import REFERRAL
from instead.office.numbers.again import count_people
from instead.office.numbers.arrests import count_arrests
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.measures_ends import count_looks
from instead.office.numbers.offers_made import count_offers
from instead.office.numbers.public_tables import Counted, base_name, named, office_sums, office_tables
from instead.office.numbers.public_times import Time, office_times, shown
from instead.office.numbers.release import Published, Release, Sum, revised
from instead.office.numbers.suppress import suppress
from instead.office.numbers.tables import Dimension, Shape, Table, cell, table

WAYS: Final = "ways into treatment"
REFERRALS: Final = "questions to a provider whether there is a place"
APPOINTMENTS: Final = "appointments"
PLACES: Final = "places in this programme, as last reported"
_WAY: Final = Dimension("how far", care.WAYS, not_known=None)
_ANSWER: Final = Dimension("answer", tuple(state.title for state in REFERRAL.states), not_known=None)
_CAME: Final = Dimension("what came of it", tuple(state.label for state in Appointment.State), not_known=None)
_PLACE: Final = Dimension("places", (care.TAKEN, care.FREE), not_known=None)


@dataclass(frozen=True, slots=True)
class ToPublish:
    """What may be published: the tables with what is shown of them, and how long things take."""

    published: Published
    times: tuple[Time, ...]


def to_publish(
    office: Organization, until: dt.date, at: dt.datetime, earlier: Sequence[tuple[dt.date, Published]]
) -> ToPublish:
    """Everything for the public, counted at this moment for all who came in up to a day.

    Raises ``ValueError`` where the counts contradict what was published, or nothing could hide a small one any more.
    """
    cohort = Cohort(office, last=until)
    tables = (*_own(cohort, until, at), *_treatment(until))
    sums = (*office_sums(until, tables), *_since(tables, until, earlier))
    published = suppress(Release(tables, sums), earlier=[before for _, before in earlier])
    return ToPublish(published, tuple(office_times(cohort, published, until)) + tuple(_care_times(published, until)))


def _own(cohort: Cohort, until: dt.date, at: dt.datetime) -> tuple[Table, ...]:
    arrests, offers = count_arrests(cohort), count_offers(cohort, at)
    return office_tables(Counted(until, arrests, offers, count_people(cohort, at), count_looks(cohort)))


def _treatment(until: dt.date) -> Iterable[Table]:
    """Totals of the health side. No people are told apart in them."""
    ways = care.Ways(last=until)
    found: tuple[tuple[str, str, Dimension, Mapping[str, int]], ...] = (
        ("How far the ways into treatment came", WAYS, _WAY, care.count_ways(ways)),
        ("Answers of providers", REFERRALS, _ANSWER, care.count_referrals(ways)),
        ("Appointments", APPOINTMENTS, _CAME, care.count_appointments(ways)),
        ("Places", PLACES, _PLACE, care.count_places()),
    )
    for title, population, dimension, counts in found:
        yield table(
            title, named(population, until), (dimension,), {(member,): count for member, count in counts.items()}
        )


def _since(tables: Sequence[Table], until: dt.date, earlier: Sequence[tuple[dt.date, Published]]) -> Iterable[Sum]:
    """What lies between this release and each earlier one: everybody can subtract the two."""
    shapes = [one.shape for one in tables]
    now = {base_name(shape.population) for shape in shapes}
    for day, before in earlier:
        both: list[Shape] = [*shapes, *before.shapes]
        for base in sorted(now & {base_name(shape.population) for shape in before.shapes}):
            yield from revised(named(base, day), named(base, until), both)


def _care_times(published: Published, until: dt.date) -> Iterable[Time]:
    begun = [cell(named(WAYS, until), {_WAY.name: care.BEGUN})]
    return shown(
        "the way into treatment began → treatment began",
        care.time_to_treatment(care.Ways(last=until)),
        begun,
        published,
    )
