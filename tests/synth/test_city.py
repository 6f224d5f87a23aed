"""The synthetic city: the same every time, in the real formats, as noisy and as full as the real one."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from instead.errors import InsteadError
from instead.synth import CityReport, write_city

CASES = 6_000

Row = dict[str, Any]

POSSESSION = {
    "possession",
    "possession_paraphernalia",
    "paraphernalia",
    "cannabis",
    "cannabis_paraphernalia",
    "purchase",
    "possession_with_other",
}
SALES = {"delivery", "delivery_alone", "delivery_weapon", "drug_death"}
CITATION = re.compile(
    r"(?P<title>\d+)\s?(?:P\.?S\.?|Pa\.?C\.?S\.?A?\.?)?\s?§+\s?(?P<section>[\w.-]+?)"
    r"(?:\s?§+\s?(?P<sub>.*)|(?P<sub2>\(.*))?"
)
KINDS_OF_DRUG_CHARGE = {
    "a16": "possession",
    "a19": "purchase",
    "a31": "cannabis",
    "a31i": "cannabis",
    "a32": "paraphernalia",
    "a30": "dealing",
    "a12": "other",
    "a33": "other",
    "a31ii": "other",
    "a31iii": "other",
}


def _csv(path: Path, delimiter: str = ",") -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        if delimiter == "|":
            return list(csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file, strict=True))


def _json_lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class City:
    """One city, read back from its files."""

    path: Path
    said: CityReport

    @cached_property
    def reports(self) -> list[Row]:
        return _json_lines(self.path / "arrest_reports.jsonl")

    @cached_property
    def truth(self) -> dict[str, Row]:
        return {row["report_id"]: row for row in _csv(self.path / "truth.csv")}

    @cached_property
    def cases(self) -> list[Row]:
        return _csv(self.path / "court/CPCMS_CaseData.csv", "|")

    @cached_property
    def offenses(self) -> list[Row]:
        return _csv(self.path / "court/CPCMS_OffenseData.csv", "|")

    @cached_property
    def possession(self) -> list[Row]:
        return [report for report in self.reports if self.truth[report["report_id"]]["kind"] in POSSESSION]

    def charges(self) -> Iterator[Row]:
        for report in self.reports:
            yield from report["charges"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    path = tmp_path_factory.mktemp("synth") / "city"
    return City(path, write_city(path, CASES, 1))


def _hashes(path: Path) -> dict[str, str]:
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _share(parts: int, whole: int) -> float:
    assert whole > 0
    return parts / whole


def _otn(text: str) -> str:
    return re.sub(r"[ -]", "", text)


# ---------------------------------------------------------------- the same every time
def test_the_same_number_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    write_city(tmp_path / "one", 400, 7)
    write_city(tmp_path / "two", 400, 7)
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")


def test_another_seed_gives_another_city(tmp_path: Path) -> None:
    write_city(tmp_path / "one", 200, 1)
    write_city(tmp_path / "two", 200, 2)
    one, two = _hashes(tmp_path / "one"), _hashes(tmp_path / "two")
    assert one.keys() == two.keys()
    assert one["arrest_reports.jsonl"] != two["arrest_reports.jsonl"]
    assert one["treatment/providers.csv"] == two["treatment/providers.csv"]


def test_the_order_of_sets_and_the_time_zone_change_nothing(tmp_path: Path) -> None:
    code = "import sys, pathlib, instead.synth as synth; synth.write_city(pathlib.Path(sys.argv[1]), 150, 3)"
    for name, hash_seed, zone in (("one", "1", "UTC"), ("two", "2", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True, env=env)
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")


@pytest.mark.parametrize("cases", [1, 2, 3, 17])
def test_the_smallest_cities_can_be_written(tmp_path: Path, cases: int) -> None:
    said = write_city(tmp_path / "city", cases, 0)
    assert said.rows["arrest_reports.jsonl"] == cases


@pytest.mark.parametrize(("cases", "seed"), [(0, 1), (-5, 1), (500_001, 1), (10, -1)])
def test_numbers_that_make_no_city_are_refused(tmp_path: Path, cases: int, seed: int) -> None:
    with pytest.raises(InsteadError):
        write_city(tmp_path / "city", cases, seed)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write_city(tmp_path / "city", 1_000, 1, lambda *step: told.append(step))
    assert [step for step, _, _ in told] == ["arrests", "reports", "court", "laboratory and treatment", "done"]
    assert told[-1] == ("done", 1_000, 1_000)


# ---------------------------------------------------------------- whole or not at all
def test_a_city_takes_the_place_of_a_city(tmp_path: Path) -> None:
    write_city(tmp_path / "city", 50, 1)
    write_city(tmp_path / "city", 60, 2)
    assert len(_json_lines(tmp_path / "city/arrest_reports.jsonl")) == 60
    assert [path.name for path in tmp_path.iterdir()] == ["city"]


def test_an_empty_directory_is_filled(tmp_path: Path) -> None:
    write_city(tmp_path, 20, 1)
    assert (tmp_path / "SYNTHETIC").is_file()


def test_missing_parents_are_made(tmp_path: Path) -> None:
    write_city(tmp_path / "a/b/city", 20, 1)
    assert (tmp_path / "a/b/city/city.json").is_file()


def test_a_directory_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InsteadError, match=r"thesis\.txt"):
        write_city(tmp_path, 20, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", ["notes.txt", "court/notes.txt", "mine/notes.txt"])
def test_a_city_with_somebodys_own_file_is_refused(tmp_path: Path, name: str) -> None:
    city = tmp_path / "city"
    write_city(city, 20, 1)
    (city / name).parent.mkdir(exist_ok=True)
    (city / name).write_text("mine")
    before = _hashes(city)
    with pytest.raises(InsteadError, match="notes"):
        write_city(city, 20, 2)
    assert _hashes(city) == before


def test_a_manifest_without_the_marker_is_no_city(tmp_path: Path) -> None:
    write_city(tmp_path / "city", 20, 1)
    (tmp_path / "city/SYNTHETIC").unlink()
    with pytest.raises(InsteadError):
        write_city(tmp_path / "city", 20, 2)


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "city").write_text("a file")
    with pytest.raises(InsteadError, match="is a file"):
        write_city(tmp_path / "city", 20, 1)
    assert (tmp_path / "city").read_text() == "a file"


def test_a_failure_on_the_way_leaves_the_old_city(tmp_path: Path) -> None:
    write_city(tmp_path / "city", 50, 1)
    before = _hashes(tmp_path / "city")

    def full_disk(step: str, _done: int, _total: int) -> None:
        if step == "court":
            raise OSError(28, "No space left on device")

    with pytest.raises(InsteadError, match="No space left"):
        write_city(tmp_path / "city", 60, 2, full_disk)
    assert _hashes(tmp_path / "city") == before
    assert [path.name for path in tmp_path.iterdir()] == ["city"]


def test_a_failed_exchange_brings_the_old_city_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_city(tmp_path / "city", 50, 1)
    before = _hashes(tmp_path / "city")
    rename = Path.rename

    def fails_once(self: Path, target: Path) -> Path:
        if self.name == "city" and self.parent.name.startswith(".city."):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_once)
    with pytest.raises(InsteadError):
        write_city(tmp_path / "city", 60, 2)
    monkeypatch.undo()
    assert _hashes(tmp_path / "city") == before


# ---------------------------------------------------------------- formats
def test_every_report_has_the_documented_fields(city: City) -> None:
    top = [
        "report_id",
        "dc_number",
        "otn",
        "district",
        "arrested_at",
        "offense_date",
        "first_listing",
        "booked",
        "person",
        "narrative",
        "charges",
        "drugs",
        "drugs_complete",
        "overdose",
        "sale_observed",
        "exploitation_alleged",
        "test_strips_only",
        "history",
    ]
    person = ["pid", "name", "born", "sex", "race", "phone", "address", "housing"]
    history = [
        "prior_convictions",
        "prior_felony_charges",
        "prior_violent_conviction",
        "prior_cases",
        "prior_diversions",
        "prior_police_diversions",
    ]
    for report in city.reports:
        assert list(report) == top
        assert list(report["person"]) == person
        assert list(report["history"]) == history
        assert list(report["overdose"]) == ["call_only", "stayed", "person_overdosed"]
        assert all(list(charge) == ["citation", "description", "grade"] for charge in report["charges"])
        assert all(list(drug) == ["drug", "weight", "unit", "known_by"] for drug in report["drugs"])


def test_values_are_of_the_documented_sets(city: City) -> None:
    drugs = {
        "heroin",
        "fentanyl",
        "cocaine",
        "crack",
        "methamphetamine",
        "marijuana",
        "hashish",
        "pills",
        "k2",
        "other",
        "unknown",
    }
    for report in city.reports:
        assert re.fullmatch(r"R20(18|19)-\d{7}", report["report_id"])
        assert re.fullmatch(r"\d{10}", report["dc_number"])
        assert re.fullmatch(r"U \d{6}-\d|U\d{7}", report["otn"])
        assert report["person"]["pid"] is None or re.fullmatch(r"P\d{6}", report["person"]["pid"])
        assert report["charges"]
        assert all(
            charge["grade"] in ("", "S", "M", "M1", "M2", "M3", "F", "F1", "F2", "F3") for charge in report["charges"]
        )
        for drug in report["drugs"]:
            assert drug["drug"] in drugs
            assert drug["unit"] in ("mg", "g", "kg", "oz", "lb", "packets", "pills")
            assert drug["known_by"] in ("officer", "field_test", "laboratory")


def test_times_are_in_order(city: City) -> None:
    times = [datetime.fromisoformat(report["arrested_at"]) for report in city.reports]
    assert times == sorted(times)
    assert times[0] >= datetime(2018, 7, 1)
    assert times[-1] < datetime(2020, 1, 1)
    for report, at in zip(city.reports, times, strict=True):
        assert date.fromisoformat(report["offense_date"]) <= at.date()
        assert datetime.fromisoformat(report["first_listing"]) > at


def test_weights_are_exact_decimals_written_as_text(city: City) -> None:
    weights = [drug["weight"] for report in city.reports for drug in report["drugs"] if drug["weight"] is not None]
    assert all(isinstance(weight, str) and re.fullmatch(r"\d+(\.\d{1,2})?", weight) for weight in weights)
    assert all(Decimal(weight) > 0 for weight in weights)
    assert "float" not in {
        type(value).__name__ for report in city.reports for drug in report["drugs"] for value in drug.values()
    }


def test_reports_otns_and_numbers_are_unique(city: City) -> None:
    assert len({report["report_id"] for report in city.reports}) == CASES
    assert len({_otn(report["otn"]) for report in city.reports}) == CASES


def test_the_last_month_is_december(city: City) -> None:
    december = [report for report in city.reports if report["arrested_at"].startswith("2019-12")]
    assert _json_lines(city.path / "last_month.jsonl") == december
    assert len(december) == city.said.last_month > 0


def test_strips_are_only_found_where_things_to_use_with_are_charged(city: City) -> None:
    for report in city.reports:
        described = any(charge["description"] == "Use/Poss Of Drug Paraph" for charge in report["charges"])
        assert described or report["test_strips_only"] is False


def test_court_extracts_have_the_columns_of_the_real_feed(city: City) -> None:
    assert list(city.cases[0]) == [
        "DocketNumber",
        "OTN",
        "OriginatingDocketNumber",
        "FiledDate",
        "ArrestDate",
        "CaseStatus",
        "Gender",
        "Race",
        "DateOfBirth",
        "PersonID",
    ]
    assert list(city.offenses[0]) == [
        "OTN",
        "OffenseSequenceNumber",
        "Title",
        "Section",
        "SubSection",
        "Description",
        "OffenseDate",
        "OffenseDisposition",
        "OffenseDispositionDate",
        "LeadOffenseIndicator",
        "OffenseGrade",
    ]
    for row in city.cases:
        assert None not in row.values()
        assert re.fullmatch(r"(MC|CP)-51-CR-\d{7}-20(18|19|20)", row["DocketNumber"])
        assert re.fullmatch(r"U \d{6}-\d|U\d{7}|", row["OTN"])
        assert all(re.fullmatch(r"\d\d/\d\d/\d{4}", row[name]) for name in ("FiledDate", "ArrestDate", "DateOfBirth"))
    assert len({row["DocketNumber"] for row in city.cases}) == len(city.cases)
    for row in city.offenses:
        assert bool(row["OffenseDisposition"]) == bool(row["OffenseDispositionDate"])
        assert re.fullmatch(r"(\d\d/\d\d/\d{4})?", row["OffenseDispositionDate"])


def test_files_refer_to_each_other(city: City) -> None:
    dockets = {row["DocketNumber"] for row in city.cases}
    assert {row["OriginatingDocketNumber"] for row in city.cases} - {""} <= dockets
    listings = _csv(city.path / "listings.csv")
    assert {row["docket_number"] for row in listings} == dockets
    assert {row["listing_id"] for row in _csv(city.path / "warrants.csv")} <= {
        row["listing_id"] for row in listings if row["result"] == "missed"
    }
    services = {row["service_id"]: row for row in _csv(city.path / "treatment/services.csv")}
    providers = {row["provider_id"] for row in _csv(city.path / "treatment/providers.csv")}
    assert {row["provider_id"] for row in services.values()} == providers
    enrolments = _csv(city.path / "treatment/enrolments.csv")
    assert {row["service_id"] for row in enrolments} <= set(services)
    assert {row["report_id"] for row in enrolments} <= set(city.truth)
    assert {row["report_id"] for row in _json_lines(city.path / "laboratory.jsonl")} <= set(city.truth)


def test_court_and_police_tell_of_the_same_events(city: City) -> None:
    days = {_otn(report["otn"]): report["arrested_at"][:10] for report in city.reports}
    for row in city.cases:
        if row["OTN"]:
            month, day, year = row["ArrestDate"].split("/")
            assert days[_otn(row["OTN"])] == f"{year}-{month}-{day}"


def test_nothing_is_known_after_the_day_of_the_extract(city: City) -> None:
    for row in city.offenses:
        if row["OffenseDispositionDate"]:
            assert datetime.strptime(row["OffenseDispositionDate"], "%m/%d/%Y") <= datetime(2020, 2, 29)
    for row in _csv(city.path / "treatment/enrolments.csv"):
        days = [row[name] for name in row if name.endswith("_on") and row[name]]
        assert max(days) <= "2020-02-29"
    assert max(row["received_at"] for row in _json_lines(city.path / "laboratory.jsonl")) < "2020-03-01"


def test_the_city_says_what_it_is(city: City) -> None:
    said = json.loads((city.path / "city.json").read_text())
    assert (said["synthetic"], said["cases"], said["seed"], said["version"]) == (True, CASES, 1, city.said.version)
    hashes = _hashes(city.path)
    assert {file["path"]: file["sha256"] for file in said["files"]} == {
        name: value for name, value in hashes.items() if name not in ("city.json", "README.md", "SYNTHETIC")
    }
    assert {file["path"]: file["rows"] for file in said["files"]} == dict(city.said.rows)
    readme = (city.path / "README.md").read_text()
    assert "Synthetic people" in readme
    assert "seed 1" in readme
    assert "Synthetic people" in (city.path / "SYNTHETIC").read_text()


def test_every_phone_is_one_reserved_for_fiction(city: City) -> None:
    phones = [report["person"]["phone"] for report in city.reports] + [
        row["phone"] for row in _csv(city.path / "treatment/providers.csv")
    ]
    assert all(re.fullmatch(r"(\d{3}-555-01\d\d)?", phone) for phone in phones)


# ---------------------------------------------------------------- what can be decided
def _kind_of(citation: str) -> str | None:
    """A small statute book of the test's own; None for a citation it cannot read."""
    found = CITATION.fullmatch(citation.replace("*", ""))
    if found is None:
        return None
    title, section = found["title"], found["section"]
    sub = re.sub(r"[^a-z0-9]", "", (found["sub"] or found["sub2"] or "").lower())
    if (title, section) == ("35", "780-113"):
        return KINDS_OF_DRUG_CHARGE.get(sub)
    if title == "35" or (title, section) == ("18", "9999"):
        return None
    return "dealing" if section == "2506" else "other"


