"""Every number of the synthetic city, with where it comes from.

Sources: "sources" is docs/sources.md (section after the sign); "dashboard" is
the Philadelphia District Attorney's public dashboard, sums of its daily counts from 2018-07-01 to 2019-12-31;
"made up" is a plausible guess that no source gives, free to change.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from instead.synth.dice import Table

GENERATOR_VERSION: Final = "1"  # goes up whenever the same seed gives other files
LARGEST_CITY: Final = 500_000  # arrests; offense tracking numbers have six digits

# ---------------------------------------------------------------- when and where
FIRST_DAY: Final = date(2018, 7, 1)
LAST_DAY: Final = date(2019, 12, 31)
EXTRACT_DAY: Final = date(2020, 2, 29)  # what courts, laboratory and clinics know; before the courts closed in 2020
MONTHLY_WEIGHT: Final = {2018: 6_361, 2019: 6_041}  # sources §1, possession arrests a year
DISTRICTS: Final = Table((("24", 58), ("25", 42)))  # police districts of Kensington; made up
WEEKDAYS: Final = (13, 16, 17, 17, 16, 12, 9)  # Monday first; made up
HOURS: Final = Table(  # made up: few at dawn, most from late morning to midnight
    tuple(zip(range(24), (3, 2, 2, 1, 1, 1, 2, 3, 4, 6, 7, 7, 6, 6, 6, 6, 6, 7, 7, 7, 6, 5, 5, 4), strict=True))
)
TOGETHER: Final = Table(((1, 93), (2, 6), (3, 1)))  # people arrested in one event; made up
ARRAIGNED_AFTER_HOURS: Final = (8, 20)  # sources §1: charges around the clock; hours made up
OFFENSE_EARLIER: Final = 0.02  # made up
OFFENSE_EARLIER_DAYS: Final = (1, 40)
BOOKED: Final[Table[bool | None]] = Table(((True, 970), (False, 20), (None, 10)))  # made up
NUMBER_GAP: Final = (1, 4)  # docket and DC numbers jump, since the rest of the city uses them too; made up

# ---------------------------------------------------------------- what people are arrested for
# Counts of the whole city in eighteen months; 20,000 arrests are the city in full size.
# Possession first: 6,361 / 2 + 6,041 = 9,222 arrests (sources §1). Sales: 8,910 cases (dashboard). Split: made up.
KINDS: Final = Table(
    (
        ("possession", 5_230),
        ("possession_paraphernalia", 2_000),
        ("paraphernalia", 420),
        ("cannabis", 380),
        ("cannabis_paraphernalia", 90),
        ("purchase", 500),
        ("possession_with_other", 602),
        ("delivery", 8_290),
        ("delivery_alone", 400),
        ("delivery_weapon", 210),
        ("drug_death", 10),
        ("small_distribution", 60),
        ("fraud", 130),
        ("paraphernalia_delivery", 60),
        ("dui", 500),
        ("assault", 260),
        ("weapon", 300),
        ("theft", 300),
        ("robbery", 40),
        ("no_drug", 218),
    )
)
POSSESSION_KINDS: Final = KINDS.values[:7]  # what the dashboard counts as drug possession
SALES_KINDS: Final = KINDS.values[7:11]
FULL_SIZE: Final = KINDS.total

# ---------------------------------------------------------------- citations and grades
WRONG_FELONY_A16: Final = 9_824 / 380_170  # sources §4: 2.6 %
WRONG_MISDEMEANOR_A30: Final = 3_584 / 321_971  # sources §4: 1.1 %
BLANK_GRADE: Final = 0.01  # sources §4 lists blank grades; share made up
CITATION_STYLES: Final = Table((("docket", 62), ("star", 6), ("code", 14), ("mixed_case", 12), ("tight", 6)))  # made up
UNKNOWN_STATUTE: Final = 0.013  # of reports; made up
MISSPELT: Final = 0.6  # of those: a known section with its digits swapped
UNKNOWN_STATUTE_COURT: Final = 0.004  # of dockets; made up

# ---------------------------------------------------------------- what officers leave blank (all made up)
NO_CALL_ANSWER: Final = 0.028
NO_STAYED_ANSWER: Final = 0.08  # in overdoses
NO_OVERDOSED_ANSWER: Final = 0.05
NO_SALE_ANSWER: Final = 0.02
NO_EXPLOITATION_ANSWER: Final = 0.02
NO_STRIPS_ANSWER: Final = 0.015
NO_WEIGHT: Final = 0.14
NO_BIRTH_DATE: Final = 0.012
NO_PID: Final = 0.025
WRONG_PID: Final = 0.004
NO_HISTORY: Final = 0.02
NO_HISTORY_NUMBER: Final = 0.015
NARRATIVE_TELLS: Final = 0.55  # share of blank fields that the narrative answers
ALL_LISTED: Final[Table[bool | None]] = Table(((True, 86), (False, 5), (None, 9)))

# ---------------------------------------------------------------- the scene (made up unless said)
OVERDOSE: Final = {"possession": 0.018, "possession_paraphernalia": 0.025, "paraphernalia": 0.02, "delivery": 0.001}
STAYED: Final = 0.82
PERSON_OVERDOSED: Final = 0.6
STRIPS_ONLY: Final = {"paraphernalia": 0.05, "possession_paraphernalia": 0.006}
SALE_SEEN: Final = {"delivery": 0.6, "delivery_alone": 0.7, "delivery_weapon": 0.35, "purchase": 0.85}
SALE_SEEN_OTHERWISE: Final = 0.008
EXPLOITATION: Final = 0.008  # of sales cases

# ---------------------------------------------------------------- drugs (mix made up after sources §1 and §4)
CONTROLLED: Final = Table(
    (
        ("heroin", 38),
        ("fentanyl", 14),
        ("crack", 16),
        ("cocaine", 9),
        ("methamphetamine", 4),
        ("pills", 9),
        ("k2", 5),
        ("unknown", 3),
        ("other", 2),
    )
)
CANNABIS: Final = Table((("marijuana", 96), ("hashish", 4)))
HOW_MANY_DRUGS: Final = Table(((1, 83), (2, 14), (3, 3)))
RESIDUE: Final = 0.2  # paraphernalia with a listed residue
KNOWN_BY: Final = Table((("field_test", 70), ("officer", 27), ("laboratory", 3)))
PACKET_MG: Final = 69  # sources §4: 17 balloons held 1.17 g
IN_PACKETS: Final = 0.3
IN_PILLS: Final = 0.85
IN_MG: Final = 0.1
IN_OUNCES: Final = 0.15
PERSONAL_MG: Final = Table(  # sources §2: LEAD's line is 3 g
    (
        ((10, 99), 20),
        ((100, 499), 35),
        ((500, 1_499), 25),
        ((1_500, 2_999), 12),
        ((3_000, 7_999), 6),
        ((8_000, 20_000), 2),
    )
)
SALES_MG: Final = Table(
    (((200, 999), 15), ((1_000, 4_999), 35), ((5_000, 19_999), 30), ((20_000, 99_999), 16), ((100_000, 1_200_000), 4))
)
MARIJUANA_MG: Final = Table(  # sources §4: 30 g is the line
    (((300, 2_999), 45), ((3_000, 9_999), 30), ((10_000, 30_000), 22), ((30_001, 45_000), 3))
)
HASHISH_MG: Final = Table((((100, 8_000), 97), ((8_001, 12_000), 3)))  # sources §4: 8 g is the line
PILL_MG: Final = 325  # made up
MORE_PILLS_EVERY_MG: Final = 2_000  # larger finds have more pills, up to a limit; made up
MORE_PILLS_AT_MOST: Final = 20
PILLS: Final = Table((((1, 5), 60), ((6, 15), 30), ((16, 60), 10)))
FELONY_POUND_MG: Final = 453_592
KILOGRAM_MG: Final = 1_000_000

# ---------------------------------------------------------------- people (made up unless said)
ARRESTED_AGAIN: Final = 0.28
SEX: Final = Table((("M", 74), ("F", 26)))
RACE: Final = Table((("W", 44), ("B", 30), ("H", 22), ("A", 2), ("U", 2)))
AGES: Final = Table((((16, 17), 3), ((18, 24), 140), ((25, 34), 350), ((35, 44), 270), ((45, 54), 150), ((55, 71), 87)))
HOUSING: Final[Table[str | None]] = Table((("housed", 55), ("none", 30), ("shelter", 8), (None, 7)))
NO_PHONE: Final = {"housed": 0.08, "none": 0.45, "shelter": 0.3}
DEAD_PHONE: Final = {"housed": 0.15, "none": 0.45, "shelter": 0.35}  # sources §7: bad contact details
NEW_PHONE: Final = 0.4  # at the next arrest
OTHER_SPELLING: Final = 0.18
WRONG_BIRTH_DATE: Final = 0.015
STOLEN_IDENTITY: Final = 0.004
SAME_VICTIM: Final = 0.35  # sources §7: four people had used one man's identity

# ---------------------------------------------------------------- the record before the eighteen months (made up)
PAST_CASES: Final = Table((((0, 0), 36), ((1, 1), 16), ((2, 3), 20), ((4, 7), 17), ((8, 14), 8), ((15, 30), 3)))
PAST_CONVICTED: Final = 0.36
PAST_FELONY: Final = Table(((0, 60), (1, 20), (2, 12), (4, 8)))
PAST_VIOLENT: Final = 0.06  # of convictions
PAST_DIVERTED: Final = 0.1
PAST_POLICE_DIVERSIONS: Final = Table(((0, 88), (1, 9), (2, 3)))

# ---------------------------------------------------------------- court
FILED: Final = 0.985  # with unfiled marijuana, possession: 5,660 charged of 6,041 arrests in 2019 (sources §1)
FILED_CANNABIS: Final = 0.05  # sources §1: since February 2018 the office does not charge simple marijuana
# dismissed or withdrawn, diversion, convicted, acquitted, by year of disposition
POSSESSION_OUTCOMES: Final = {
    2018: Table((("withdrawn", 2_546), ("diversion", 1_929), ("convicted", 2_065), ("acquitted", 148))),  # sources §1
    2019: Table((("withdrawn", 2_580), ("diversion", 1_674), ("convicted", 1_049), ("acquitted", 88))),  # sources §1
}
SALES_OUTCOMES: Final = Table(  # dashboard, drug sales, outcomes of 2019
    (("withdrawn", 2_800), ("diversion", 392), ("convicted", 2_359), ("acquitted", 88))
)
OTHER_OUTCOMES: Final = Table((("withdrawn", 48), ("diversion", 9), ("convicted", 39), ("acquitted", 4)))  # made up
DAYS_TO_OUTCOME: Final = Table(  # made up; the Municipal Court's clock is 180 days (sources §4)
    (((21, 60), 22), ((61, 120), 30), ((121, 200), 26), ((201, 330), 14), ((331, 520), 8))
)
FELONY_EXTRA_DAYS: Final = (30, 120)
PRELIMINARY_AFTER_DAYS: Final = (15, 50)
ENDED_AT_PRELIMINARY: Final = 0.45  # of the felony cases that end without a finding; made up
REFILED: Final = 0.12  # of those that ended there; made up
REFILED_AFTER_DAYS: Final = (5, 40)
CP_LIST_DIFFERS: Final = 0.12  # MC and CP list another number of counts; made up
NO_OTN: Final = 0.006  # of dockets; made up
REFILED_NO_OTN: Final = 0.1  # of refiled dockets: only the originating docket joins them; made up
STRAY_OFFENSE: Final = 0.003  # offence rows whose OTN is on no docket; made up
OTHER_PERSON_ID: Final = 0.04  # one person, two numbers in court; made up
COURT_RACE_OF_LATINO: Final = Table((("White", 70), ("Unknown/Unreported", 30)))  # made up
OTN_SPACED: Final = 0.5  # `U 999999-9` against `U9999999` (sources §4)
WITHDRAWN_WORDS: Final = Table(
    (("Withdrawn", 46), ("Dismissed - LOP", 20), ("Nolle Prossed", 20), ("Dismissed", 12), ("Quashed", 2))
)
DIVERSION_WORDS: Final = Table((("ARD - County", 45), ("Diversionary Program", 40), ("Probation Without Verdict", 15)))
ALSO_CONVICTED: Final = 0.35  # counts beside the one pleaded to; made up
CONVICTED_WORDS: Final = Table(  # sources §1 counts plea and verdict together; split from the dashboard of 2019
    (("Guilty Plea - Negotiated", 50), ("Guilty Plea", 28), ("Nolo Contendere", 8), ("Guilty", 14))
)

# ---------------------------------------------------------------- laboratory
# sources §1: 37,000 orders were never answered; the share of all orders is not public, so half is made up.
NEVER_ANSWERED: Final = {"possession": 0.58, "sales": 0.35}
LABORATORY_DAYS: Final = Table((((4, 30), 18), ((31, 90), 42), ((91, 200), 40)))
FENTANYL_IN_HEROIN: Final = 0.4  # the laboratory finds fentanyl where the officer wrote heroin; made up
NOT_CONTROLLED: Final = 0.03
LABORATORY_DEVIATION: Final = (85, 108)  # per cent of the weight in the report: the officer weighed the bag too

# ---------------------------------------------------------------- listings and warrants
CONTINUED: Final = 0.55  # of listings that are not the last; made up
CP_FILED_AFTER_DAYS: Final = (5, 16)
LISTING_EVERY_DAYS: Final = (21, 60)
MISSED: Final = 0.058  # of listings; chosen so that 12.1 % of cases have a warrant (sources §7)
WARRANT_IF_MISSED: Final = 0.85  # the rest are excused; made up
WARRANT_DAYS: Final = Table((((1, 7), 35), ((8, 30), 35), ((31, 120), 30)))
WARRANT_STAYS_OPEN: Final = 0.35
CONTINUED_BECAUSE: Final = Table(
    (
        ("laboratory report not ready", 40),
        ("officer did not appear", 20),
        ("defense request", 20),
        ("court's calendar", 20),
    )
)

# ---------------------------------------------------------------- treatment
REFERRED: Final = 230 * 18 / 9_222  # sources §1: about 230 people a month; of possession arrests
ENROLLED: Final = 723 / 1_180  # sources §2, Oregon
COMPLETED: Final = 88 / 723  # sources §2, Oregon, of the enrolled
LEFT_WITHIN_DAYS: Final = 0.65  # sources §2, Kensington Wellness Court: nearly two thirds
ENGAGED: Final = 0.72  # of those enrolled who do not complete; made up
DAYS_TO_ENROL: Final = (0, 14)  # sources §3: same day to 14 days
DAYS_TO_ENGAGE: Final = (0, 35)  # sources §3: 35 days
DAYS_TO_COMPLETE: Final = (35, 120)
DAYS_LEFT_EARLY: Final = (1, 9)
DAYS_LEFT_LATER: Final = (10, 90)
NOT_ENROLLED_BECAUSE: Final = Table(
    (("not reached", 42), ("did not come", 30), ("declined", 14), ("no slot", 10), ("in custody", 4))
)
ENDED_BECAUSE: Final = Table(
    (
        ("left", 62),
        ("in custody", 14),
        ("moved to other care", 10),
        ("discharged by clinic", 9),
        ("moved away", 4),
        ("died", 1),
    )
)
CAPACITY_FLOOR: Final = 2
