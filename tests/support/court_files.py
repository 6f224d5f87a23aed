"""Small synthetic files in the formats of the library's sources; nobody in them exists."""

import csv
import json
from pathlib import Path

import polars as pl

CASE_COLUMNS = ("DocketNumber", "OTN", "OriginatingDocketNumber", "FiledDate", "ArrestDate", "DateOfBirth", "Race")
OFFENSE_COLUMNS = (
    "OTN",
    "OffenseSequenceNumber",
    "Title",
    "Section",
    "SubSection",
    "Description",
    "OffenseDate",
    "OffenseGrade",
)
REPORT_COLUMNS = (
    "report_id",
    "otn",
    "district",
    "offense_date",
    "booked",
    "person.born",
    "person.race",
    "person.sex",
    "drugs_complete",
    "overdose.call_only",
    "overdose.stayed",
    "overdose.person_overdosed",
    "sale_observed",
    "exploitation_alleged",
    "test_strips_only",
    "history.prior_convictions",
    "history.prior_felony_charges",
    "history.prior_violent_conviction",
    "history.prior_cases",
    "history.prior_diversions",
    "history.prior_police_diversions",
)
LISTS = {"charges": ("citation", "description", "grade"), "drugs": ("drug", "weight", "unit", "known_by")}
A16, A30, A32, A31 = (f"35 § 780-113 §§ {sub}" for sub in ("A16", "A30", "A32", "A31I"))
HEROIN = ("heroin", "0.4", "g", "officer")


def delimited(path, header, rows, delimiter="|"):
    """A file of rows that are either lists of cells or lines as they are."""
    lines = [delimiter.join(header)]
    lines += [row if isinstance(row, str) else delimiter.join(map(str, row)) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def docket(number, otn, filed="01/10/2019", born="05/04/1980", arrested="01/09/2019"):
    """A row of the case file."""
    return [number, otn, "", filed, arrested, born, "W"]


def offense(otn, sub, sequence=1, grade="M", section="780-113", title="35", date="01/09/2019"):
    """A row of the offense file."""
    return [otn, sequence, title, section, sub, "words", date, grade]


def cpcms(folder: Path, dockets, offenses):
    """The two files of the court administrator."""
    delimited(folder / "CPCMS_CaseData.csv", CASE_COLUMNS, dockets)
    delimited(folder / "CPCMS_OffenseData.csv", OFFENSE_COLUMNS, offenses)
    return folder


def report(number, charges=(A16,), drugs=(HEROIN,), **more):
    """One arrest report; the keyword ``overdose__call_only`` sets a nested value."""
    found = {
        "report_id": f"R{number}",
        "otn": f"U {100000 + number}-1",
        "district": "24",
        "offense_date": "2019-05-04",
        "booked": True,
        "person": {"born": "1980-02-03", "race": "W", "sex": "F"},
        "charges": [{"citation": c, "description": "d", "grade": "M"} if isinstance(c, str) else c for c in charges],
        "drugs": [dict(zip(LISTS["drugs"], drug, strict=True)) if isinstance(drug, tuple) else drug for drug in drugs],
        "drugs_complete": True,
        "overdose": {"call_only": False, "stayed": None, "person_overdosed": False},
        "sale_observed": False,
        "exploitation_alleged": False,
        "test_strips_only": None,
        "history": {
            "prior_convictions": 2,
            "prior_felony_charges": 1,
            "prior_violent_conviction": False,
            "prior_cases": 4,
            "prior_diversions": 0,
            "prior_police_diversions": 1,
        },
    }
    for key, value in more.items():
        outer, _, inner = key.partition("__")
        if inner:
            found[outer][inner] = value
        else:
            found[key] = value
    return found


def json_lines(path: Path, records):
    """JSON Lines; a text is written as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    return path


def reports_jsonl(folder: Path, reports):
    return json_lines(folder / "arrest_reports.jsonl", reports)


def reports_csv(folder: Path, reports):
    """The same reports as three CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    _csv(folder / "arrest_reports.csv", REPORT_COLUMNS, [[_dotted(r, c) for c in REPORT_COLUMNS] for r in reports])
    for name, columns in LISTS.items():
        items = [[r["report_id"], *(_cell(i.get(c)) for c in columns)] for r in reports for i in r[name]]
        _csv(folder / f"arrest_{name}.csv", ("report_id", *columns), items)
    return folder


def _csv(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _dotted(record, name):
    for part in name.split("."):
        record = (record or {}).get(part)
    return _cell(record)


def _cell(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def wisconsin(folder: Path, cases, charges):
    """Cases (key, filed, age) and charges (key, statute, grade, date)."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = ["case_key", "filing_date", "age_at_filing"]
    frame = pl.DataFrame(cases, schema=dict(zip(columns, (pl.String, pl.String, pl.Int64), strict=True)), orient="row")
    group = [pl.lit(None, pl.String).alias(name) for name in ("race", "sex", "county", "case_year")]
    frame.with_columns(group).write_parquet(folder / "cases.parquet")
    names = ["case_key", "statute", "severity", "offense_date"]
    pl.DataFrame(charges, schema=dict.fromkeys(names, pl.String), orient="row").write_parquet(
        folder / "charges.parquet"
    )
    return folder


COOK_COLUMNS = ("CASE_ID", "CASE_PARTICIPANT_ID", "RECEIVED_DATE", "REFERRAL_DATE", "STATUTE", "RACE", "GENDER")


def cook(folder: Path, referrals):
    """Referrals: (case, participant, received, referred, statute)."""
    return delimited(folder / "Diversion.csv", COOK_COLUMNS, [[*r, "Black", "Male"] for r in referrals], ",").parent


def nibrs(folder: Path, incidents, drugs=(), arrestees=()):
    """Incidents (id, codes, acts), drugs (year, id, qty, unit, drug, date) and arrestees (id, age)."""
    delimited(folder / "drug_incidents.csv", ("incident_id", "codes", "acts"), incidents, ",")
    columns = ("yr", "incident_id", "qty", "measure", "drug", "incident_date")
    delimited(folder / "suspected_drugs.csv", columns, drugs, ",")
    delimited(folder / "drug_arrestees.csv", ("incident_id", "age_num"), arrestees, ",")
    return folder


BAIL_COLUMNS = (
    "possess",
    "drugSell",
    "robbery",
    "aggAss",
    "DUI1st",
    "fel",
    "bailDate",
    "age",
    "prior_felChar",
    "priorCases",
    "prior_guilt",
)


def bail(folder: Path, hearings):
    """Hearings as dictionaries; what is left out is 0, the date and the age are plain."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = dict.fromkeys(BAIL_COLUMNS, 0) | {"bailDate": "2010-01-02", "age": 30.5}
    rows = [plain | hearing for hearing in hearings]
    pl.DataFrame(rows, schema_overrides={"age": pl.Float64}).write_parquet(folder / "stevenson.parquet")
    return folder