def _and(*values: bool | None) -> bool | None:
    return False if False in values else None if None in values else True


def _or(*values: bool | None) -> bool | None:
    return True if True in values else None if None in values else False


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _outcomes(report: Row) -> set[str]:
    """The policy of the brief, walked with strong Kleene logic."""
    kinds = [_kind_of(charge["citation"]) for charge in report["charges"]]

    def charged(*wanted: str) -> bool | None:
        return _or(*(None if kind is None else kind in wanted for kind in kinds))

    own_use = ("possession", "purchase", "cannabis", "paraphernalia")
    only_own_use = _and(*(None if kind is None else kind in own_use for kind in kinds))
    overdose = report["overdose"]
    born, happened = report["person"]["born"], date.fromisoformat(report["offense_date"])
    adult = None if born is None else (happened - date.fromisoformat(born)).days >= 18 * 365.25
    rules = [
        (_and(overdose["call_only"], _or(overdose["stayed"], overdose["person_overdosed"])), "decline"),
        (charged("dealing"), "prosecute"),
        (charged("other"), "review"),
        (_and(charged("paraphernalia"), report["test_strips_only"]), "decline"),
        (_and(only_own_use, charged("possession", "purchase", "cannabis"), adult), "divert"),
        (True, "review"),
    ]
    possible = set()
    for holds, outcome in rules:
        if holds is not False:
            possible.add(outcome)
        if holds is True:
            break
    return possible


