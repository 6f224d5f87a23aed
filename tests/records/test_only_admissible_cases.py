"""Whatever is charged, the import makes possible cases only; impossible rows of a table are set aside."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instead.records.admissible_rows import broken_constraints
from support.court_files import bail, report, reports_jsonl
from support.import_cases import assert_every_row_is_in_one_account, cases_of, facts_of, vocabulary

CITATIONS = [
    "35 § 780-113 §§ A16",
    "35 § 780-113 §§ A19",
    "35 § 780-113 §§ A30",
    "35 § 780-113 §§ A31I",
    "35 § 780-113 §§ A32",
    "35 § 780-113 §§ A33",
    "18 § 2506",
    "18 § 2702 §§ A1",
    "18 § 6106",
    "18 § 3929",
    "75 § 3802",
    "18 § 5503",
    "35 § 780-113 §§ A99",
    "scribble",
    None,
]
_LISTS = st.lists(
    st.lists(
        st.fixed_dictionaries({"citation": st.sampled_from(CITATIONS), "grade": st.sampled_from(["M", "F", ""])}),
        max_size=5,
    ),
    min_size=20,
    max_size=20,
)


@settings(max_examples=20, deadline=None)
@given(lists=_LISTS, found=st.sampled_from(["marijuana", "heroin", "unknown"]), complete=st.sampled_from([True, None]))
def test_random_charges_make_possible_cases(tmp_path_factory, lists, found, complete):
    drugs = [(found, "5", "g", "officer")]
    reports = [report(n, charges, drugs, drugs_complete=complete) for n, charges in enumerate(lists, 1)] + [report(99)]
    cases = cases_of(reports_jsonl(tmp_path_factory.mktemp("charges"), reports), "arrest-reports")
    assert cases.inadmissible.height == 0
    assert broken_constraints(cases.facts.collect(), vocabulary()).null_count() == 21


def test_the_flags_of_the_bail_hearings_make_possible_cases(tmp_path):
    flags = ("possess", "drugSell", "robbery", "aggAss", "DUI1st", "fel")
    hearings = [{name: n >> bit & 1 for bit, name in enumerate(flags)} for n in range(64)]
    assert cases_of(bail(tmp_path, hearings), "philadelphia-bail").inadmissible.height == 0


IMPOSSIBLE = {
    "possession-only-has-nothing-else": {"possession_only": "true", "delivery_charged": "true"},
    "cannabis-weighed-was-found": {"cannabis_found": "false", "cannabis_mg": "5"},
    "strips-are-paraphernalia": {"test_strips_only": "true", "paraphernalia_charged": "false"},
}


@pytest.mark.parametrize("constraint", IMPOSSIBLE)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_an_impossible_row_is_set_aside_with_its_constraint(tmp_path, constraint, suffix):
    values = IMPOSSIBLE[constraint]
    path = tmp_path / "facts.csv"
    path.write_text(f"case_id,{','.join(values)}\nbad,{','.join(values.values())}\ngood{',' * len(values)}\n")
    if suffix == "parquet":
        wanted = {"true": True, "false": False}
        columns = {name: [wanted.get(value, value), None] for name, value in values.items()}
        columns = {name: [int(v) if isinstance(v, str) else v for v in column] for name, column in columns.items()}
        path = tmp_path / "facts.parquet"
        pl.DataFrame({"case_id": ["bad", "good"], **columns}).write_parquet(path)
    cases = cases_of(path)
    assert_every_row_is_in_one_account(cases)
    assert [r.lower() for r in cases.facts.collect()["case_id"]] == ["good"]
    assert [constraint in r.reason for r in cases.files[0].reasons()] == [True]


def test_a_case_that_nothing_is_known_of_is_possible(tmp_path):
    path = tmp_path / "facts.csv"
    path.write_text("case_id,age\nx,\n")
    assert facts_of(path).height == 1


def test_a_case_in_which_nothing_is_charged_is_impossible(tmp_path):
    names = [name for name in vocabulary().facts if name.endswith("_charged") and name != "felony_charged"]
    path = tmp_path / "facts.csv"
    path.write_text(f"case_id,{','.join(names)}\nx{',false' * len(names)}\n")
    assert cases_of(path).inadmissible["constraint"].to_list() == ["something-is-charged"]
