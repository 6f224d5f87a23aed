"""Files that cannot be read: told in words with exit 2, never with a traceback."""

import os
import shutil
from pathlib import Path

import polars as pl
import pytest

from instead.library import BUILT_IN
from support.command_line import done, process, refused, run
from support.court_files import CASE_COLUMNS, cpcms, docket, offense, report, reports_jsonl, wisconsin


def screen(data, source=None, *more):
    args = ("screen", "treatment-instead", data, *(("--source", source) if source else ()), *more)
    return refused(*args)


@pytest.fixture
def court(tmp_path):
    return cpcms(tmp_path, [docket("MC-1", "U9999999")], [offense("U9999999", "A16")])


def replace(court, content):
    path = court / "CPCMS_CaseData.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return court


HEADER = "|".join(CASE_COLUMNS)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\n", "header"),
        (b"\xef\xbb\xbf", "header"),
        (b"|||||\n", "twice"),
        (HEADER.replace("OTN", "OTNN"), "did you mean: OTNN"),
        (HEADER.replace("|", ","), "looks like ','"),
        (HEADER.replace("|", ";"), "looks like ';'"),
        (HEADER.replace("|", "\t"), "looks like"),
        (HEADER.replace("OriginatingDocketNumber", "OTN"), "twice"),
        (HEADER.encode("utf-16"), "utf-8"),
        (HEADER.encode("utf-16-le"), "column"),
        (f"{HEADER}\nMC-1|U9999999||||caf\xe9|W\n".encode("latin-1"), "line 2"),
        (f'"{HEADER}\n', "did you mean"),
        (b"PK\x03\x04\x00\x00\xff\xfe", "utf-8"),
        (b"\x00" * 100, ""),
    ],
    ids=range(15),
)
def test_a_file_of_the_court_that_cannot_be_read(court, content, word):
    assert word in screen(replace(court, content), "pennsylvania-courts")


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n",
        f"\ufeff{HEADER}\r\nMC-1|U9999999|||||\r\n",
        f"{HEADER}\nMC\0-1|U9999999|||||\n",
        f"{HEADER}\n{'x' * 1_000_000}|U9999999|||||\n",
        f"{HEADER}\n{'x' * 11_000_000}\n",
        f"{HEADER}\nMC-1|U9999999||||{'|' * 100_000}\n",
        f"{HEADER}\r\rMC-1|U9999999|||||\r",
        f'{HEADER}\n"MC-1|U9999999|||||\n',
    ],
    ids=["header only", "mark and returns", "null byte", "long", "too long", "many fields", "old Mac", "quote"],
)
def test_a_file_of_the_court_that_can_be_read_although_it_is_strange(court, content):
    done("screen", "treatment-instead", replace(court, content), "--source", "pennsylvania-courts")


@pytest.mark.parametrize("content", ["", "\n\n", "7\n[]\nnull\n", "{\n", "not json", "\ufeff", "[{}]"])
def test_json_lines_without_an_object(tmp_path, content):
    path = tmp_path / "arrest_reports.jsonl"
    path.write_text(content, encoding="utf-8")
    screen(path, "arrest-reports")


def test_a_truncated_last_line_is_set_aside(tmp_path):
    path = reports_jsonl(tmp_path, [report(1), report(2)])
    path.write_bytes(path.read_bytes()[:-30])
    said = done("screen", "treatment-instead", path, "--source", "arrest-reports", "--json").json
    assert (said["cases"], said["set_aside"]) == (1, 1)


def test_utf_16_json_lines(tmp_path):
    path = tmp_path / "arrest_reports.jsonl"
    path.write_bytes('{"report_id": "R1"}'.encode("utf-16"))
    assert "utf-8" in screen(path, "arrest-reports")


@pytest.mark.parametrize("cut", [0, 1, 4, 100, -1, -20])
def test_truncated_parquet(tmp_path, cut):
    data = wisconsin(tmp_path, [("a", "2015-01-02", 30)], [("a", "961.573(1)", None, None)])
    path = data / "cases.parquet"
    path.write_bytes(path.read_bytes()[:cut])
    assert "cases.parquet" in screen(data, "wisconsin")


@pytest.mark.parametrize("cut", [0, 1, 4, 100, -1, -20])
def test_a_truncated_table_of_facts(tmp_path, cut):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"case_id": ["X"], "age": [20]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:cut])
    assert "t.parquet" in screen(path)


def test_a_table_of_facts_with_broken_pages(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"case_id": [str(n) for n in range(500)], "age": [n % 90 for n in range(500)]}).write_parquet(path)
    whole = path.read_bytes()
    for start in range(4, len(whole) - 400, 97):
        path.write_bytes(whole[:start] + b"\xff" * 40 + whole[start + 40 :])
        ran = run("screen", "treatment-instead", path)
        assert ran.crash == "" and ran.code in (0, 2)


@pytest.mark.parametrize("name", ["nothing", "nothing.csv", "nothing.parquet", "x" * 300, "x" * 300 + ".csv", "a\0b"])
@pytest.mark.parametrize("source", [None, "arrest-reports"])
def test_a_file_that_is_not_there(tmp_path, name, source):
    screen(f"{tmp_path}/{name}", source)