def test_nine_in_ten_possession_cases_are_decided_on_facts_alone(city: City) -> None:
    decided = [len(_outcomes(report)) == 1 for report in city.possession]
    assert 0.90 <= _share(sum(decided), len(decided)) <= 0.97
    outcomes = Counter(min(_outcomes(report)) for report in city.possession if len(_outcomes(report)) == 1)
    assert outcomes["divert"] > outcomes["review"] > 0
    assert outcomes["decline"] > 0


def test_the_last_month_has_every_outcome_and_open_questions(city: City) -> None:
    found = Counter(
        "needs facts" if len(_outcomes(r)) > 1 else min(_outcomes(r))
        for r in _json_lines(city.path / "last_month.jsonl")
    )
    assert set(found) == {"divert", "prosecute", "review", "decline", "needs facts"}


def test_what_the_test_reads_is_what_was_meant(city: City) -> None:
    unreadable = 0
    for report in city.reports:
        kinds = [_kind_of(charge["citation"]) for charge in report["charges"]]
        meant = ["Contr Subst By Per" in charge["description"] for charge in report["charges"]]
        unreadable += None in kinds
        assert all(kind is None or (kind == "possession") == wanted for kind, wanted in zip(kinds, meant, strict=True))
    assert 0.005 <= _share(unreadable, CASES) <= 0.025


