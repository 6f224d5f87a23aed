"""Strong Kleene "or" and "and" over the charges, with charges that nobody can read."""

import itertools

import pytest

from instead.facts.charged import facts_from_kinds
from support.court_files import (
    A16,
    A30,
    A31,
    A32,
    OFFENSE_COLUMNS,
    cook,
    cpcms,
    delimited,
    docket,
    nibrs,
    offense,
    report,
    reports_csv,
    reports_jsonl,
)
from support.import_cases import cases_of, one, vocabulary

UNKNOWN = "35 § 780-113 §§ A99"
KINDS = {
    A16: frozenset({"possession"}),
    A30: frozenset({"delivery", "intent_to_deliver"}),
    A32: frozenset({"paraphernalia"}),
    A31: frozenset({"small_amount_cannabis"}),
    UNKNOWN: None,
}


def charged(tmp_path, charges, *names, **more):
    return one(reports_jsonl(tmp_path, [report(1, charges=charges, **more)]), "arrest-reports", *names)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_import_agrees_with_the_definition_on_every_short_list(tmp_path, size):
    lists = list(itertools.combinations_with_replacement(KINDS, size))
    reports = [report(n, charges=charges) for n, charges in enumerate(lists, 1)]
    frame = cases_of(reports_jsonl(tmp_path, reports), "arrest-reports").facts.collect()
    expected = [facts_from_kinds([KINDS[c] for c in charges], vocabulary()) for charges in lists]
    for name in expected[0]:
        found = [None if value is None else int(value) for value in frame[name]]
        assert found == [facts[name] for facts in expected], name


def test_an_unknown_statute_leaves_what_is_true_true(tmp_path):
    assert charged(tmp_path, [A16, UNKNOWN], "possession_charged", "delivery_charged") == (True, None)


def test_an_unknown_statute_beside_possession_may_be_anything(tmp_path):
    assert charged(tmp_path, [A16, UNKNOWN], "possession_only") is None


def test_an_unknown_statute_beside_dealing_cannot_be_possession_only(tmp_path):
    assert charged(tmp_path, [A16, A30, UNKNOWN], "possession_only") is False


def test_an_unknown_statute_alone_is_never_other(tmp_path):
    assert charged(tmp_path, [UNKNOWN], "other_charged", "possession_only", "violent_charged") == (None, None, None)


@pytest.mark.parametrize("charges", [[], None])
def test_without_charges_nothing_is_known(tmp_path, charges):
    data = reports_jsonl(tmp_path, [report(1) | {"charges": charges}, report(2)])
    frame = cases_of(data, "arrest-reports").facts.collect()
    assert frame.select("possession_charged", "possession_only", "other_charged").row(0) == (None, None, None)


def test_a_file_in_which_no_report_has_a_charge_or_a_drug_is_read(tmp_path):
    assert charged(tmp_path, [], "possession_charged", "heroin_found", drugs=[]) == (None, False)


@pytest.mark.parametrize(
    "item", ["A16", 5, True, [], [A16], {}, {"citation": None}, {"citation": " "}, {"statute": A16}]
)
def test_an_item_that_names_no_statute_is_one_charge_of_unknown_kind(tmp_path, item):
    charges = [A16, item]
    found = one(
        reports_jsonl(
            tmp_path, [report(1) | {"charges": [{"citation": c, "grade": "M"} if c == A16 else c for c in charges]}]
        ),
        "arrest-reports",
        "possession_charged",
        "delivery_charged",
        "possession_only",
    )
    assert found == (True, None, None)


def test_a_torn_row_in_a_csv_is_one_charge_of_unknown_kind(tmp_path):
    reports_csv(tmp_path, [report(1)])
    with (tmp_path / "arrest_charges.csv").open("a") as file:
        file.write("R1,35 § 780-113 §§ A30\n")
    assert one(tmp_path, "arrest-reports", "possession_only", "delivery_charged") == (None, None)


@pytest.mark.parametrize(
    "row",
    [
        "U9999999|2|35|780-113",
        "U9999999|2|35|780-113|A30|words|01/09/2019|F|more",
        "U9999999|2|||||01/09/2019|F",
        "U9999999|2|35|780-113|A99|words|01/09/2019|F",
        "U9999999|2|35|780-113|A30|words with a | bar|01/09/2019|F",
    ],
)
def test_a_torn_row_of_the_court_is_one_charge_of_unknown_kind(tmp_path, row):
    data = cpcms(tmp_path, [docket("MC-1", "U9999999")], [offense("U9999999", "A16"), row])
    names = ("possession_charged", "possession_only", "delivery_charged")
    assert one(data, "pennsylvania-courts", *names) == (True, None, None)


@pytest.mark.parametrize("row", ["U9999999|2|35|780-113", "U9999999|2|||||01/09/2019|"])
def test_the_grade_of_a_row_that_was_set_aside_is_unknown(tmp_path, row):
    data = cpcms(tmp_path, [docket("MC-1", "U9999999")], [offense("U9999999", "A16"), row])
    assert one(data, "pennsylvania-courts", "felony_charged", "grade_mismatch") == (None, None)