@pytest.mark.parametrize("source", [None, "arrest-reports", "wisconsin", "pennsylvania-courts"])
def test_an_empty_folder(tmp_path, source):
    assert "missing" in screen(tmp_path, source)


def test_one_of_two_files(court):
    (court / "CPCMS_OffenseData.csv").unlink()
    assert "CPCMS_OffenseData.csv" in screen(court, "pennsylvania-courts")


def test_a_folder_in_the_place_of_a_file(court):
    (court / "CPCMS_CaseData.csv").unlink()
    (court / "CPCMS_CaseData.csv").mkdir()
    screen(court, "pennsylvania-courts")


@pytest.mark.parametrize("name", ["screen", "check", "--source", "explain"])
def test_a_file_that_one_may_not_read(monkeypatch, court, name, tmp_path):
    real = Path.read_bytes

    def denied(path):
        if path.name in ("CPCMS_CaseData.csv", "p.md", "m.toml", "c.json"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    for file in ("p.md", "m.toml", "c.json"):
        (tmp_path / file).write_text("x")
    args = {
        "screen": ("screen", "treatment-instead", court, "--source", "pennsylvania-courts"),
        "check": ("screen", tmp_path / "p.md", court),
        "--source": ("screen", "treatment-instead", court, "--source", tmp_path / "m.toml"),
        "explain": ("explain", "treatment-instead", tmp_path / "c.json"),
    }[name]
    assert "ermission" in refused(*args) or "cannot be read" in refused(*args)


@pytest.mark.parametrize(
    ("given", "near"),
    [("pensylvania-courts", "pennsylvania-courts"), ("arrest-report", "arrest-reports"), ("Wisconsin", "wisconsin")],
)
def test_a_source_that_is_not_in_the_library(court, given, near):
    assert f"did you mean {near}" in screen(court, given)


@pytest.mark.parametrize("given", ["", " ", "/", "..", "x" * 300, "a\0b", "[/x]", "/tmp", "none.toml", "\udcff"])
def test_any_name_of_a_source(court, given):
    screen(court, given)


def test_a_policy_that_is_not_in_the_library(court):
    assert "did you mean treatment-instead" in refused("screen", "treatment-insted", court)


def test_a_library_that_is_not_there(court):
    refused("screen", "treatment-instead", court, "--library", court / "none")


TABLE = {"empty": "", "header only": "case_id\n", "no fact": "case_id,colour\n1,red\n", "court file": "a|b\n1|2\n"}


@pytest.mark.parametrize("kind", TABLE)
def test_a_table_without_facts(tmp_path, kind):
    path = tmp_path / "t.csv"
    path.write_text(TABLE[kind])
    screen(path)


@pytest.mark.parametrize("column", ["posession_only", "Age", "offence_date", "cannabis_mgs", "prior_conviction"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_misspelt_column_is_an_error_that_names_the_fact(tmp_path, column, suffix):
    path = tmp_path / f"t.{suffix}"
    frame = pl.DataFrame({"case_id": ["X"], "booked": [True], column: ["1"]})
    frame.write_csv(path) if suffix == "csv" else frame.write_parquet(path)
    assert "did you mean" in screen(path) and column in screen(path)


@pytest.mark.parametrize("column", ["caseid", "CASE_ID", "case id", "Case_Id"])
def test_a_misspelt_id_is_an_error(tmp_path, column):
    path = tmp_path / "t.csv"
    path.write_text(f"{column},age\n1,20\n")
    assert "case_id" in screen(path)


@pytest.mark.parametrize("column", ["case", "id", "case_ids", "person_id"])
def test_a_column_beside_the_id_is_unused_and_no_error(tmp_path, column):
    path = tmp_path / "t.csv"
    path.write_text(f"case_id,{column},age\n1,x,20\n")
    assert f"`{column}` is no fact and is not used" in done("screen", "treatment-instead", path).out


def test_a_name_of_a_file_in_no_encoding(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff.csv"
    with open(path, "w") as file:  # noqa: PTH123 - a name of bytes
        file.write("case_id,age\nX,20\n")
    for more in ((), ("--json",)):
        ran = process("screen", "treatment-instead", os.fsdecode(path), *more)
        assert b"Traceback" not in ran.stderr and ran.returncode in (0, 2)


def test_a_terminal_that_knows_no_curly_quotes():
    ran = process("check", "treatment-instead", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert b"Traceback" not in ran.stderr and ran.returncode == 0


@pytest.mark.parametrize("text", ["[bold]", "[/bold]", "[/]", "[red]"])
def test_brackets_in_the_data_are_printed_as_they_are(tmp_path, text):
    data = wisconsin(tmp_path, [(text, "2015-01-02", 30)], [(text, text, None, None)])
    assert text.upper() in done("screen", "treatment-instead", data, "--source", "wisconsin", "--list").out.upper()


def test_a_source_with_brackets_in_its_title(tmp_path, court):
    path = tmp_path / "own.toml"
    shutil.copy(BUILT_IN / "sources/pennsylvania-courts.toml", path)
    path.write_text(path.read_text().replace("(CPCMS)", "[/CPCMS]"))
    assert "[/CPCMS]" in done("screen", "treatment-instead", court, "--source", path).out