# ---------------------------------------------------------------- calibration
def test_kinds_of_arrest_follow_the_city(city: City) -> None:
    possession = sum(count for kind, count in city.said.kinds.items() if kind in POSSESSION)
    sales = sum(count for kind, count in city.said.kinds.items() if kind in SALES)
    assert _share(possession, CASES) == pytest.approx(9_222 / 20_000, abs=0.02)
    assert _share(sales, CASES) == pytest.approx(8_910 / 20_000, abs=0.02)
    assert all(city.said.kinds[kind] > 0 for kind in city.said.kinds)


def test_filed_possession_cases_are_5660_a_year_in_full_size(city: City) -> None:
    filed = sum(
        city.truth[report["report_id"]]["outcome"] != "not filed"
        for report in city.possession
        if report["arrested_at"].startswith("2019")
    )
    assert filed * 20_000 / CASES == pytest.approx(5_660, rel=0.06)


def test_arrests_fall_from_2018_to_2019(city: City) -> None:
    months = Counter(report["arrested_at"][:7] for report in city.reports)
    assert len(months) == 18
    assert months["2018-12"] / months["2019-12"] == pytest.approx(6_361 / 6_041, abs=0.01)


def test_outcomes_of_possession_follow_the_dashboard(city: City) -> None:
    kinds = {_otn(report["otn"]): city.truth[report["report_id"]]["kind"] for report in city.reports}
    ended: dict[str, Counter[str]] = defaultdict(Counter)
    for row in city.offenses:
        if (
            kinds.get(_otn(row["OTN"])) in POSSESSION
            and row["LeadOffenseIndicator"] == "Y"
            and row["OffenseDisposition"]
        ):
            ended[row["OffenseDispositionDate"][-4:]][_outcome(row["OffenseDisposition"])] += 1
    in_2019, in_2018 = ended["2019"], ended["2018"]
    whole = in_2019.total()
    assert whole > 800
    assert _share(in_2019["withdrawn"], whole) == pytest.approx(2_580 / 5_391, abs=0.05)
    assert _share(in_2019["diversion"], whole) == pytest.approx(1_674 / 5_391, abs=0.04)
    assert _share(in_2019["convicted"], whole) == pytest.approx(1_049 / 5_391, abs=0.04)
    assert _share(in_2018["convicted"], in_2018.total()) > _share(in_2019["convicted"], whole)