@pytest.mark.parametrize(
    "row",
    [
        'U9999999|2|35|780-113|A30|"words|01/09/2019|F',
        'U9999999|2|35|780-113|A30|"words" and|01/09/2019|F',
        'U9999999|2|35|780-113|"A30|words|01/09/2019|F',
    ],
)
def test_a_quote_that_is_never_closed_hides_no_charge(tmp_path, row):
    later = offense("U9999999", "A30", 3, grade="F")
    data = cpcms(tmp_path, [docket("MC-1", "U9999999")], [offense("U9999999", "A16"), row, later])
    assert one(data, "pennsylvania-courts", "possession_only") is not True


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_after_it(tmp_path):
    rows = [offense("U9999999", "A16", n) for n in range(1, 6)]
    torn = 'U9999999|9|35|780-113|A30|"words|01/09/2019|F'
    cases = cases_of(cpcms(tmp_path, [docket("MC-1", "U9999999")], [*rows[:2], torn, *rows[2:]]), "pennsylvania-courts")
    assert cases.files[1].rows_in == 6


def test_a_case_whose_only_charge_row_is_torn_has_a_charge_of_unknown_kind(tmp_path):
    data = cpcms(tmp_path, [docket("MC-1", "U9999999")], ["U9999999|2|35"])
    assert one(data, "pennsylvania-courts", "possession_charged", "other_charged") == (None, None)


def test_where_only_the_primary_charge_is_named_the_rest_is_unknown(tmp_path):
    data = cook(tmp_path, [("1", "1", "01/01/2019", "", "720 ILCS 570/402(c)")])
    names = ("possession_charged", "possession_only", "violent_charged", "felony_charged")
    assert one(data, "cook-diversion", *names) == (True, None, None, None)


def test_where_the_primary_charge_is_dealing_possession_only_is_false(tmp_path):
    data = cook(tmp_path, [("1", "1", "01/01/2019", "", "720 ILCS 570/401(d)")])
    assert one(data, "cook-diversion", "possession_only") is False


def test_every_part_of_a_column_of_codes_is_a_charge(tmp_path):
    data = nibrs(tmp_path, [("1", "35A|35B|13A", "PU")])
    names = ("possession_charged", "paraphernalia_charged", "violent_charged", "possession_only")
    assert one(data, "nibrs-louisiana", *names) == (True, True, True, False)


@pytest.mark.parametrize(("acts", "expected"), [("P", True), ("UP", True), ("", None), ("Q", None), ("PD", False)])
def test_activity_letters_decide_the_kind(tmp_path, acts, expected):
    assert one(nibrs(tmp_path, [("1", "35A", acts)]), "nibrs-louisiana", "possession_only") is expected


def test_an_empty_part_of_a_column_of_codes_is_a_charge_of_unknown_kind(tmp_path):
    assert one(nibrs(tmp_path, [("1", "35A|", "P")]), "nibrs-louisiana", "possession_only") is None


@pytest.mark.parametrize(
    ("grade", "felony", "mismatch"), [("M", False, False), ("F", True, True), ("", None, False), ("ZZ", None, None)]
)
def test_grades(tmp_path, grade, felony, mismatch):
    data = cpcms(tmp_path, [docket("MC-1", "U9999999")], [offense("U9999999", "A16", grade=grade)])
    assert one(data, "pennsylvania-courts", "felony_charged", "grade_mismatch") == (felony, mismatch)


def test_every_unknown_charge_is_counted_with_its_reason(tmp_path):
    cases = cases_of(reports_jsonl(tmp_path, [report(1, charges=["Own § 1", "Own § 2", "scribble"])]), "arrest-reports")
    counts = {reason: n for (fact, reason), n in cases.notes.counts.items() if fact == "charge of unknown kind"}
    assert counts == {"not in the statute book": 2, "not written as a citation": 1}


def test_a_court_file_without_subsections_is_not_possession(tmp_path):
    header = [name for name in OFFENSE_COLUMNS if name != "SubSection"]
    cpcms(tmp_path, [docket("MC-1", "U9999999")], [])
    delimited(tmp_path / "CPCMS_OffenseData.csv", header, [])
    with pytest.raises(Exception, match="SubSection"):
        cases_of(tmp_path, "pennsylvania-courts")


@pytest.mark.parametrize("date", ["01/01/1901", "01/01/2099", "01/01/0015", "soon", ""])
def test_a_date_that_cannot_be_does_not_decide_which_law_was_in_force(tmp_path, date):
    data = cook(tmp_path, [("1", "1", date, "", "720 ILCS 550/4(c)")])
    names = ("small_amount_cannabis_charged", "possession_charged")
    assert one(data, "cook-diversion", *names) == (None, None)
