"""All measures of this office's own side, for one cohort, at one moment.

They are those of "Measuring for Results" (NIC and NAPSA) as far as this office's records hold them. Nothing here looks
at the health side: of treatment these numbers know what the office was told by a consent.
"""

from __future__ import annotations

import datetime as dt

from instead.office.numbers import (
    measures_again,
    measures_ends,
    measures_groups,
    measures_screening,
    measures_success,
    measures_times,
)
from instead.office.numbers.again import count_people, without_number
from instead.office.numbers.arrests import count_arrests
from instead.office.numbers.blocks import Section
from instead.office.numbers.cohort import Cohort
from instead.office.numbers.offers_made import count_offers


def measures(cohort: Cohort, at: dt.datetime) -> list[Section]:
    """Every measure, in the order of a page."""
    arrests, offers, people = count_arrests(cohort), count_offers(cohort, at), count_people(cohort, at)
    screening, success, ends = measures_screening, measures_success, measures_ends
    return [
        Section("way", "The whole way", (screening.from_arrest_to_withdrawal(arrests, offers, cohort.merged),)),
        Section("screening", "Screening", (screening.said_and_taken(arrests), screening.reasons_for_overrides(cohort))),
        Section("placement", "Placement", (success.offers_by_version(offers), screening.never_offered(arrests))),
        Section("success", "Success", (success.success(offers), success.after_yes(offers))),
        Section("compliance", "Compliance", (ends.proofs(cohort), ends.days_in_court(cohort))),
        Section("response", "Response", (ends.second_looks(ends.count_looks(cohort)),)),
        Section("exits", "Exits", (ends.ends(arrests), ends.withdrawals(cohort))),
        Section(
            "safety",
            "Safety, and after the programme",
            (measures_again.meanwhile(people), measures_again.arrested_again(people, without_number(cohort))),
        ),
        Section("time", "Time", (measures_times.times(cohort), measures_times.unfinished_by_age(cohort, at))),
        Section("groups", "By race, sex and age", tuple(measures_groups.by_group(arrests, offers))),
    ]