def _outcome(words: str) -> str:
    if words in ("ARD - County", "Diversionary Program", "Probation Without Verdict"):
        return "diversion"
    if words.startswith(("Guilty", "Nolo")):
        return "convicted"
    return "acquitted" if words == "Not Guilty" else "withdrawn"


def test_grades_are_wrong_as_often_as_on_dockets(city: City) -> None:
    grades: dict[str, Counter[str]] = defaultdict(Counter)
    for charge in city.charges():
        grades[charge["description"]][charge["grade"]] += 1
    for row in city.offenses:
        grades[row["Description"]][row["OffenseGrade"]] += 1
    possession = grades["Int Poss Contr Subst By Per Not Reg"]
    delivery = grades["Manufacture, Delivery, or Possession With Intent to Manufacture or Deliver"]
    assert _share(possession["F"], possession.total()) == pytest.approx(0.026, abs=0.006)
    assert _share(delivery["M"], delivery.total()) == pytest.approx(0.011, abs=0.005)


def test_treatment_is_completed_as_seldom_as_in_oregon(city: City) -> None:
    enrolments = _csv(city.path / "treatment/enrolments.csv")
    enrolled = sum(bool(row["enrolled_on"]) for row in enrolments)
    completed = sum(bool(row["completed_on"]) for row in enrolments)
    assert len(enrolments) * 20_000 / CASES == pytest.approx(230 * 18, rel=0.08)
    assert _share(enrolled, len(enrolments)) == pytest.approx(723 / 1_180, abs=0.05)
    assert _share(completed, len(enrolments)) == pytest.approx(88 / 1_180, abs=0.03)


