"""What was found and what it weighs; what is not listed is not thereby absent."""

import pytest

from support.court_files import nibrs, report, reports_csv, reports_jsonl
from support.import_cases import cases_of, noted, one, vocabulary


def found(tmp_path, drugs, *names, **more):
    return one(reports_jsonl(tmp_path, [report(1, drugs=drugs, **more)]), "arrest-reports", *names)


def line(drug="heroin", weight="0.4", unit="g", by="officer"):
    return (drug, weight, unit, by)


def louisiana(tmp_path, *drugs):
    return nibrs(tmp_path, [("1", "35A", "P")], drugs)


def test_a_drug_listed_is_found(tmp_path):
    assert found(tmp_path, [line()], "heroin_found", "drug_mg", drugs_complete=False) == (True, None)


@pytest.mark.parametrize("complete", [None, False, "", "unknown"])
def test_a_drug_not_listed_is_not_thereby_absent(tmp_path, complete):
    names = ("fentanyl_found", "cannabis_found", "cannabis_mg", "hashish_mg", "drug_mg")
    assert found(tmp_path, [line()], *names, drugs_complete=complete) == (None,) * 5


def test_a_complete_list_says_what_is_absent(tmp_path):
    names = ("fentanyl_found", "cannabis_found", "cannabis_mg", "drug_mg")
    assert found(tmp_path, [line()], *names) == (False, False, 0, 400)


def test_a_complete_and_empty_list_says_that_nothing_was_found(tmp_path):
    data = reports_jsonl(tmp_path, [report(1, drugs=[]), report(2, drugs=[line()])])
    frame = cases_of(data, "arrest-reports").facts.collect()
    assert frame.select("heroin_found", "cannabis_mg", "drug_mg").row(0) == (False, 0, 0)


@pytest.mark.parametrize("missing", [{"drugs": None}, {}])
def test_a_list_that_is_not_there_is_no_empty_list(tmp_path, missing):
    record = {key: value for key, value in report(1).items() if key != "drugs"} | missing
    data = reports_jsonl(tmp_path, [record, report(2, drugs=[line()])])
    assert cases_of(data, "arrest-reports").facts.collect()["heroin_found"][0] is None


def test_a_drug_of_unknown_name_may_be_any_drug(tmp_path):
    names = ("fentanyl_found", "cannabis_found", "cannabis_mg", "drug_mg")
    assert found(tmp_path, [line("unknown")], *names) == (None,) * 4


@pytest.mark.parametrize("word", ["heroine", "", None, "???"])
def test_a_word_that_the_map_does_not_know_may_be_any_drug_and_is_counted(tmp_path, word):
    cases = cases_of(reports_jsonl(tmp_path, [report(1, drugs=[line(word)])]), "arrest-reports")
    assert cases.facts.collect().select("heroin_found", "drug_mg").row(0) == (None, None)
    assert noted(cases, "drug") == 1


@pytest.mark.parametrize("item", ["heroin", 5, {}, []])
def test_an_item_that_is_no_object_may_be_any_drug(tmp_path, item):
    assert found(tmp_path, [line("marijuana", "5"), item], "heroin_found", "drug_mg") == (None, None)


def test_a_torn_row_makes_a_list_incomplete(tmp_path):
    reports_csv(tmp_path, [report(1, drugs=[line("marijuana", "5")])])
    with (tmp_path / "arrest_drugs.csv").open("a") as file:
        file.write("R1,heroin,9\n")
    assert one(tmp_path, "arrest-reports", "heroin_found", "drug_mg") == (None, None)


def test_capitals_do_not_matter(tmp_path):
    assert found(tmp_path, [line("HEROIN")], "heroin_found", "drug_mg") == (True, 400)


@pytest.mark.parametrize(
    "weight", [None, "", "0", "0.0", "some", "-1", "1e12", "NaN", "Infinity", "-Infinity", "sNaN", "1,5"]
)
def test_found_and_not_weighed(tmp_path, weight):
    names = ("cannabis_found", "cannabis_mg")
    assert found(tmp_path, [line("marijuana", weight)], *names) == (True, None)


@pytest.mark.parametrize("weight", ["1e999999", "1e-999999", "9" * 5000, "0." + "0" * 5000 + "1"])
def test_an_absurd_number_is_answered_at_once(tmp_path, weight):
    assert found(tmp_path, [line("marijuana", weight)], "cannabis_found") is True


@pytest.mark.parametrize("unit", ["packets", "pills", None, "", "grams", "G", "kilo"])
def test_a_unit_without_mass_gives_no_weight(tmp_path, unit):
    assert found(tmp_path, [line("heroin", "5", unit)], "heroin_found", "drug_mg") == (True, None)