def test_who_completes_treatment_has_the_case_withdrawn(city: City) -> None:
    completed = [row["report_id"] for row in _csv(city.path / "treatment/enrolments.csv") if row["completed_on"]]
    assert completed
    assert {city.truth[report_id]["outcome"] for report_id in completed} <= {"withdrawn", "not filed"}


def test_one_filed_case_in_eight_has_a_warrant(city: City) -> None:
    filed = {row["report_id"] for row in _csv(city.path / "listings.csv")}
    warrants = {row["report_id"] for row in _csv(city.path / "warrants.csv")}
    assert _share(len(warrants), len(filed)) == pytest.approx(0.121, abs=0.02)


def test_laboratory_results_come_late_or_never(city: City) -> None:
    first = {report["report_id"]: report["first_listing"] for report in city.reports}
    results = _json_lines(city.path / "laboratory.jsonl")
    assert all(row["received_at"] > first[row["report_id"]] for row in results)
    assert all(re.fullmatch(r"[1-9]\d*", row["weight_mg"]) for row in results)
    assert city.said.laboratory_orders - len(results) == city.said.laboratory_unanswered
    assert _share(city.said.laboratory_unanswered, city.said.laboratory_orders) == pytest.approx(0.5, abs=0.1)


# ---------------------------------------------------------------- noise
@pytest.mark.parametrize(
    "pattern",
    [
        r"35 § 780-113 §§ A16",
        r"35 § 780-113 §§ A16\*",
        r"35 § 780-113 §§ a16",
        r"35 P\.S\. § 780-113\(a\)\(16\)",
        r"35 §780-113 §§A16",
        r"35 § 780-113 §§ A31i",
        r"35 P\.S\. § 780-113\(a\)\(31\)\(i\)",
        r"35 § 780-131 §§ A16",
        r"PHILA CODE .*|LOCAL ORD .*|CODE NOT LISTED",
    ],
)
def test_citations_are_spelled_in_many_ways(city: City, pattern: str) -> None:
    assert any(re.fullmatch(pattern, charge["citation"]) for charge in city.charges())


@pytest.mark.parametrize(
    ("low", "high", "blank"),
    [
        (0.005, 0.03, lambda r: r["person"]["born"] is None),
        (0.01, 0.05, lambda r: r["person"]["pid"] is None),
        (0.01, 0.05, lambda r: r["overdose"]["call_only"] is None),
        (0.005, 0.04, lambda r: r["sale_observed"] is None),
        (0.005, 0.04, lambda r: r["exploitation_alleged"] is None),
        (0.002, 0.03, lambda r: r["booked"] is None),
        (0.02, 0.20, lambda r: r["drugs_complete"] is None),
        (0.05, 0.25, lambda r: any(drug["weight"] is None for drug in r["drugs"])),
        (0.01, 0.06, lambda r: r["history"]["prior_cases"] is None),
        (0.02, 0.15, lambda r: r["person"]["housing"] is None),
        (0.10, 0.40, lambda r: r["person"]["phone"] == ""),
        (0.20, 0.50, lambda r: r["person"]["housing"] == "none"),
        (0.001, 0.02, lambda r: any(charge["grade"] == "" for charge in r["charges"][:1])),
    ],
)
def test_fields_are_left_blank_now_and_then(city: City, low: float, high: float, blank: Any) -> None:
    assert low <= _share(sum(blank(report) for report in city.reports), CASES) <= high


def test_the_narrative_sometimes_holds_the_answer(city: City) -> None:
    blank = [report for report in city.reports if report["person"]["born"] is None]
    told = [bool(re.search(r"gave age as \d+", report["narrative"])) for report in blank]
    assert 0 < sum(told) < len(told)
    unweighed = [r["narrative"] for r in city.reports if len(r["drugs"]) == 1 and r["drugs"][0]["weight"] is None]
    said = ["not weighed" in narrative for narrative in unweighed]
    assert 0 < sum(said) < len(said)


def test_the_narrative_fits_the_form(city: City) -> None:
    for report in city.reports:
        text, overdose = report["narrative"], report["overdose"]
        assert "{" not in text
        if overdose["call_only"]:
            assert re.search(
                "only because of the call|only after that call|no other reason to be there|No other reason", text
            )
        if overdose["call_only"] is False:
            assert "overdose" not in text.replace("fatal overdose", "")
        if overdose["call_only"] and overdose["person_overdosed"]:
            assert re.search("had overdosed|was found unresponsive", text)
        if report["test_strips_only"]:
            assert "only paraphernalia was an unopened pack of fentanyl test strips" in text
        if overdose["stayed"] is not None:
            assert ("remained on scene" in text) == overdose["stayed"]
        if len(report["drugs"]) == 1 and report["drugs"][0]["weight"] is not None:
            assert f"{report['drugs'][0]['weight']} " in text
        assert ("No other drugs were found" in text) == (report["drugs_complete"] is True)


def test_narratives_are_varied(city: City) -> None:
    assert len({report["narrative"] for report in city.reports}) > 0.95 * CASES


def test_overdose_scenes_strips_and_sales_are_there(city: City) -> None:
    calls = [report for report in city.possession if report["overdose"]["call_only"]]
    assert 0.008 <= _share(len(calls), len(city.possession)) <= 0.03
    assert {report["overdose"]["stayed"] for report in calls} == {True, False, None}
    assert {report["overdose"]["person_overdosed"] for report in calls} >= {True, False}
    assert any(report["test_strips_only"] for report in city.reports)
    assert sum(report["sale_observed"] is True for report in city.reports) > CASES / 5
    assert any(report["exploitation_alleged"] for report in city.reports)


def test_one_person_has_several_spellings_and_arrests(city: City) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    arrests: Counter[str] = Counter()
    for report in city.reports:
        row = city.truth[report["report_id"]]
        arrests[row["person_id"]] += 1
        if row["stolen_identity"] == "false":
            names[row["person_id"]].add(report["person"]["name"])
    assert len(arrests) == city.said.people
    assert 0.15 <= _share(sum(count > 1 for count in arrests.values()), len(arrests)) <= 0.40
    assert max(arrests.values()) >= 5
    assert sum(len(written) > 1 for written in names.values()) > 100


def test_a_few_identities_are_stolen_and_one_more_than_once(city: City) -> None:
    stolen = [row for row in city.truth.values() if row["stolen_identity"] == "true"]
    assert 5 <= len(stolen) == city.said.stolen_identities <= CASES / 100
    assert all(row["identity_of"] != row["person_id"] for row in stolen)
    assert max(Counter(row["identity_of"] for row in stolen).values()) >= 2