@pytest.mark.parametrize(
    ("weight", "unit", "mg"),
    [
        ("30", "g", 30_000),
        ("29.9994", "g", 29_999),
        ("29.9995", "g", 30_000),
        ("1", "oz", 28_350),
        ("0.5", "mg", 1),
        ("0.001", "kg", 1_000),
        (0.4, "g", 400),
        (2, "g", 2_000),
    ],
)
def test_weights_are_exact_and_rounded_half_up(tmp_path, weight, unit, mg):
    assert found(tmp_path, [line("marijuana", weight, unit)], "cannabis_mg") == mg


def test_lines_of_one_drug_are_added(tmp_path):
    assert found(tmp_path, [line("marijuana", "20"), line("marijuana", "10.5")], "cannabis_mg") == 30_500


def test_one_line_that_is_not_weighed_makes_the_sum_unknown(tmp_path):
    assert found(tmp_path, [line(), line("cocaine", None)], "drug_mg", "cocaine_found") == (None, True)


def test_marijuana_and_hashish_are_no_part_of_the_other_weight(tmp_path):
    drugs = [line("marijuana", "20"), line("hashish", "3"), line("crack", "1")]
    assert found(tmp_path, drugs, "cannabis_mg", "hashish_mg", "drug_mg") == (20_000, 3_000, 1_000)


def test_a_sum_outside_the_domain_is_unknown_and_counted(tmp_path):
    drugs = [line("marijuana", "9000", "kg")] * 3
    cases = cases_of(reports_jsonl(tmp_path, [report(1, drugs=drugs)]), "arrest-reports")
    assert cases.facts.collect()["cannabis_mg"].to_list() == [None]
    assert noted(cases, "cannabis_mg") == 1


def test_how_the_drug_is_known_where_the_lines_agree(tmp_path):
    assert found(tmp_path, [line(), line(by="officer")], "drug_known_by") == "officer"


def test_how_the_drug_is_known_where_they_do_not(tmp_path):
    assert found(tmp_path, [line(), line(by="laboratory")], "drug_known_by") is None


@pytest.mark.parametrize("by", ["lab", "LABORATORY", "hearsay"])
def test_another_word_for_how_it_is_known_is_unknown_and_counted(tmp_path, by):
    cases = cases_of(reports_jsonl(tmp_path, [report(1, drugs=[line(by=by)])]), "arrest-reports")
    assert cases.facts.collect()["drug_known_by"].to_list() == [None]
    assert noted(cases, "drug_known_by") == 1


def test_the_quantities_of_2015_are_corrected_and_counted(tmp_path):
    rows = [("2015", "1", "20000.0", "GM", "Marijuana", "2015-01-02 00:00:00")]
    cases = cases_of(louisiana(tmp_path, *rows), "nibrs-louisiana")
    assert cases.facts.collect()["cannabis_mg"].to_list() == [20_000]
    assert any("corrected" in reason and n == 1 for (_, reason), n in cases.notes.counts.items())


def test_another_year_is_not_corrected(tmp_path):
    data = louisiana(tmp_path, ("2016", "1", "20", "GM", "Marijuana", "2016-01-02 00:00:00"))
    assert one(data, "nibrs-louisiana", "cannabis_mg") == 20_000


def test_unit_xx_has_no_mass_although_it_carries_a_number(tmp_path):
    data = louisiana(tmp_path, ("2016", "1", "20", "XX", "Marijuana", ""))
    assert one(data, "nibrs-louisiana", "cannabis_found", "cannabis_mg") == (True, None)


@pytest.mark.parametrize("word", ["Other Narcotics", "Other Drugs", "Unknown"])
def test_words_that_may_hide_fentanyl(tmp_path, word):
    data = louisiana(tmp_path, ("2016", "1", "1", "GM", word, ""))
    assert one(data, "nibrs-louisiana", "fentanyl_found", assume=True) is None


def test_dosage_units_are_no_weight(tmp_path):
    cases = cases_of(louisiana(tmp_path, ("2016", "1", "2", "DU", "Heroin", "")), "nibrs-louisiana")
    assert any("DU" in reason for _, reason in cases.notes.counts)


def test_every_fact_of_the_drugs_is_in_the_vocabulary(tmp_path):
    frame = cases_of(reports_jsonl(tmp_path, [report(1, drugs=[line()])]), "arrest-reports").facts.collect()
    assert all(name == "case_id" or name in vocabulary() for name in frame.columns)