def test_phones_go_dead(city: City) -> None:
    written = [report for report in city.reports if report["person"]["phone"]]
    dead = sum(city.truth[report["report_id"]]["phone_works"] == "false" for report in written)
    assert 0.1 <= _share(dead, len(written)) <= 0.4


def test_a_record_only_grows_with_the_cases_filed_under_the_number(city: City) -> None:
    filed: Counter[str] = Counter()
    before: dict[str, int] = {}
    by_day: list[tuple[str, str]] = []
    seen = 0
    for report in city.reports:
        row = city.truth[report["report_id"]]
        identity, cases = row["identity_of"], report["history"]["prior_cases"]
        if (
            cases is not None
            and identity in before
            and all(day < report["arrested_at"][:10] for i, day in by_day if i == identity)
        ):
            assert cases == before[identity] + filed[identity]
            seen += 1
        if row["outcome"] != "not filed":
            filed[identity] += 1
        if cases is not None:
            before[identity], filed[identity] = cases, int(row["outcome"] != "not filed")
            by_day = [(i, day) for i, day in by_day if i != identity]
        by_day.append((identity, report["arrested_at"][:10]))
    assert seen > 500


def test_some_people_are_arrested_together(city: City) -> None:
    together = Counter(report["dc_number"] for report in city.reports)
    assert max(together.values()) in (2, 3)


def test_felonies_have_two_dockets_under_one_otn(city: City) -> None:
    courts: dict[str, set[str]] = defaultdict(set)
    for row in city.cases:
        if row["OTN"]:
            courts[_otn(row["OTN"])].add(row["DocketNumber"][:2])
    both = {otn for otn, found in courts.items() if found == {"MC", "CP"}}
    assert len(both) > CASES / 5
    listed = Counter((_otn(row["OTN"]), row["OffenseSequenceNumber"]) for row in city.offenses)
    uneven = {otn for (otn, _), count in listed.items() if count == 1 and otn in both}
    assert uneven
    assert sum(count == 2 for count in listed.values()) > CASES / 5


def test_court_files_have_their_noise(city: City) -> None:
    known = {_otn(row["OTN"]) for row in city.cases if row["OTN"]}
    assert any(row["OTN"] == "" for row in city.cases)
    assert any(row["OTN"] and _otn(row["OTN"]) not in known for row in city.offenses)
    assert {bool(re.match("U ", row["OTN"])) for row in city.cases if row["OTN"]} == {True, False}
    refiled = [row for row in city.cases if row["OriginatingDocketNumber"] and row["DocketNumber"].startswith("MC")]
    assert {bool(row["OTN"]) for row in refiled} == {True, False}
    assert {row["CaseStatus"] for row in city.cases} == {"Closed", "Active", "Inactive"}
    subs = {row["SubSection"] for row in city.offenses if row["Section"] == "780-113"}
    assert {"A16", "A16*", "a16", "A31i"} <= subs
    words = {row["OffenseDisposition"] for row in city.offenses}
    assert {
        "",
        "Held for Court",
        "Withdrawn",
        "Nolle Prossed",
        "Dismissed - LOP",
        "ARD - County",
        "Guilty Plea",
        "Not Guilty",
    } <= words


def test_listings_are_missed_and_warrants_lifted_or_not(city: City) -> None:
    listings = _csv(city.path / "listings.csv")
    assert {row["result"] for row in listings} == {"held", "continued", "missed", "excused", "disposed", ""}
    assert all(row["at"] >= "2020-03" for row in listings if row["result"] == "")
    warrants = _csv(city.path / "warrants.csv")
    assert {bool(row["lifted_on"]) for row in warrants} == {True, False}
    assert all(row["lifted_on"] >= row["issued_on"] for row in warrants if row["lifted_on"])


def test_the_network_has_a_door_that_is_always_open_and_stale_places(city: City) -> None:
    services = _csv(city.path / "treatment/services.csv")
    assert any(row["hours"] == "24/7" for row in services)
    assert {row["asam_level"] for row in services} <= {
        "1.0",
        "1.5",
        "1.7",
        "2.1",
        "2.5",
        "2.7",
        "3.1",
        "3.5",
        "3.7",
        "4",
    }
    assert any("es" in row["languages"] for row in services)
    assert any("methadone" in row["medication"] for row in services)
    assert all(int(row["capacity"]) >= 2 for row in services)
    assert len({row["reported_at"][:10] for row in services}) > 2
